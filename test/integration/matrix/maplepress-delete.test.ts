import { deletionMatrix, deletionRows } from '../../matrix/maplepress-delete/index.js';
import { testRows } from '../../matrix/suite.js';

testRows(deletionMatrix, deletionRows);
