import { callRows } from '../../matrix/restore/calls.js';
import { restoreMatrix } from '../../matrix/restore/index.js';
import { jobRows } from '../../matrix/restore/jobs.js';
import { testRows } from '../../matrix/suite.js';

testRows(restoreMatrix, [...callRows, ...jobRows]);
