import { createDirectoryStorage } from './directory.js';
import type { Vault, VaultSettings } from './types.js';
import { createVault } from './vault.js';

/** Opens the vault; nothing is made or looked at before it is used. */
export async function openVault(settings: VaultSettings): Promise<Vault> {
  if (settings.type === 'directory') return createVault(createDirectoryStorage(settings.path));
  // The client of S3 takes a while to load, and most installations have no use for it.
  const { createS3Storage } = await import('./s3.js');
  return createVault(createS3Storage(settings));
}
