import type { Logger } from 'pino';
import type { Accounts } from '../frappe-cloud/index.js';
import type { Ledger } from '../ledger/index.js';
import type { Tenants } from '../maplepress/index.js';

/** What the routes of the gateway work with. */
export interface GatewayDeps {
  readonly accounts: Accounts;
  /** The MaplePress tenants. */
  readonly tenants: Tenants;
  readonly ledger: Ledger;
  /** Config keys that policy calls secret: Press may show them in clear. */
  readonly secretConfigKeys: readonly string[];
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}
