import { archiveMatrix } from '../../matrix/archive/index.js';
import { jobRows } from '../../matrix/archive/jobs.js';
import { preflightRows } from '../../matrix/archive/preflight.js';
import { callRows, copyRows } from '../../matrix/archive/sending.js';
import { verifyRows, wayBackRows } from '../../matrix/archive/way-back.js';
import { testRows } from '../../matrix/suite.js';

testRows(archiveMatrix, [
  ...preflightRows,
  ...copyRows,
  ...callRows,
  ...jobRows,
  ...wayBackRows,
  ...verifyRows,
]);
