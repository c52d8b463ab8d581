import { upgradeMatrix } from '../../matrix/upgrade/index.js';
import { newBenchRows } from '../../matrix/upgrade/new-bench.js';
import { testRows } from '../../matrix/suite.js';

testRows(upgradeMatrix, newBenchRows);
