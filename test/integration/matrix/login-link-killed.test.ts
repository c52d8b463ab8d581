import { loginLinkMatrix, killRows } from '../../matrix/login-link/index.js';
import { testKilledRows } from '../../matrix/kill-suite.js';

testKilledRows(loginLinkMatrix, killRows, {});
