import type { Config } from '../../config.js';
import { openVault, type Vault } from '../../vault/index.js';
import { findInstallation } from '../session.js';

/** Opens the vault of this installation for the time of the work. */
export async function withVault<T>(work: (vault: Vault, config: Config) => Promise<T>): Promise<T> {
  const { config } = await findInstallation();
  const vault = await openVault(config.vault);
  try {
    return await work(vault, config);
  } finally {
    await vault.close();
  }
}
