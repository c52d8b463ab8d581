import type { ConfiguredAccounts } from '../activities/configured-accounts.js';
import * as activities from './activities.js';

/** The names of the accounts; started by `Sitewright.accounts()`. */
export async function configuredAccounts(): Promise<ConfiguredAccounts> {
  return activities.configuredAccounts();
}
