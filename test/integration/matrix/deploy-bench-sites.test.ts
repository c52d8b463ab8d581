import { deployBenchMatrix } from '../../matrix/deploy-bench/index.js';
import { siteRows } from '../../matrix/deploy-bench/sites.js';
import { testRows } from '../../matrix/suite.js';

testRows(deployBenchMatrix, siteRows);
