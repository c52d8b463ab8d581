import { deployBenchMatrix } from '../../matrix/deploy-bench/index.js';
import { KILLED_POLICY, killRows } from '../../matrix/deploy-bench/kills.js';
import { testKilledRows } from '../../matrix/kill-suite.js';

testKilledRows(deployBenchMatrix, killRows, { SITEWRIGHT_POLICY: KILLED_POLICY });
