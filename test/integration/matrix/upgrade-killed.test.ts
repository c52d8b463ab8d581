import { testKilledRows } from '../../matrix/kill-suite.js';
import { KILLED_POLICY, upgradeMatrix } from '../../matrix/upgrade/index.js';
import { killRows } from '../../matrix/upgrade/kills.js';

testKilledRows(upgradeMatrix, killRows, { SITEWRIGHT_POLICY: KILLED_POLICY });
