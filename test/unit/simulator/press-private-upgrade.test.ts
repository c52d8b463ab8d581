import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, siteOf } from './support/backups.js';
import { NAME, startQuick } from './support/groups.js';
import { benchStatuses, deleteGroup, groupMethod, groupOf, refusal } from './support/orders.js';
import { messageOf, MINUTE, type Press } from './support/press-client.js';
import { recorded } from './support/recordings.js';

let press: Press;

beforeEach(async () => {
  press = await startQuick();
  await press.activeSite('acme-one');
});

afterEach(() => press.sim.close());

const request = (args: object = {}) =>
  press.call('press.api.site.create_private_bench_for_site_upgrade', {
    name: NAME,
    version: 'Version 15',
    release_group_title: 'acme-v16',
    custom_app_sources: [],
    scheduled_time: null,
    ...args,
  });

const requested = async (args: object = {}) => (await request(args)).body.message as string;

const shown = async () =>
  (await press.ask<{ version_upgrade: object | null }>('press.api.site.get', { name: NAME }))
    .version_upgrade;

const linked = async (name: string) =>
  (
    await press.ask<{ linked_version_upgrade: string | null }>('press.api.client.get', {
      doctype: 'Release Group',
      name,
    })
  ).linked_version_upgrade;

const upgrades = () => press.sim.estate().upgrades.map(({ status }) => status);

describe('create_private_bench_for_site_upgrade', () => {
  it('builds at once and waits for its time: r2-seq-upgrade-create-private-bench-scheduled', async () => {
    const group = await requested({ scheduled_time: '2026-11-21 09:20:00' });
    expect(group).toBe('bench-0005');
    expect(groupOf(press, group)).toMatchObject({
      version: 'Version 16',
      status: 'Deploying',
      apps: groupOf(press, 'bench-0001')?.apps,
    });
    expect(await linked(group)).toBe(press.sim.estate().upgrades[0]?.name);
    expect(await shown()).toEqual({
      status: 'Pending',
      scheduled_time: '2026-11-21 09:20:00',
      job_id: null,
    });
    press.sim.clock.advance(20 * MINUTE);
    expect(groupOf(press, group)?.status).toBe('Active');
    expect(await shown()).toMatchObject({ status: 'Scheduled' });
    press.sim.clock.advance(3 * HOUR);
    expect(press.sim.estate().updates).toEqual([]);
    press.sim.clock.advance(30 * MINUTE);
    expect(press.sim.estate().updates).toHaveLength(1);
    press.sim.clock.advance(20 * MINUTE);
    expect(siteOf(press, NAME)).toMatchObject({ status: 'Active', group });
    expect(await shown()).toBeNull();
    expect(await linked(group)).toBeNull();
  });

  it('without a time begins at the first round after the bench is up (D 1.7)', async () => {
    const group = await requested();
    press.sim.clock.advance(45 * MINUTE);
    expect(siteOf(press, NAME)).toMatchObject({ status: 'Active', group });
  });

  it('sent again is refused in two messages', async () => {
    await requested();
    const label = 'same call again (re-send)';
    const theirs = recorded('r2-seq-upgrade-create-private-bench-scheduled', label).response.body;
    const inOurs = messageOf(theirs).replaceAll('acme-auto16-b', 'acme-v16');
    expect(messageOf((await request()).body)).toBe(inOurs);
    expect(messageOf((await request({ release_group_title: 'other' })).body)).toContain(
      'Failed to create and deploy bench: Cannot schedule upgrade: ' +
        `site ${NAME} already has a pending or ongoing version upgrade`,
    );
    const plain = { name: NAME, destination_group: null };
    expect((await press.call('press.api.site.version_upgrade', plain)).status).toBe(417);
  });

  it('refuses versions, apps and branches it cannot do', async () => {
    expect(messageOf((await request({ version: 'Version 9' })).body)).toBe(
      'Invalid Frappe version: Version 9',
    );
    press.sim.setSource('SRC-erpnext-16', { enabled: false });
    expect(refusal((await request()).body)).toEqual([
      'ValidationError',
      'No compatible source for app erpnext for Version 16. Please reach out to support.frappe.io',
    ]);
    press.sim.setSource('SRC-erpnext-16', { enabled: true });
    press.sim.setSource('SRC-crm-16', { enabled: false });
    const group = await requested();
    expect(groupOf(press, group)?.apps).not.toContain('crm');
  });

  it('asks for the branches of own apps', async () => {
    const custom = {
      name: 'acme_app',
      title: 'Acme',
      repository_url: 'https://github.com/acme/acme_app',
      branch: 'version-15',
    };
    await groupMethod(press, 'bench-0004', 'add_app', { app: custom });
    await groupMethod(press, 'bench-0004', 'redeploy');
    press.sim.clock.advance(20 * MINUTE);
    const apps = ['frappe', 'acme_app'];
    const name = await press.activeSite('acme-own', { group: 'bench-0004', apps });
    const of = (source?: object) =>
      request({ name, custom_app_sources: source === undefined ? [] : [source] });
    const source = { app: 'acme_app', branch: 'version-16', repository_url: custom.repository_url };
    expect(messageOf((await of()).body)).toBe('Custom app source not provided for acme_app');
    expect(messageOf((await of({ ...source, branch: '' })).body)).toBe(
      'Branch not provided for acme_app',
    );
    expect(messageOf((await of({ ...source, branch: 'nosuch' })).body)).toBe(
      'Could not fetch branch (nosuch) info for repo acme/acme_app',
    );
    const wrong = await of({ ...source, branch: 'version-14' });
    expect([wrong.status, wrong.body.exc_type]).toEqual([500, 'VersioningError']);
    const group = (await of(source)).body.message as string;
    expect(groupOf(press, group)?.apps).toEqual(['frappe', 'erpnext', 'lms', 'acme_app']);
    press.sim.clock.advance(45 * MINUTE);
    expect(siteOf(press, name).group).toBe(group);
  });
});

