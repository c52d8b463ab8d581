import { testRows } from '../../matrix/suite.js';
import { updateMatrix } from '../../matrix/update/index.js';
import { updateRows } from '../../matrix/update/rows.js';

testRows(updateMatrix, updateRows);
