import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backedUpOffsite, filesOf, HOUR, restore, siteOf } from './support/backups.js';
import { GROUP, newGroup, deployed, startQuick } from './support/groups.js';
import { benchStatuses, deleteGroup, groupOf, rowsOf } from './support/orders.js';
import { messageOf, MINUTE, type Press } from './support/press-client.js';
import { inOurNames, recorded } from './support/recordings.js';
import { failStep } from './support/updates.js';

const SERVER = 'f1-mumbai.frappe.cloud';
const DEDICATED = 'f9-mumbai.frappe.cloud';
const TYPE = 'Move Site To Different Server / Bench';
let press: Press;
let site: string;

beforeEach(async () => {
  press = await startQuick();
  site = await press.activeSite('acme-one', { apps: ['frappe', 'erpnext'] });
});

afterEach(() => press.sim.close());

const plan = (args: object = {}) =>
  press.rdm(site, 'create_migration_plan', { type: TYPE, group: GROUP, server: SERVER, ...args });

const actions = () => rowsOf(press, 'Site Action', ['status'], { site: site });
const settle = (minutes = 30) => {
  press.sim.clock.advance(minutes * MINUTE);
  return siteOf(press, site);
};

describe('a migration plan', () => {
  it('moves a site to any group of the team, the next version included (D 1.7)', async () => {
    const group = await newGroup(press, 'acme-v16');
    await press.ask('press.api.bench.add_app', {
      name: group,
      app: 'erpnext',
      source: 'SRC-erpnext-16',
    });
    await deployed(press, group);
    const { body } = await plan({ group });
    expect(await actions()).toEqual([{ status: 'Scheduled' }]);
    expect(messageOf((await plan({ group })).body)).toContain('Another site action is already');
    expect(settle()).toMatchObject({ status: 'Active', group });
    const read = await press.ask<object>('press.api.client.get', {
      doctype: 'Site Action',
      name: body.message,
    });
    expect(read).toMatchObject({
      status: 'Success',
      action_type: TYPE,
      arguments_dict: { destination_release_group: group, destination_server: SERVER },
    });
    expect(press.sim.estate().upgrades).toEqual([]);
  });

  it('builds a group of its own at once, and moves when its time has come', async () => {
    const later = { group: null, new_group_name: 'acme-own' };
    await plan({ ...later, scheduled_time: '2026-11-21 12:00:00' });
    expect(settle()).toMatchObject({ group: 'bench-0001' });
    expect(benchStatuses(press, 'bench-0005')).toEqual(['Active']);
    expect(await actions()).toEqual([{ status: 'Scheduled' }]);
    const kept = await deleteGroup(press, 'bench-0005');
    expect(kept.body.exc_type).toBe('ArchiveBenchError');
    expect(settle(8 * 60)).toMatchObject({ group: 'bench-0005' });
  });

  it('whose build fails leaves its group behind (C 2.8)', async () => {
    press.sim.addFault({ build: { title: 'acme-own' }, fault: { kind: 'fail' } });
    await plan({ group: null, new_group_name: 'acme-own' });
    settle();
    expect(await actions()).toEqual([{ status: 'Failure' }]);
    expect(groupOf(press, 'bench-0005')).toMatchObject({ enabled: true });
  });

  it('is refused for what it cannot do', async () => {
    const texts = [];
    for (const args of [
      { group: null },
      { group: 'bench-0001' },
      { server: 'f9-nowhere.frappe.cloud' },
      { scheduled_time: '2020-01-01 00:00:00' },
    ]) {
      texts.push(messageOf((await plan(args)).body));
    }
    expect(texts).toEqual([
      expect.stringContaining('Please provide either of group or new group name.'),
      expect.stringContaining('Release Group bench-0001 is a public release group.'),
      "You don't have permission to deploy on server f9-nowhere.frappe.cloud",
      expect.stringContaining('Scheduled time must be in the future.'),
    ]);
    const unknown = await plan({ type: 'In-Place Migrate Site' });
    expect([unknown.status, unknown.body.exc_type]).toEqual([500, 'AssertionError']);
  });

  it('can be cancelled while it waits for its time', async () => {
    const { body } = await plan({ scheduled_time: '2026-11-21 12:00:00' });
    const cancel = () =>
      press.call('press.api.client.run_doc_method', {
        dt: 'Site Action',
        dn: body.message,
        method: 'cancel_action',
      });
    expect((await cancel()).status).toBe(200);
    expect(messageOf((await cancel()).body)).toContain('Only scheduled actions can be cancelled.');
    expect(settle(10 * 60)).toMatchObject({ group: 'bench-0001' });
  });

  it('made while an update is fatal moves the site once it was restored (observed-2 3, f1)', async () => {
    press.sim.releaseUpdate('bench-0001');
    const copy = await backedUpOffsite(press, site);
    failStep(press, 'Update Site Migrate', 'Migrate Site');
    failStep(press, 'Recover Failed Site Migrate', 'Move Site');
    await press.rdm(site, 'schedule_update');
    expect(settle()).toMatchObject({ status: 'Broken' });
    expect((await plan()).status).toBe(200);
    expect(settle(HOUR / MINUTE)).toMatchObject({ status: 'Broken', group: 'bench-0001' });
    expect(await actions()).toEqual([{ status: 'Running' }]);
    await restore(press, site, filesOf(copy));
    expect(settle()).toMatchObject({ status: 'Active', group: GROUP });
  });

  it('fails where the fatal update left the site on the old bench (f2, f5)', async () => {
    press.sim.releaseUpdate('bench-0001');
    failStep(press, 'Update Site Migrate', 'Backup Site Tables');
    failStep(press, 'Recover Failed Site Update', 0);
    await press.rdm(site, 'schedule_update');
    settle();
    await plan();
    settle();
    expect(await actions()).toEqual([{ status: 'Failure' }]);
  });
});

