import { domainRows } from '../../matrix/provision/domain.js';
import { provisionMatrix } from '../../matrix/provision/index.js';
import { laterRows } from '../../matrix/provision/later.js';
import { undoRows } from '../../matrix/provision/undo.js';
import { verifyRows } from '../../matrix/provision/verify.js';
import { testRows } from '../../matrix/suite.js';

testRows(provisionMatrix, [...laterRows, ...domainRows, ...verifyRows, ...undoRows]);
