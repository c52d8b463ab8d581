import { testKilledRows } from '../../matrix/kill-suite.js';
import { migrateMatrix } from '../../matrix/migrate/index.js';
import { killRows } from '../../matrix/migrate/rows.js';
import { KILLED_POLICY } from '../../matrix/upgrade/index.js';

testKilledRows(migrateMatrix, killRows, { SITEWRIGHT_POLICY: KILLED_POLICY });