describe('change_server', () => {
  const change = (server: string, scheduled: string | null = null) =>
    press.call('press.api.site.change_server', {
      name: site,
      server,
      scheduled_datetime: scheduled,
      skip_failing_patches: false,
    });

  it('refuses the server the site is on, and one without a bench', async () => {
    const same = await change(SERVER);
    expect([same.status, same.body.exc_type]).toEqual([500, 'NotImplementedError']);
    const theirs = messageOf(recorded('r2-site-change-server-no-deploy').response.body);
    expect(messageOf((await change(DEDICATED)).body)).toBe(
      inOurNames(theirs).replace('f-0002', 'f9-mumbai'),
    );
    expect(await press.ask('press.api.site.change_server_options', { name: site })).toEqual({
      servers: [{ name: DEDICATED, title: 'main-dedicated' }],
      estimated_duration: null,
    });
  });

  it('to come keeps archives and plans away, done it has changed the plan', async () => {
    const own = await newGroup(press, 'acme-v15', 'Version 15');
    await deployed(press, own);
    site = await press.activeSite('acme-own', { group: own, apps: ['frappe'] });
    await press.ask('press.api.site.add_server_to_release_group', {
      name: site,
      group_name: own,
      server: DEDICATED,
    });
    settle(10);
    expect((await change(DEDICATED, '2026-11-21 10:00:00')).body).toEqual({});
    const shown = async () =>
      (await press.ask<{ site_migration: object | null }>('press.api.site.get', { name: site }))
        .site_migration;
    expect(await shown()).toMatchObject({ status: 'Scheduled' });
    expect(messageOf((await change(DEDICATED)).body)).toBe(
      `Ongoing/Scheduled Site Migration for the site <strong>${site}</strong> exists.`,
    );
    expect(messageOf((await press.rdm(site, 'archive')).body)).toBe(
      `Site Migration is scheduled for ${site} at 2026-11-21 10:00:00`,
    );
    expect(messageOf((await plan()).body)).toContain('exists, retry once it is completed');
    expect(settle(6 * 60)).toMatchObject({
      status: 'Active',
      plan: 'Unlimited',
      bench: `${own}-000001-f9-mumbai`,
    });
    expect(await shown()).toBeNull();
  });
});

