import { beforeEach, describe, expect, it } from 'vitest';
import type { PressSimulator } from '../../../simulators/press/index.js';
import {
  type Account,
  activateSite,
  availableBackups,
  BACKUP_STATUSES,
  type Backup,
  clearSiteCache,
  deactivateSite,
  getBackupLink,
  getJobStatus,
  getSite,
  listBackups,
  listSiteActivity,
  migrateSite,
  reinstallSite,
  type RestoreFiles,
  restoreSite,
  restoreSiteFromFiles,
  restoreSpace,
  scheduleBackup,
} from '../../../src/frappe-cloud/index.js';
import { pressErrorOf } from './support/failing.js';
import { backedUp, dataOf, MINUTE_MS, SITE, simulatedSite } from './support/simulated-site.js';

let sim: PressSimulator;
let account: Account;

beforeEach(async () => {
  ({ sim, account } = await simulatedSite());
});

const site = { site: SITE };
const statusNow = async () => {
  const answer = await getSite(account.press, site);
  return answer.found === 'own' ? answer.site.status : answer.found;
};
const remoteFiles = ({ files }: Backup): RestoreFiles =>
  Object.fromEntries(
    Object.entries(files).flatMap(([kind, file]) => (file ? [[kind, file.remote_file]] : [])),
  );

async function offsiteBackup(): Promise<Backup> {
  const name = sim.backUp(SITE, { offsite: true });
  sim.clock.advance(10 * MINUTE_MS);
  const rows = await listBackups(account.press, { ...site, statuses: ['Success'], offsite: true });
  const backup = rows.find((row) => row.name === name);
  if (!backup) throw new Error('no offsite backup');
  return backup;
}

