import { rotationMatrix } from '../../matrix/maplepress-rotate-key/index.js';
import { rows } from '../../matrix/maplepress-rotate-key/rows.js';
import { testRows } from '../../matrix/suite.js';

testRows(rotationMatrix, rows);
