import { testKilledRows } from '../../matrix/kill-suite.js';
import { KILLED_POLICY, restoreMatrix } from '../../matrix/restore/index.js';
import { killRows } from '../../matrix/restore/kills.js';

testKilledRows(restoreMatrix, killRows, { SITEWRIGHT_POLICY: KILLED_POLICY });
