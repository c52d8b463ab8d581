import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, siteOf } from './support/backups.js';
import { newGroup } from './support/groups.js';
import { deleteGroup, groupMethod } from './support/orders.js';
import { messageOf, MINUTE, type Press, SECOND, startPress } from './support/press-client.js';
import { recorded } from './support/recordings.js';

const NAME = 'acme-one.frappe.cloud';
let press: Press;

afterEach(() => press.sim.close());

const upgrade = (args: object = {}) =>
  press.call('press.api.site.version_upgrade', {
    name: NAME,
    destination_group: null,
    scheduled_datetime: null,
    skip_failing_patches: false,
    skip_backups: false,
    ...args,
  });

const shown = async () =>
  (await press.ask<{ version_upgrade: unknown }>('press.api.site.get', { name: NAME }))
    .version_upgrade as { status: string; scheduled_time: string | null; job_id: string } | null;

const refused = async (args: object = {}) => {
  const { status, body } = await upgrade(args);
  return [status, body.exc_type, messageOf(body)];
};

const settle = (minutes = 20) => {
  press.sim.clock.advance(minutes * MINUTE);
  return siteOf(press, NAME);
};

describe('an upgrade on shared benches', () => {
  beforeEach(async () => {
    press = await startPress();
    await press.activeSite('acme-one', { group: 'bench-0002', version: 'Version 14' });
  });

  it('goes to the next version; its record lags behind: seq-version-upgrade', async () => {
    const reply = await upgrade({ destination_group: 'bench-0003' });
    expect(reply.body).toEqual(recorded('seq-version-upgrade').response.body);
    expect(await shown()).toEqual({
      status: 'Pending',
      scheduled_time: null,
      job_id: press.sim.estate().updates[0]?.updateJob,
    });
    while (siteOf(press, NAME).group !== 'bench-0001') press.sim.clock.advance(SECOND);
    expect(siteOf(press, NAME).status).toBe('Active');
    const lagging = await shown();
    expect(['Pending', 'Running']).toContain(lagging?.status);
    expect(settle()).toMatchObject({ status: 'Active', bench: 'bench-0001-000001-f1-mumbai' });
    expect(await shown()).toBeNull();
    const read = await press.ask<{ version: string }>('press.api.client.get', {
      doctype: 'Site',
      name: NAME,
    });
    expect(read.version).toBe('Version 15');
    const hidden = { doctype: 'Version Upgrade', filters: {} };
    expect((await press.call('press.api.client.get_list', hidden)).status).toBe(403);
  });

  it('sent again: refused while open, and afterwards on to the version after that', async () => {
    await upgrade();
    expect(await refused()).toEqual([
      417,
      'ValidationError',
      `Cannot schedule upgrade: site ${NAME} already has a pending or ongoing version upgrade`,
    ]);
    settle();
    expect((await upgrade()).status).toBe(200);
    expect(settle().group).toBe('bench-0003');
    const { response } = recorded('version-upgrade-err');
    const [, , text] = await refused();
    expect(text).toBe(messageOf(response.body).replace('Version 16', 'Version 17'));
  });

  it('sent again before the first has ended makes no second update (observed-2 1.7)', async () => {
    press.sim.addFault({
      call: { method: 'press.api.site.version_upgrade' },
      fault: { kind: 'duplicate' },
    });
    const [status, excType, text] = await refused();
    expect([status, excType]).toEqual([417, 'LinkValidationError']);
    expect(text).toContain('Site is under maintenance. Cannot Update');
    expect(press.sim.estate().updates).toHaveLength(1);
  });

  it('that fails is recovered: back on the old version, and a failure for the record', async () => {
    press.sim.addFault({
      job: { jobType: 'Update Site Migrate' },
      fault: { kind: 'fail_step', step: 'Migrate Site' },
    });
    await upgrade();
    expect(settle()).toMatchObject({ status: 'Active', group: 'bench-0002' });
    expect(press.sim.estate().upgrades).toMatchObject([{ status: 'Failure' }]);
    expect(await shown()).toBeNull();
    expect((await upgrade()).status).toBe(200);
  });

  it('that ends fatally may stand on the new version', async () => {
    for (const [jobType, step] of [
      ['Update Site Migrate', 'Migrate Site'],
      ['Recover Failed Site Migrate', 'Move Site'],
    ] as const) {
      press.sim.addFault({ job: { jobType }, fault: { kind: 'fail_step', step } });
    }
    await upgrade();
    expect(settle()).toMatchObject({ status: 'Broken', group: 'bench-0001' });
    expect(siteOf(press, NAME).fatalUpdate).not.toBeNull();
  });

  it('at a time: seen from two days before, begun at the next quarter (C 1.0)', async () => {
    await upgrade({ scheduled_datetime: '2026-11-24 06:05:00' });
    expect(press.sim.estate().updates).toEqual([]);
    expect(await shown()).toBeNull();
    press.sim.clock.advance(30 * HOUR);
    expect(await shown()).toEqual({
      status: 'Scheduled',
      scheduled_time: '2026-11-24 06:05:00',
      job_id: null,
    });
    expect((await refused())[2]).toContain('already has a pending');
    press.sim.clock.advance(42 * HOUR + 34 * MINUTE);
    expect(press.sim.estate().updates).toEqual([]);
    expect(settle(30).group).toBe('bench-0001');
  });

  it('at a time waits while the site is busy', async () => {
    await upgrade({ scheduled_datetime: '2026-11-21 06:30:00' });
    press.sim.clock.advance(45 * MINUTE);
    press.sim.addFault({ job: { jobType: 'Migrate Site' }, fault: { kind: 'slow', factor: 30 } });
    await press.rdm(NAME, 'migrate');
    press.sim.clock.advance(20 * MINUTE);
    expect(press.sim.estate().updates).toEqual([]);
    expect(settle(60).group).toBe('bench-0001');
  });
});

