import { upgradeMatrix } from '../../matrix/upgrade/index.js';
import { byPressRows } from '../../matrix/upgrade/new-bench-by-press.js';
import { testRows } from '../../matrix/suite.js';

testRows(upgradeMatrix, byPressRows);
