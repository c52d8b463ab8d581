import { describe, expect, it } from 'vitest';
import { readArchived } from '../../../src/activities/archive/read-archived.js';
import type { Account } from '../../../src/frappe-cloud/index.js';
import type { CopyManifest } from '../../../src/vault/index.js';
import { pressThat, says } from '../frappe-cloud/support/press-that.js';

const SITE = 'shop.frappe.cloud';
const CREATION = '2026-11-20 10:00:00.000000';
const IN_VAULT = { where: 'vault', handle: 'vault-shop' } as const;
const OFFSITE = { where: 'offsite', handle: 'backup-1' } as const;

const archivedRow = (name: string) => ({
  name,
  status: 'Archived',
  owner: 'ops@example.com',
  creation: CREATION,
  team: 'main',
  group: 'bench-0001',
  bench: 'bench-0001-000001-f1',
  server: 'f1.frappe.cloud',
  plan: 'USD 25',
  host_name: null,
  creation_failed: null,
  archive_failed: 0,
  fatal_site_update: null,
  cluster: 'Mumbai',
});

const activity = (job: string | null) => ({
  name: `activity-${job}`,
  action: 'Archive',
  reason: null,
  job,
  owner: 'ops@example.com',
  creation: CREATION,
});

const backup = (name: string, job: string) => ({
  name,
  site: `${SITE}.archived`,
  status: 'Success',
  owner: 'Administrator',
  creation: CREATION,
  job,
  with_files: 1,
  offsite: 1,
  physical: 0,
  database_snapshot: null,
  files_availability: 'Available',
  ready_to_restore: false,
});

interface World {
  /** By archived name, the job of its archive. */
  readonly archives?: Readonly<Record<string, string | null>>;
  readonly backups?: readonly object[];
  readonly inVault?: boolean;
}

/** One look at a site whose name is free, archived by job-1 as far as Press says. */
async function look(
  { archives = { [`${SITE}.archived`]: 'job-1' }, backups = [], inVault = true }: World,
  change: Partial<Parameters<typeof readArchived>[2]> = {},
) {
  const { press } = await pressThat((method, { doctype, filters }) => {
    if (method === 'press.api.client.get') {
      return { status: 403, body: says('PermissionError', 'Not Permitted') };
    }
    const { site = '' } = filters as { readonly site?: string };
    if (doctype === 'Site') return { body: { message: Object.keys(archives).map(archivedRow) } };
    if (doctype === 'Site Activity')
      return { body: { message: [activity(archives[site] ?? null)] } };
    return { body: { message: backups } };
  });
  const manifest = () => Promise.resolve(inVault ? ({} as CopyManifest) : null);
  const asked = { site: SITE, job: 'job-1', finalBackup: true, copy: IN_VAULT, ...change };
  return readArchived({ press } as Account, { manifest }, asked, {});
}

describe('what an archive has left', () => {
  it('is a copy in the vault, whatever Press says of its own backup (observed C10)', async () => {
    expect(await look({})).toEqual({
      ok: true,
      failures: [],
      exceptions: [],
      details: { archivedAs: `${SITE}.archived`, finalBackup: 'not listed by Press' },
    });
    const backups = [backup('final', 'job-1')];
    expect((await look({ backups })).details).toMatchObject({ finalBackup: 'final' });
  });

  it('is not right without that copy', async () => {
    const failures = ['the vault has no copy vault-shop'];
    expect(await look({ inVault: false })).toMatchObject({ ok: false, failures });
  });

  it('is found among others of the name by the job', async () => {
    const archives = { [`${SITE}.archived.1`]: 'job-0', [`${SITE}.archived`]: 'job-1' };
    const found = await look({ archives });
    expect(found.details).toMatchObject({ archivedAs: `${SITE}.archived` });
  });

  it('is not taken from somebody else when the job is not known', async () => {
    const archives = { [`${SITE}.archived`]: null };
    const found = await look({ archives }, { job: null });
    expect(found).toMatchObject({
      ok: false,
      failures: [`Press does not list ${SITE} as archived`],
    });
    expect(found.details).not.toHaveProperty('archivedAs');
  });

  it('is the offsite backup that is relied on', async () => {
    const kept = { copy: OFFSITE, finalBackup: false };
    const backups = [backup('backup-1', 'job-0')];
    expect(await look({ backups }, kept)).toMatchObject({ ok: true, exceptions: [] });
  });

  it.each([
    ['another', [backup('backup-2', 'job-0')], /relied on was not kept; the newest .* backup-2 of/],
    ['none', [], /backup-1 that is relied on was not kept; Press has no backup/],
  ])('is told when Press has kept %s instead', async (_, backups, message) => {
    const found = await look({ backups }, { copy: OFFSITE, finalBackup: false });
    expect(found).toMatchObject({ ok: true, exceptions: [expect.stringMatching(message)] });
  });

  it.each([
    ['none was made', false, [], /no copy of it, and no final backup was made; Press has no/],
    ['it is not listed', true, [], /no copy of it, and its final backup is not listed; Press has/],
    ['an older one is left', true, [backup('old', 'job-0')], /the newest at Press is old of/],
  ])('is told without any copy: %s', async (_, finalBackup, backups, message) => {
    const found = await look({ backups }, { copy: null, finalBackup });
    expect(found).toMatchObject({ ok: true, exceptions: [expect.stringMatching(message)] });
  });

  it("is Press's final backup where that is all there is", async () => {
    const backups = [backup('final', 'job-1')];
    expect(await look({ backups }, { copy: null })).toMatchObject({ ok: true, exceptions: [] });
  });
});
