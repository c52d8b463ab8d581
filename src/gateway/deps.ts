import type { Logger } from 'pino';
import type { Accounts } from '../frappe-cloud/index.js';
import type { Ledger } from '../ledger/index.js';

/** What the routes of the gateway work with. */
export interface GatewayDeps {
  readonly accounts: Accounts;
  readonly ledger: Ledger;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}
