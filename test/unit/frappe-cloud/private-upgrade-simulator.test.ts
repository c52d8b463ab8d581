import { beforeEach, describe, expect, it } from 'vitest';
import type { PressSimulator } from '../../../simulators/press/index.js';
import {
  type Account,
  createPrivateBenchForUpgrade,
  deleteGroup,
  getReleaseGroup,
  getSite,
  isTitleTaken,
  listBenches,
  listBuilds,
  listGroupsByTitle,
  listSiteActions,
  listSiteUpdates,
  newSite,
  toNaive,
  updateRefusal,
  upgradeStanding,
} from '../../../src/frappe-cloud/index.js';
import { pressErrorOf } from './support/failing.js';
import { simulatedPress } from './support/simulated-press.js';
import { NOW } from './support/upgrade-calls.js';

const HOUR_MS = 3_600_000;
const SITE = 'acme-shop.frappe.cloud';
const TITLE = 'acme own v16';

describe('an upgrade with a bench that Press makes, against the simulator', () => {
  let sim: PressSimulator;
  let account: Account;

  beforeEach(async () => {
    ({ sim, account } = await simulatedPress());
    await newSite(account.press, {
      name: 'acme-shop',
      apps: ['frappe', 'crm'],
      plan: 'USD 25',
      cluster: 'Mumbai',
      group: 'bench-0001',
      version: 'Version 15',
      domain: 'frappe.cloud',
    });
    sim.clock.advance(HOUR_MS);
  });

  function order(release_group_title = TITLE, hours = 3) {
    const at = sim.clock.now().getTime() + hours * HOUR_MS;
    return createPrivateBenchForUpgrade(account.press, {
      site: SITE,
      version: 'Version 15',
      release_group_title,
      custom_app_sources: [],
      scheduled_time: toNaive(at, { offsetMinutes: 330 }),
      ...NOW,
    });
  }

  const standing = async () =>
    (await upgradeStanding(account.press, { site: SITE })).version_upgrade?.status;

  it('waits for bench and time, and shows in group and site', async () => {
    const { press } = account;
    const group = await order();
    expect(await listGroupsByTitle(press, { title: TITLE })).toMatchObject([{ name: group }]);
    expect(await listBuilds(press, { group })).toHaveLength(1);
    expect(await standing()).toBe('Pending');
    const made = await getReleaseGroup(press, { group });
    expect(made.found === 'own' && made.group.linked_version_upgrade).toBeTruthy();
    expect(isTitleTaken(await pressErrorOf(order()))).toBe(true);
    expect(updateRefusal(await pressErrorOf(order('another title')))).toBe('upgrade_open');

    sim.clock.advance(HOUR_MS);
    expect(await listBenches(press, { group })).toMatchObject([{ status: 'Active' }]);
    expect(await standing()).toBe('Scheduled');
    expect(await listSiteUpdates(press, { site: SITE })).toEqual([]);
    expect(await listSiteActions(press, { site: SITE })).toEqual([]);

    sim.clock.advance(4 * HOUR_MS);
    expect(await listSiteUpdates(press, { site: SITE })).toMatchObject([{ status: 'Success' }]);
    expect(await getSite(press, { site: SITE })).toMatchObject({
      site: { group, version: 'Version 16', status: 'Active' },
    });
    expect(await standing()).toBeUndefined();
  });

  it('hangs when its build fails, until the group is deleted', async () => {
    const { press } = account;
    sim.addFault({ build: {}, fault: { kind: 'fail' } });
    const group = await order();
    sim.clock.advance(5 * HOUR_MS);
    expect((await listBuilds(press, { group }))[0]?.status).toBe('Failure');
    expect(await standing()).toBe('Pending');
    expect(updateRefusal(await pressErrorOf(order('another title')))).toBe('upgrade_open');
    await deleteGroup(press, { group });
    expect(await standing()).toBe('Cancelled');
    expect(await getReleaseGroup(press, { group })).toMatchObject({
      group: { linked_version_upgrade: null },
    });
    await order('another title');
    expect(await standing()).toBe('Pending');
  });
});
