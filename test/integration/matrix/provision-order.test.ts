import { benchRows } from '../../matrix/provision/bench.js';
import { provisionMatrix } from '../../matrix/provision/index.js';
import { orderRows } from '../../matrix/provision/order.js';
import { orderedNameRows } from '../../matrix/provision/ordered-name.js';
import { orderedSiteRows } from '../../matrix/provision/ordered-site.js';
import { otherPathRows } from '../../matrix/provision/other-paths.js';
import { testRows } from '../../matrix/suite.js';

testRows(provisionMatrix, [
  ...orderRows,
  ...benchRows,
  ...orderedSiteRows,
  ...orderedNameRows,
  ...otherPathRows,
]);
