import { restoreMatrix } from '../../matrix/restore/index.js';
import { partRows } from '../../matrix/restore/parts.js';
import { wayBackRows } from '../../matrix/restore/ways-back.js';
import { testRows } from '../../matrix/suite.js';

testRows(restoreMatrix, [...wayBackRows, ...partRows]);
