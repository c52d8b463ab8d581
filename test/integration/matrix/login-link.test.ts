import { loginLinkMatrix, loginLinkRows } from '../../matrix/login-link/index.js';
import { testRows } from '../../matrix/suite.js';

testRows(loginLinkMatrix, loginLinkRows);
