import { randomBytes } from 'node:crypto';
import { access, chmod } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOrCreateKeyFile } from '../src/security/key-file.js';
import { loadOrCreateKeyRing } from '../src/security/key-ring.js';
import { loadOrCreateSealingKeys } from '../src/security/sealed.js';

/** Files of docker-compose.yml that nobody but the team's owner can bring. */
const brought = ['frappe_cloud_key', 'frappe_cloud_secret'];
/** Hexadecimal: the passwords become part of URLs. */
const password = () => randomBytes(24).toString('hex');

/**
 * Makes the secrets of docker-compose.yml; those that exist stay as they are. Returns the names of
 * the files that are still missing.
 *
 * The files are readable for all, because each container's own user reads them through a bind
 * mount; the folder around them is not mounted and must be readable for its owner alone.
 */
export async function makeSecrets(folder: string): Promise<string[]> {
  await readOrCreateKeyFile(path.join(folder, 'temporal_db_password'), password);
  await readOrCreateKeyFile(path.join(folder, 'ledger_db_password'), password);
  await readOrCreateKeyFile(path.join(folder, 'gateway_token'), password);
  await loadOrCreateKeyRing(path.join(folder, 'payload_keys.json'));
  await loadOrCreateSealingKeys(path.join(folder, 'worker_sealing_key.json'));
  for (const file of [
    'temporal_db_password',
    'ledger_db_password',
    'gateway_token',
    'payload_keys.json',
    'worker_sealing_key.json',
  ]) {
    await chmod(path.join(folder, file), 0o644);
  }
  await chmod(folder, 0o700);

  const missing = await Promise.all(
    brought.map((file) =>
      access(path.join(folder, file)).then(
        () => [],
        () => [file],
      ),
    ),
  );
  return missing.flat();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? 'deploy/secrets';
  const missing = await makeSecrets(folder);
  console.log(`passwords and keys are in ${folder}; keep a copy of the *.json files: without them`);
  console.log('nothing that was encrypted or sealed can be read again');
  for (const file of missing) console.log(`still missing: ${path.join(folder, file)}`);
}
