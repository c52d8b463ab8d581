import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { createAccounts } from '../frappe-cloud/index.js';
import { openLedger } from '../ledger/index.js';
import { createTenants } from '../maplepress/index.js';
import { loadPolicy } from '../policy-file.js';
import { checkAccounts } from '../services.js';
import { type Gateway, startGateway } from './server.js';
import { loadOrCreateToken } from './token.js';

/** What of the configuration a gateway needs. */
export type GatewayConfig = Pick<
  Config,
  'accounts' | 'tenants' | 'ledgerUrl' | 'gateway' | 'policyFile'
>;

/**
 * Builds a gateway from the configuration and starts it; closing it closes what was opened.
 *
 * @throws InvalidPolicy; InvalidConfig when an account acts for another team
 * @throws LedgerUnavailable, or an Error when it cannot listen
 */
export async function openGateway(config: GatewayConfig, log: Logger): Promise<Gateway> {
  const { host, port, token: source } = config.gateway;
  const { secretConfigKeys } = loadPolicy(config.policyFile);
  const token = await loadOrCreateToken(source);
  const ledger = await openLedger({ url: config.ledgerUrl });
  const accounts = createAccounts(config.accounts);
  const tenants = createTenants(config.tenants);
  const release = async () => {
    await accounts.close();
    await tenants.close();
    await ledger.close();
  };
  try {
    await checkAccounts(accounts, log);
    const gateway = await startGateway(
      { accounts, tenants, ledger, secretConfigKeys, log },
      { token, host, port },
    );
    return {
      url: gateway.url,
      async close() {
        await gateway.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}