describe('an upgrade into an own group', () => {
  let group: string;

  beforeEach(async () => {
    press = await startPress({ timings: { build: MINUTE } });
    await press.activeSite('acme-one', { group: 'bench-0004', apps: ['frappe', 'erpnext'] });
    group = await press.ask<string>('press.api.bench.new', {
      bench: {
        title: 'acme-v16',
        version: 'Version 16',
        apps: [{ name: 'frappe', source: 'SRC-frappe-16' }],
        cluster: 'Mumbai',
        saas_app: null,
        server: null,
      },
    });
  });

  const addApps = () =>
    press.ask('press.api.bench.add_apps', {
      name: group,
      apps: [{ app: 'erpnext', source: 'SRC-erpnext-16' }],
    });

  const deploy = async () => {
    await groupMethod(press, group, 'initial_deploy');
    press.sim.clock.advance(20 * MINUTE);
  };

  const options = (method: string, args: object) =>
    press.ask(`press.api.site.${method}`, { name: NAME, ...args });

  it('works by hand, as r2-seq-upgrade-private-bench-by-hand-shared-server', async () => {
    expect((await refused({ destination_group: group }))[2]).toBe(
      `Destination Group ${group} doesn't have some of the apps installed on ${NAME}: erpnext`,
    );
    await addApps();
    const own = { version: 'Version 15' };
    expect(await options('get_private_groups_for_upgrade', own)).toEqual([
      { name: group, title: 'acme-v16' },
    ]);
    expect(await options('validate_group_for_upgrade', { group_name: group })).toBe(true);
    expect(await options('check_existing_upgrade_bench', own)).toMatchObject({ exists: false });
    const [status, excType, text] = await refused({ destination_group: group });
    expect([status, excType]).toEqual([417, 'LinkValidationError']);
    expect(text).toMatch(
      /^Could not find suitable Destination Bench\nCould not find Reference Name: \w{10}$/,
    );
    expect(await shown()).toBeNull();
    await deploy();
    expect(await options('check_existing_upgrade_bench', own)).toEqual({
      exists: true,
      bench_name: `${group}-000001-f1-mumbai`,
      release_group: group,
      release_group_title: 'acme-v16',
    });
    expect(await options('check_app_compatibility_for_upgrade', own)).toEqual(
      recorded('check-app-compatibility-for-upgrade').response.body.message,
    );
    expect((await upgrade({ destination_group: group })).status).toBe(200);
    expect(settle()).toMatchObject({ status: 'Active', group });
    expect((await refused({ destination_group: group }))[1]).toBe('LinkValidationError');
  });

  it('needs the group on the server of the site: two-step-add-server', async () => {
    await addApps();
    await deploy();
    const twice = await press.call('press.api.site.add_server_to_release_group', {
      name: NAME,
      group_name: group,
    });
    expect(messageOf(twice.body)).toBe('Servers can be added only once');
    const added = await press.call('press.api.site.add_server_to_release_group', {
      name: NAME,
      group_name: group,
      server: 'f1-frankfurt.frappe.cloud',
    });
    expect(added.body).toEqual({});
    press.sim.clock.advance(10 * MINUTE);
    const benches = press.sim.estate().benches.filter((bench) => bench.group === group);
    expect(benches.map(({ status, cluster }) => [status, cluster])).toEqual([
      ['Active', 'Mumbai'],
      ['Active', 'Frankfurt'],
    ]);
  });

  it('may lie on another server of the region, whatever a bench of the version says (D 1.7)', async () => {
    press.sim.putServer('f2-mumbai.frappe.cloud', { cluster: 'Mumbai' });
    press.sim.putServer('f1-mumbai.frappe.cloud', { forNewBenches: false });
    const far = await newGroup(press, 'acme-far');
    await press.ask('press.api.bench.add_app', {
      name: far,
      app: 'erpnext',
      source: 'SRC-erpnext-16',
    });
    await groupMethod(press, far, 'initial_deploy');
    await addApps();
    await deploy();
    const found = { version: 'Version 15' };
    expect(await options('check_existing_upgrade_bench', found)).toMatchObject({
      release_group: group,
    });
    expect(await options('validate_group_for_upgrade', { group_name: far })).toBe(false);
    expect((await refused({ destination_group: far }))[2]).toBe(
      `Destination Group ${far} is not deployed on the site server f1-mumbai.frappe.cloud.`,
    );
    await options('add_server_to_release_group', { group_name: far });
    press.sim.clock.advance(10 * MINUTE);
    expect((await upgrade({ destination_group: far })).status).toBe(200);
    expect(settle()).toMatchObject({ group: far, bench: `${far}-000001-f1-mumbai` });
  });

  it('is cancelled with the group that is deleted (C 1.0)', async () => {
    await addApps();
    await deploy();
    await upgrade({ destination_group: group, scheduled_datetime: '2026-11-21 12:00:00' });
    await deleteGroup(press, group);
    expect(await shown()).toMatchObject({ status: 'Cancelled' });
    settle(24 * 60);
    expect(press.sim.estate().updates).toEqual([]);
  });

  it('skips no version, and needs a group that is there', async () => {
    expect((await refused({ destination_group: 'bench-9999' }))[1]).toBe('LinkValidationError');
    expect((await upgrade()).body.exc_type).toBe('AttributeError');
    const old = await press.ask<string>('press.api.bench.new', {
      bench: {
        title: 'acme-v14',
        version: 'Version 14',
        apps: [{ name: 'frappe', source: 'SRC-frappe-14' }],
        cluster: 'Mumbai',
        saas_app: null,
        server: null,
      },
    });
    await groupMethod(press, old, 'initial_deploy');
    press.sim.clock.advance(20 * MINUTE);
    const name = await press.activeSite('acme-old', { group: old, apps: ['frappe'] });
    expect((await refused({ name, destination_group: group }))[2]).toBe(
      'Upgrading Sites by skipping a major version is unsupported. Destination Release Group ' +
        `${group} Version is Version 16 and Source Version is Version 14`,
    );
  });
});
