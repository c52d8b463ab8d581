import { provisionMatrix } from '../../matrix/provision/index.js';
import { orderRows } from '../../matrix/provision/order.js';
import { orderedSiteRows } from '../../matrix/provision/ordered-site.js';
import { otherPathRows } from '../../matrix/provision/other-paths.js';
import { testRows } from '../../matrix/suite.js';

testRows(provisionMatrix, [...orderRows, ...orderedSiteRows, ...otherPathRows]);
