import { dnsRows } from '../../matrix/adjustments/dns.js';
import { adjustmentsMatrix } from '../../matrix/adjustments/index.js';
import { jobRows } from '../../matrix/adjustments/jobs.js';
import { uninstallRows } from '../../matrix/adjustments/uninstall.js';
import { testRows } from '../../matrix/suite.js';

testRows(adjustmentsMatrix, [...jobRows, ...uninstallRows, ...dnsRows]);
