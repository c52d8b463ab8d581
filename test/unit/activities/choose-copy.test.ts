import { expect, it } from 'vitest';
import { chooseCopy } from '../../../src/activities/unarchive/choose-copy.js';
import { IMPORTED } from '../../../src/domain/safety-copy.js';
import type { Account } from '../../../src/frappe-cloud/index.js';
import type { CopyManifest, Vault } from '../../../src/vault/types.js';

const SITE = 'shop.frappe.cloud';
const account = { name: 'main' } as Account;

const kept = (handle: string, backup: string, takenAt: string) =>
  ({
    handle,
    backup,
    takenAt,
    site: SITE,
    account: 'main',
    version: 'Version 15',
    apps: ['frappe'],
    files: [{ kind: 'database', bytes: 100 }],
  }) as unknown as CopyManifest;

const made = kept('made', 'b1', '2026-11-01T00:00:00Z');
const imported = kept('files', IMPORTED, '2026-11-02T00:00:00Z');
const vault = {
  async *list() {
    await Promise.resolve();
    yield* [made, imported];
  },
  manifest: (handle: string) =>
    Promise.resolve([made, imported].find((copy) => copy.handle === handle)),
  stored: () => Promise.resolve(100),
} as unknown as Vault;

it('takes files that were imported only where they are named', async () => {
  const newest = await chooseCopy({ vault }, account, { site: SITE }, []);
  expect(newest.copy?.handle).toBe('made');
  const named = await chooseCopy({ vault }, account, { site: SITE, copy: 'files' }, []);
  expect(named.copy?.handle).toBe('files');
});
