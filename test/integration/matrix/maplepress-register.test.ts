import { registerMatrix } from '../../matrix/maplepress-register/index.js';
import { rows } from '../../matrix/maplepress-register/rows.js';
import { testRows } from '../../matrix/suite.js';

testRows(registerMatrix, rows);
