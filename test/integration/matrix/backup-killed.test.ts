import { backupMatrix, killRows } from '../../matrix/backup/index.js';
import { testKilledRows } from '../../matrix/kill-suite.js';

testKilledRows(backupMatrix, killRows, {});
