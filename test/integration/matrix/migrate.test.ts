import { migrateMatrix } from '../../matrix/migrate/index.js';
import { migrateRows } from '../../matrix/migrate/rows.js';
import { testRows } from '../../matrix/suite.js';

testRows(migrateMatrix, migrateRows);
