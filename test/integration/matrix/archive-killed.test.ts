import { archiveMatrix } from '../../matrix/archive/index.js';
import { killRows } from '../../matrix/archive/kills.js';
import { KILLED_POLICY } from '../../matrix/archive/worlds.js';
import { testKilledRows } from '../../matrix/kill-suite.js';

testKilledRows(archiveMatrix, killRows, { SITEWRIGHT_POLICY: KILLED_POLICY });
