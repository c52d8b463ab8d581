import { adjustmentsMatrix } from '../../matrix/adjustments/index.js';
import { killRows } from '../../matrix/adjustments/kills.js';
import { testKilledRows } from '../../matrix/kill-suite.js';

testKilledRows(adjustmentsMatrix, killRows, {});