describe('an upgrade whose bench does not come up', () => {
  it('stays Pending after a failed build until the group goes: *-build-failure', async () => {
    press.sim.addFault({ build: { title: 'acme-v16' }, fault: { kind: 'fail' } });
    const group = await requested();
    press.sim.clock.advance(5 * HOUR);
    expect(upgrades()).toEqual(['Pending']);
    expect(groupOf(press, group)?.status).toBe('Awaiting Deploy');
    expect((await request({ release_group_title: 'other' })).status).toBe(417);
    await deleteGroup(press, group);
    expect(await shown()).toMatchObject({ status: 'Cancelled' });
    expect(await linked(group)).toBeNull();
    expect((await request()).status).toBe(200);
    press.sim.clock.advance(45 * MINUTE);
    expect(siteOf(press, NAME).group).toBe('bench-0006');
  });

  it('stays Pending after a failed queue, and resumes with the next deploy (C 1.4)', async () => {
    press.sim.addFault({ queue: { title: 'acme-v16' }, fault: { kind: 'fail' } });
    const group = await requested();
    press.sim.clock.advance(2 * HOUR);
    expect(upgrades()).toEqual(['Pending']);
    await groupMethod(press, group, 'redeploy');
    press.sim.clock.advance(45 * MINUTE);
    expect(siteOf(press, NAME).group).toBe(group);
  });

  it.each([
    { kind: 'fail_step', step: 'Deploy Bench' },
    { kind: 'delivery_failure', afterSeconds: 60 },
  ] as const)('is Cancelled when the bench fails: $kind', async (fault) => {
    press.sim.addFault({ job: { jobType: 'New Bench' }, fault });
    const group = await requested();
    press.sim.clock.advance(20 * MINUTE);
    expect(upgrades()).toEqual(['Cancelled']);
    expect(benchStatuses(press, group)).toEqual(['Broken']);
    expect((await request({ release_group_title: 'other' })).status).toBe(200);
  });

  it('bench.archive drops the group and leaves the record (C 1.4)', async () => {
    press.sim.addFault({ build: { title: 'acme-v16' }, fault: { kind: 'fail' } });
    const group = await requested();
    press.sim.clock.advance(5 * MINUTE);
    await press.ask('press.api.bench.archive', { name: group });
    expect(upgrades()).toEqual(['Pending']);
  });

  it('hangs when an app was installed that the group lacks (D 1.7)', async () => {
    press.sim.setSource('SRC-hrms-16', { enabled: false });
    const group = await requested();
    await press.rdm(NAME, 'install_app', { app: 'hrms' });
    press.sim.clock.advance(40 * MINUTE);
    expect(benchStatuses(press, group)).toEqual(['Installing']);
    expect(upgrades()).toEqual(['Pending']);
  });

  it('is twice there after an early re-send: both hang, deleted groups come up (observed-2 1)', async () => {
    press.sim.addFault({
      call: { method: 'press.api.site.create_private_bench_for_site_upgrade' },
      fault: { kind: 'duplicate' },
    });
    await request();
    expect(upgrades()).toEqual(['Pending', 'Pending']);
    press.sim.clock.advance(30 * MINUTE);
    const groups = ['bench-0005', 'bench-0006'];
    expect(groups.map((group) => benchStatuses(press, group))).toEqual([
      ['Installing'],
      ['Installing'],
    ]);
    for (const group of groups) expect((await deleteGroup(press, group)).status).toBe(200);
    press.sim.clock.advance(10 * MINUTE);
    expect(groups.map((group) => benchStatuses(press, group))).toEqual([['Active'], ['Active']]);
    for (const group of groups) await deleteGroup(press, group);
    press.sim.clock.advance(10 * MINUTE);
    expect(groups.map((group) => benchStatuses(press, group))).toEqual([
      ['Archived'],
      ['Archived'],
    ]);
    expect(siteOf(press, NAME).group).toBe('bench-0001');
    expect(upgrades()).toEqual(['Cancelled', 'Cancelled']);
  });
});

describe('an empty bench of an own group', () => {
  it('is kept by an upgrade that leads there, and by nothing else (D 1.7)', async () => {
    const group = await requested({ scheduled_time: '2026-11-30 00:00:00' });
    press.sim.clock.advance(5 * 24 * HOUR);
    expect(benchStatuses(press, group)).toEqual(['Active']);
    press.sim.clock.advance(5 * 24 * HOUR);
    expect(siteOf(press, NAME).group).toBe(group);
  });
});
