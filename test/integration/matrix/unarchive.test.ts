import { testRows } from '../../matrix/suite.js';
import { unarchiveMatrix } from '../../matrix/unarchive/index.js';
import { createRows, restoreRows } from '../../matrix/unarchive/making.js';
import { preflightRows } from '../../matrix/unarchive/preflight.js';

testRows(unarchiveMatrix, [...preflightRows, ...createRows, ...restoreRows]);
