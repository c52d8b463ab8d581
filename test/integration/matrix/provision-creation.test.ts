import { provisionMatrix } from '../../matrix/provision/index.js';
import { creationJobRows } from '../../matrix/provision/creation-jobs.js';
import { creationRows } from '../../matrix/provision/creation.js';
import { preflightRows } from '../../matrix/provision/preflight.js';
import { testRows } from '../../matrix/suite.js';

testRows(provisionMatrix, [...preflightRows, ...creationRows, ...creationJobRows]);
