import { KILLED_POLICY, killRows, moveMatrix } from '../../matrix/move/index.js';
import { testKilledRows } from '../../matrix/kill-suite.js';

testKilledRows(moveMatrix, killRows, { SITEWRIGHT_POLICY: KILLED_POLICY });
