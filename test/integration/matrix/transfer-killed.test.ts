import { fileURLToPath } from 'node:url';
import { testKilledRows } from '../../matrix/kill-suite.js';
import { killRows, transferMatrix } from '../../matrix/transfer/index.js';

testKilledRows(transferMatrix, killRows, {
  SITEWRIGHT_POLICY: fileURLToPath(new URL('../../matrix/transfer/policy.yaml', import.meta.url)),
});
