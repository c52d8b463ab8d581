import { moveMatrix, moveRows } from '../../matrix/move/index.js';
import { testRows } from '../../matrix/suite.js';

testRows(moveMatrix, moveRows);
