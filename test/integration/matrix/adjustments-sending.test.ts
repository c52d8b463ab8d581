import { adjustmentsMatrix } from '../../matrix/adjustments/index.js';
import { sendingRows } from '../../matrix/adjustments/sending.js';
import { testRows } from '../../matrix/suite.js';

testRows(adjustmentsMatrix, sendingRows);
