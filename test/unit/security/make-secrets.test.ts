import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeSecrets } from '../../../scripts/make-secrets.js';
import { loadKeyRing } from '../../../src/security/key-ring.js';

it('makes what can be made, keeps what is there, and names what must be brought', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'sitewright-secrets-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(path.join(folder, 'ledger_db_password'), 'mine');

  expect(await makeSecrets(folder)).toEqual(['frappe_cloud_key', 'frappe_cloud_secret']);
  const password = await readFile(path.join(folder, 'temporal_db_password'), 'utf8');
  expect(password).toMatch(/^[0-9a-f]{48}$/);
  expect(await readFile(path.join(folder, 'ledger_db_password'), 'utf8')).toBe('mine');
  const ring = await loadKeyRing(path.join(folder, 'payload_keys.json'));
  expect((await stat(folder)).mode & 0o777).toBe(0o700);

  await writeFile(path.join(folder, 'frappe_cloud_key'), 'k');
  expect(await makeSecrets(folder)).toEqual(['frappe_cloud_secret']);
  expect(await loadKeyRing(path.join(folder, 'payload_keys.json'))).toEqual(ring);
});
