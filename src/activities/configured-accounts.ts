import type { ActivityDeps } from './deps.js';

/** Names that inputs may give as their `account`. */
export interface ConfiguredAccounts {
  readonly frappeCloud: readonly string[];
  /** Tenants of MaplePress. */
  readonly maplePress: readonly string[];
}

/** Only workers have the configuration of accounts; nothing is asked of Press here. */
export function createConfiguredAccountsActivities({ accounts, tenants }: ActivityDeps) {
  return {
    configuredAccounts: (): Promise<ConfiguredAccounts> =>
      Promise.resolve({
        frappeCloud: accounts.all().map(({ name }) => name),
        maplePress: tenants.all().map(({ name }) => name),
      }),
  };
}
