import { KILLED_POLICY } from '../../matrix/provision/worlds.js';
import { provisionMatrix } from '../../matrix/provision/index.js';
import { killRows } from '../../matrix/provision/kills.js';
import { testKilledRows } from '../../matrix/kill-suite.js';

testKilledRows(provisionMatrix, killRows, { SITEWRIGHT_POLICY: KILLED_POLICY });
