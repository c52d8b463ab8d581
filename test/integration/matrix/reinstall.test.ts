import { copyRows } from '../../matrix/reinstall/copy.js';
import { reinstallMatrix } from '../../matrix/reinstall/index.js';
import { rows } from '../../matrix/reinstall/rows.js';
import { testRows } from '../../matrix/suite.js';

testRows(reinstallMatrix, [...copyRows, ...rows]);
