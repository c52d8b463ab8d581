import { testKilledRows } from '../../matrix/kill-suite.js';
import { updateMatrix } from '../../matrix/update/index.js';
import { killRows } from '../../matrix/update/rows.js';
import { KILLED_POLICY } from '../../matrix/upgrade/index.js';

testKilledRows(updateMatrix, killRows, { SITEWRIGHT_POLICY: KILLED_POLICY });
