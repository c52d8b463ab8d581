import { beforeEach, describe, expect, it } from 'vitest';
import type { PressSimulator } from '../../../simulators/press/index.js';
import {
  type Account,
  addApps,
  addServerToGroup,
  benchVersions,
  cancelScheduledUpdate,
  checkAppCompatibility,
  checkExistingUpgradeBench,
  checkForUpdates,
  deployInformation,
  editScheduledUpdate,
  failureReason,
  getBuild,
  getPrivateGroupsForUpgrade,
  getReleaseGroup,
  getSite,
  getSiteUpdate,
  getUpdateOutlook,
  groupApps,
  groupOptions,
  initialDeploy,
  isAddedAlready,
  isOnServer,
  isTitleTaken,
  lastMigrateFailed,
  listBenches,
  listSiteUpdates,
  newGroup,
  newSite,
  scheduleUpdate,
  toNaive,
  updateRefusal,
  upgradeStanding,
  validateGroupForUpgrade,
  versionUpgrade,
} from '../../../src/frappe-cloud/index.js';
import { pressErrorOf } from './support/failing.js';
import { simulatedPress } from './support/simulated-press.js';
import { NOW } from './support/upgrade-calls.js';

const HOUR_MS = 3_600_000;
const SITE = 'acme-shop.frappe.cloud';

let sim: PressSimulator;
let account: Account;

beforeEach(async () => {
  ({ sim, account } = await simulatedPress());
});

/** An Active site on the given group. */
async function activeSite(group: string, apps: readonly string[]): Promise<void> {
  const order = { name: 'acme-shop', plan: 'USD 25', cluster: 'Mumbai', domain: 'frappe.cloud' };
  await newSite(account.press, { ...order, apps, group, version: 'Version 15' });
  sim.clock.advance(HOUR_MS);
}

async function siteNow() {
  const found = await getSite(account.press, { site: SITE });
  if (found.found !== 'own') throw new Error('the site is gone');
  return found.site;
}

describe('an update against the simulator', () => {
  beforeEach(async () => {
    await activeSite('bench-0001', ['frappe', 'crm']);
  });

  it('is refused without a newer bench, and done with one', async () => {
    const { press } = account;
    const args = { site: SITE, ...NOW };
    expect(updateRefusal(await pressErrorOf(scheduleUpdate(press, args)))).toBe('no_bench');
    sim.releaseUpdate('bench-0001');
    sim.clock.advance(HOUR_MS);
    expect(await checkForUpdates(press, { site: SITE })).toMatchObject({ update_available: true });
    expect(await getUpdateOutlook(press, { site: SITE })).toMatchObject({
      outlook: { has_scheduled_updates: false, update_information: { update_available: true } },
    });

    const name = await scheduleUpdate(press, args);
    expect(updateRefusal(await pressErrorOf(scheduleUpdate(press, args)))).toBe('site_busy');
    sim.clock.advance(HOUR_MS);
    expect(await getSiteUpdate(press, { site_update: name })).toMatchObject({
      status: 'Success',
      site: SITE,
      recover_job: null,
      skipped_backups: false,
    });
    expect(await lastMigrateFailed(press, { site: SITE })).toBe(false);
    expect(await getSiteUpdate(press, { site_update: 'nobody' })).toBeNull();
  });

  it('that fails is rolled back, or fatal', async () => {
    const { press } = account;
    sim.releaseUpdate('bench-0001');
    const { bench } = await siteNow();
    const fail = (jobType: string, step: string) =>
      sim.addFault({ job: { jobType }, fault: { kind: 'fail_step', step } });
    fail('Update Site Migrate', 'Migrate Site');
    await scheduleUpdate(press, { site: SITE, ...NOW });
    sim.clock.advance(HOUR_MS);
    const [recovered] = await listSiteUpdates(press, { site: SITE });
    expect(recovered).toMatchObject({ status: 'Recovered', source_bench: bench });
    expect(await lastMigrateFailed(press, { site: SITE })).toBe(true);
    const job = recovered?.update_job ?? '';
    expect(await failureReason(press, { job, site: SITE })).toMatchObject({ step: 'Migrate Site' });

    const since = toNaive(sim.clock.now().getTime(), { offsetMinutes: 330 });
    expect(await listSiteUpdates(press, { site: SITE, since })).toEqual([]);
    fail('Update Site Migrate', 'Migrate Site');
    fail('Recover Failed Site Migrate', 'Move Site');
    await scheduleUpdate(press, { site: SITE, ...NOW });
    sim.clock.advance(HOUR_MS);
    expect(await listSiteUpdates(press, { site: SITE, since })).toMatchObject([
      { status: 'Fatal' },
    ]);
    expect(await listSiteUpdates(press, { site: SITE, statuses: ['Recovered'] })).toHaveLength(1);
    const again = scheduleUpdate(press, { site: SITE, ...NOW });
    expect(updateRefusal(await pressErrorOf(again))).toBe('fatal');
  });

  it('waits for its time, and can be changed and withdrawn', async () => {
    const { press } = account;
    sim.releaseUpdate('bench-0001');
    const inHours = (hours: number) =>
      toNaive(sim.clock.now().getTime() + hours * HOUR_MS, { offsetMinutes: 330 });
    const scheduled_time = inHours(12);
    const site_update = await scheduleUpdate(press, { site: SITE, ...NOW, scheduled_time });
    const second = scheduleUpdate(press, { site: SITE, ...NOW });
    expect(updateRefusal(await pressErrorOf(second))).toBe('update_open');
    const changed = {
      scheduled_time: inHours(24),
      skip_backups: false,
      skip_failing_patches: true,
    };
    await editScheduledUpdate(press, { site: SITE, site_update, ...changed });
    sim.clock.advance(13 * HOUR_MS);
    expect(await getSiteUpdate(press, { site_update })).toMatchObject({
      status: 'Scheduled',
      skipped_failing_patches: true,
    });
    await cancelScheduledUpdate(press, { site: SITE, site_update });
    expect(await getSiteUpdate(press, { site_update })).toMatchObject({ status: 'Cancelled' });
    const again = cancelScheduledUpdate(press, { site: SITE, site_update });
    expect(await pressErrorOf(again)).toMatchObject({ code: 'REFUSED' });
  });
});

