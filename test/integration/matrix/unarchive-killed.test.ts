import { KILLED_POLICY } from '../../matrix/archive/worlds.js';
import { testKilledRows } from '../../matrix/kill-suite.js';
import { unarchiveMatrix } from '../../matrix/unarchive/index.js';
import { killRows } from '../../matrix/unarchive/kills.js';

testKilledRows(unarchiveMatrix, killRows, { SITEWRIGHT_POLICY: KILLED_POLICY });