describe('backups', () => {
  it('are ordered one at a time, followed, and found again', async () => {
    const { press } = account;
    const name = await scheduleBackup(press, { ...site, with_files: true });
    const again = scheduleBackup(press, { ...site, with_files: true });
    expect(await pressErrorOf(again)).toMatchObject({ code: 'BUSY' });
    const query = { ...site, statuses: BACKUP_STATUSES };
    const [open] = await listBackups(press, query);
    expect(open).toMatchObject({ name, status: 'Pending', files_availability: '' });
    expect(await availableBackups(press, site)).toEqual([]);

    sim.clock.advance(10 * MINUTE_MS);
    const [done] = await listBackups(press, query);
    expect(done).toMatchObject({
      name,
      status: 'Success',
      files_availability: 'Available',
      with_files: true,
      offsite: false,
      physical: false,
      database_snapshot: null,
      owner: sim.accounts.main.user,
    });
    expect(await getJobStatus(press, { job: done?.job ?? '' })).toBe('Success');
    expect(done?.files.database?.bytes).toBeGreaterThan(0);
    expect(done?.files.database?.remote_file).toBeNull();

    const [available] = await availableBackups(press, site);
    expect(available?.files.config?.bytes).toBeGreaterThan(0);
    expect(done?.files).toMatchObject({ config: { bytes: null }, public: available?.files.public });
  });

  it('are listed from a time on, and by where they lie', async () => {
    const { press } = account;
    const first = await backedUp(sim, account);
    sim.clock.advance(3 * 60 * MINUTE_MS);
    const second = await offsiteBackup();
    const query = { ...site, statuses: BACKUP_STATUSES };
    const names = async (narrow: object) =>
      (await listBackups(press, { ...query, ...narrow })).map(({ name }) => name);
    expect(await names({})).toEqual([second.name, first.name]);
    expect(await names({ since: second.creation })).toEqual([second.name]);
    expect(await names({ offsite: false })).toEqual([first.name]);
    expect(await names({ limit: 1 })).toEqual([second.name]);
  });

  it('offsite can be fetched from the storage', async () => {
    const backup = await offsiteBackup();
    const link = { ...site, backup: backup.name, file: 'database' } as const;
    const file = await account.storage.open(await getBackupLink(account.press, link));
    expect(file.totalBytes).toBe(backup.files.database?.bytes);
    file.body.destroy();
    const onSite = { ...link, backup: (await backedUp(sim, account)).name };
    expect(await pressErrorOf(getBackupLink(account.press, onSite))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('restores', () => {
  it('bring back what the backup holds, and are proven by their activity', async () => {
    const { press } = account;
    const backup = await offsiteBackup();
    const before = dataOf(sim);
    sim.changeData(SITE);
    const files = remoteFiles(backup);
    const job = await restoreSiteFromFiles(press, { ...site, files });
    expect(await pressErrorOf(restoreSite(press, { ...site, files }))).toMatchObject({
      code: 'BUSY',
    });
    const query = { ...site, action: 'Restore', since: backup.creation };
    expect(await listSiteActivity(press, query)).toMatchObject([{ job }]);
    sim.clock.advance(30 * MINUTE_MS);
    expect(await getJobStatus(press, { job })).toBe('Success');
    expect(await statusNow()).toBe('Active');
    expect(dataOf(sim)).toEqual(before);
  });

  it('that fail start the clock of which the site tells', async () => {
    const { press } = account;
    const files = remoteFiles(await offsiteBackup());
    sim.addFault({
      job: { jobType: 'Restore Site', site: SITE },
      fault: { kind: 'fail_step', step: 'Restore Site' },
    });
    await restoreSite(press, { ...site, files });
    sim.clock.advance(30 * MINUTE_MS);
    const answer = await getSite(press, site);
    expect(answer).toMatchObject({
      site: { status: 'Broken', creation_failure_retention_days: 14 },
    });
    expect(answer).toHaveProperty('site.creation_failed', expect.any(String));
    expect(await pressErrorOf(activateSite(press, site))).toMatchObject({ code: 'REFUSED' });
    expect(await pressErrorOf(migrateSite(press, site))).toMatchObject({ code: 'REFUSED' });
  });

  it('have room on public servers', async () => {
    const sizes = { database_bytes: 100_000_000, public_bytes: 10_000_000, private_bytes: 0 };
    expect(await restoreSpace(account.press, { ...site, ...sizes })).toMatchObject({
      allowed_to_upload: true,
      free_space_on_app_server: -1,
      required_space_on_app_server: 120_000_000,
      required_space_on_db_server: 1_600_000_000,
    });
  });
});

describe('the life of a site', () => {
  it('is deactivated and activated', async () => {
    const { press } = account;
    expect(await deactivateSite(press, site)).toBe('Inactive');
    const again = await pressErrorOf(deactivateSite(press, site));
    expect(again).toMatchObject({ code: 'REFUSED' });
    expect(again.message).toContain('inactive state');
    sim.clock.advance(10 * MINUTE_MS);
    expect(await account.probe(SITE)).toMatchObject({ ok: false });
    expect(await activateSite(press, site)).toBe('Active');
    expect((await pressErrorOf(activateSite(press, site))).message).toContain('only inactive');
    sim.clock.advance(10 * MINUTE_MS);
    expect(await account.probe(SITE)).toMatchObject({ ok: true });
  });

  it('is migrated, emptied, and its caches cleared', async () => {
    const { press } = account;
    const steps = [
      ['Migrate', () => migrateSite(press, { ...site, skip_failing_patches: true })],
      ['Reinstall', () => reinstallSite(press, site)],
    ] as const;
    for (const [action, run] of steps) {
      const job = await run();
      expect(await statusNow()).toBe('Pending');
      expect(await listSiteActivity(press, { ...site, action })).toMatchObject([{ job }]);
      sim.clock.advance(10 * MINUTE_MS);
      expect(await getJobStatus(press, { job })).toBe('Success');
      expect(await statusNow()).toBe('Active');
    }
    await clearSiteCache(press, site);
    const [cleared] = await listSiteActivity(press, { ...site, action: 'Clear Cache' });
    expect(cleared?.job).toEqual(expect.any(String));
  });
});
