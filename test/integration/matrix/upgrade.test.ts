import { testRows } from '../../matrix/suite.js';
import { beforeRows } from '../../matrix/upgrade/before.js';
import { upgradeMatrix } from '../../matrix/upgrade/index.js';
import { upgradeRows } from '../../matrix/upgrade/upgrading.js';

testRows(upgradeMatrix, [...beforeRows, ...upgradeRows]);