describe('a migration plan to another region', () => {
  const TO_REGION = { type: 'Move Site To Different Region', group: null, server: null };
  const toRegion = (cluster: string) => plan({ ...TO_REGION, cluster });

  it('is carried out at once, within the group', async () => {
    await toRegion('Frankfurt');
    expect(await actions()).toEqual([{ status: 'Running' }]);
    expect(siteOf(press, site)).toMatchObject({ status: 'Pending' });
    expect(settle()).toMatchObject({
      status: 'Active',
      group: 'bench-0001',
      plan: 'USD 25',
      bench: 'bench-0001-000001-f1-frankfurt',
    });
    expect(await actions()).toEqual([{ status: 'Success' }]);
  });

  it('is refused where the site stands, and where its group has no bench', async () => {
    const texts = [];
    for (const cluster of ['Mumbai', 'Singapore']) {
      const { body } = await toRegion(cluster);
      texts.push(messageOf(body));
    }
    expect(texts).toEqual([
      'The site is already in the selected region. Please choose a different region to move it to.',
      'Bench bench-0001 does not have an existing deploy in Singapore',
    ]);
  });

  it.each([
    ['Backup site on source', 'Active', 'bench-0001-000001-f1-mumbai'],
    ['Deactivate site on source', 'Inactive', 'bench-0001-000001-f1-mumbai'],
    ['Update site plan', 'Active', 'bench-0001-000001-f1-frankfurt'],
  ])('that fails at "%s" leaves it %s on %s (C 2.9)', async (step, status, bench) => {
    press.sim.addFault({
      job: { jobType: 'Site Migration', site },
      fault: { kind: 'fail_step', step },
    });
    await toRegion('Frankfurt');
    expect(settle()).toMatchObject({ status, bench, directory: bench });
    expect(await actions()).toEqual([{ status: 'Failure' }]);
  });

  const OLD_PLACE = 'bench-0001-000001-f1-mumbai';

  it.each([
    ['Site Migration', 'Update fields of original site record', 'Active', null],
    ['Archive Site', 'Reload NGINX', 'Inactive', null],
    ['Archive Site', 'Archive Site', 'Inactive', OLD_PLACE],
  ])('whose %s fails at "%s" leaves it %s, its files on %s', async (...told) => {
    const [jobType, step, status, directory] = told;
    press.sim.addFault({ job: { jobType, site }, fault: { kind: 'fail_step', step } });
    await toRegion('Frankfurt');
    expect(settle()).toMatchObject({ status, bench: OLD_PLACE, directory });
    expect(await actions()).toEqual([{ status: 'Failure' }]);
  });

  it('that fails at the status leaves it off where it has gone (C 2.9)', async () => {
    const step = 'Reset site status on destination';
    press.sim.addFault({
      job: { jobType: 'Site Migration', site },
      fault: { kind: 'fail_step', step },
    });
    await toRegion('Frankfurt');
    const bench = 'bench-0001-000001-f1-frankfurt';
    expect(settle()).toMatchObject({ status: 'Inactive', bench, directory: bench });
  });
});

describe('get_migration_options', () => {
  it('offers own groups of the version, own servers, and regions of the group (C 2.7)', async () => {
    await newGroup(press, 'acme-v16');
    const { body } = await press.rdm(site, 'get_migration_options');
    const theirs = recorded('r2-site-get-migration-options').response.body;
    const options = body.message as Record<string, { options: Record<string, unknown> }>;
    const recordedOptions = (theirs as { message: typeof options }).message;
    expect(Object.keys(options)).toEqual(Object.keys(recordedOptions));
    expect(options[TYPE]?.options).toEqual({
      available_release_groups: [
        {
          name: GROUP,
          title: 'main-private',
          public: 0,
          servers: [{ name: SERVER, title: null, public: 1 }],
        },
      ],
      dedicated_servers_for_new_release_group: [
        { name: DEDICATED, title: null, cluster: 'Mumbai' },
      ],
    });
    expect(options['Move Site To Different Region']?.options).toMatchObject({
      available_regions: [{ name: 'Frankfurt', title: 'Frankfurt' }],
      has_domain_with_a_record: false,
    });
  });
});