describe('an upgrade into a group made by hand, against the simulator', () => {
  beforeEach(async () => {
    await activeSite('bench-0004', ['frappe', 'erpnext']);
  });

  /** A group of the next version with the site's apps; nothing built yet. */
  async function groupByHand(): Promise<string> {
    const { press } = account;
    const { versions } = await groupOptions(press);
    const version = versions.find(({ name }) => name === 'Version 16');
    const source = version?.apps[0]?.source.name ?? '';
    const apps = [{ app: 'frappe', source }];
    const of = { title: 'acme v16', version: 'Version 16', cluster: 'Mumbai', server: null };
    const group = await newGroup(press, { ...of, apps });
    expect(isTitleTaken(await pressErrorOf(newGroup(press, { ...of, apps })))).toBe(true);
    const erpnext = [{ app: 'erpnext', source: source.replace('frappe', 'erpnext') }];
    await addApps(press, { group, apps: erpnext });
    const again = addApps(press, { group, apps: erpnext });
    expect(isAddedAlready(await pressErrorOf(again))).toBe(true);
    return group;
  }

  it('is looked into, prepared and done', async () => {
    const { press } = account;
    const at = { site: SITE, version: 'Version 15' };
    expect(await checkAppCompatibility(press, at)).toMatchObject({
      can_upgrade: true,
      incompatible: [],
    });
    const group = await groupByHand();
    expect((await groupApps(press, { group })).map(({ name }) => name)).toEqual([
      'frappe',
      'erpnext',
    ]);
    expect(await getPrivateGroupsForUpgrade(press, at)).toEqual([
      { name: group, title: 'acme v16' },
    ]);
    expect(await checkExistingUpgradeBench(press, at)).toMatchObject({ exists: false });

    const build = await initialDeploy(press, { group });
    expect(await getBuild(press, { build })).toMatchObject({ found: 'own', build: { group } });
    const upgrade = { site: SITE, ...NOW, destination_group: group, scheduled_datetime: null };
    expect(updateRefusal(await pressErrorOf(versionUpgrade(press, upgrade)))).toBe('no_bench');
    sim.clock.advance(HOUR_MS);
    const { server } = await siteNow();
    const [bench] = await listBenches(press, { group });
    expect(bench?.status).toBe('Active');
    expect(bench && isOnServer(bench, server ?? '')).toBe(true);
    expect(await benchVersions(press, { group })).toMatchObject([{ name: bench?.name, sites: [] }]);
    expect(await deployInformation(press, { group })).toMatchObject({ deploy_in_progress: false });
    expect(await checkExistingUpgradeBench(press, at)).toMatchObject({ release_group: group });
    expect(await validateGroupForUpgrade(press, { site: SITE, group })).toBe(true);
    const added = addServerToGroup(press, { site: SITE, group });
    expect(isAddedAlready(await pressErrorOf(added))).toBe(true);

    await versionUpgrade(press, upgrade);
    expect(await upgradeStanding(press, { site: SITE })).toMatchObject({
      version_upgrade: { status: 'Pending', scheduled_time: null },
      site_migration: null,
    });
    const again = versionUpgrade(press, upgrade);
    expect(updateRefusal(await pressErrorOf(again))).toBe('upgrade_open');
    sim.clock.advance(HOUR_MS);
    expect(await listSiteUpdates(press, { site: SITE })).toMatchObject([
      { status: 'Success', destination_bench: bench?.name, deploy_type: 'Migrate' },
    ]);
    expect(await siteNow()).toMatchObject({ group, version: 'Version 16', status: 'Active' });
    expect(await upgradeStanding(press, { site: SITE })).toMatchObject({ version_upgrade: null });
    expect(await getReleaseGroup(press, { group })).toMatchObject({
      group: { linked_version_upgrade: null },
    });
  });
});
