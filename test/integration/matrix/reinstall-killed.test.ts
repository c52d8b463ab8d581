import { KILLED_POLICY } from '../../matrix/reinstall/common.js';
import { reinstallMatrix } from '../../matrix/reinstall/index.js';
import { killRows } from '../../matrix/reinstall/kills.js';
import { testKilledRows } from '../../matrix/kill-suite.js';

testKilledRows(reinstallMatrix, killRows, { SITEWRIGHT_POLICY: KILLED_POLICY });
