import { backupMatrix, backupRows } from '../../matrix/backup/index.js';
import { testRows } from '../../matrix/suite.js';

testRows(backupMatrix, backupRows);
