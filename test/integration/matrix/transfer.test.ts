import { testRows } from '../../matrix/suite.js';
import { transferMatrix, transferRows } from '../../matrix/transfer/index.js';

testRows(transferMatrix, transferRows);
