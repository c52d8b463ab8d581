import { deployBenchMatrix } from '../../matrix/deploy-bench/index.js';
import { deployRows } from '../../matrix/deploy-bench/deploy.js';
import { preflightRows } from '../../matrix/deploy-bench/preflight.js';
import { testRows } from '../../matrix/suite.js';

testRows(deployBenchMatrix, [...preflightRows, ...deployRows]);
