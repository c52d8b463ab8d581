import { testKilledRows } from '../../matrix/kill-suite.js';
import { KILLED_POLICY, upgradeMatrix } from '../../matrix/upgrade/index.js';
import { newBenchKillRows } from '../../matrix/upgrade/new-bench-kills.js';

testKilledRows(upgradeMatrix, newBenchKillRows, { SITEWRIGHT_POLICY: KILLED_POLICY });
