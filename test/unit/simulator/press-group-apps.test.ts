import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GROUP, information, newGroup, startQuick } from './support/groups.js';
import { groupMethod, groupOf, refusal } from './support/orders.js';
import { messageOf, type Press } from './support/press-client.js';

const CUSTOM = {
  name: 'acme_app',
  title: 'Acme',
  repository_url: 'https://github.com/acme/acme_app',
  branch: 'version-15',
};
let press: Press;

beforeEach(async () => {
  press = await startQuick();
});

afterEach(() => press.sim.close());

const ofGroup = (method: string, args: object = {}) =>
  press.call(`press.api.bench.${method}`, { name: GROUP, ...args });

describe('apps of a group', () => {
  it('come and go without a build; the next deploy takes them (D 1.5)', async () => {
    const added = await ofGroup('add_app', { app: 'hrms', source: 'SRC-hrms-15' });
    expect(added.body).toEqual({});
    const again = await ofGroup('add_app', { app: 'hrms', source: 'SRC-hrms-15' });
    expect(messageOf(again.body)).toBe('App hrms can be added only once');
    const gone = await ofGroup('remove_app', { app: 'lms' });
    expect(gone.body.message).toBe('lms');
    expect((await groupMethod(press, GROUP, 'remove_app', { app: 'lms' })).body.message).toBe(
      'lms',
    );
    expect(refusal((await ofGroup('remove_app', { app: 'frappe' })).body)).toEqual([
      'ValidationError',
      'First app must be Frappe',
    ]);
    expect(groupOf(press, GROUP)?.apps).toEqual(['frappe', 'erpnext', 'hrms']);
    expect(await information(press)).toMatchObject({
      update_available: true,
      removed_apps: [{ name: 'lms', title: 'Frappe Learning' }],
    });
    expect(press.sim.estate().builds).toEqual([]);
  });

  it('offered are those of the marketplace, with the sources of its version', async () => {
    press.sim.setSource('SRC-crm-15', { enabled: false });
    const offered = (await ofGroup('all_apps')).body.message as {
      name: string;
      sources: { name: string }[];
    }[];
    expect(offered.map(({ name, sources }) => [name, sources.map((row) => row.name)])).toEqual([
      ['hrms', ['SRC-hrms-15']],
      ['crm', []],
      ['insights', ['SRC-insights-15']],
    ]);
    const policy = await press.ask('press.api.bench.get_release_group_policy_for_bench', {
      version: 'Version 15',
    });
    expect(policy).toEqual({ policies: [] });
  });

  it('of the own making are added by repository and branch', async () => {
    const add = (app: object, group = GROUP) => groupMethod(press, group, 'add_app', { app });
    expect((await add(CUSTOM)).status).toBe(200);
    expect(groupOf(press, GROUP)?.sources.acme_app).toMatch(/^SRC-acme_app-/);
    expect(messageOf((await add(CUSTOM)).body)).toBe('App acme_app can be added only once');
    expect((await add({ ...CUSTOM, name: '' })).status).toBe(200);
    expect(messageOf((await add({ ...CUSTOM, name: 'x', repository_url: 'x' })).body)).toContain(
      "doesn't look like a valid Git repository URL",
    );
    const next = await newGroup(press, 'acme-v16');
    const wrong = await add(CUSTOM, next);
    expect([wrong.status, wrong.body.exc_type]).toEqual([500, 'VersioningError']);
    expect(String(wrong.body.exception)).toContain(
      'Version 16 is not supported by branch version-15 for app acme_app',
    );
    expect(groupOf(press, next)?.apps).toEqual(['frappe']);
  });

  it('change their branch for the next deploy, within the version', async () => {
    await groupMethod(press, GROUP, 'add_app', { app: CUSTOM });
    press.sim.setBranches('acme/acme_app', {
      'version-15': ['Version 15'],
      'hotfix-15': ['Version 15'],
      main: ['Version 16'],
    });
    const to = (branch: string, app = 'acme_app') =>
      ofGroup('change_branch', { app, to_branch: branch });
    expect(messageOf((await to('version-15')).body)).toBe('App already on branch version-15!');
    expect(messageOf((await to('main')).body)).toBe(
      'acme_app:main branch is no longer compatible with bench of Version 15',
    );
    expect(messageOf((await to('version-16', 'frappe')).body)).toBe(
      "Branch version-16 is Frappe version 16, which doesn't match this bench's version Version 15.",
    );
    expect(messageOf((await to('hotfix-15', 'hrms')).body)).toContain(
      "This app isn't part of the bench group.",
    );
    expect((await to('hotfix-15')).body).toEqual({});
    const rdm = { app: 'acme_app', to_branch: 'version-15' };
    expect((await groupMethod(press, GROUP, 'change_app_branch', rdm)).status).toBe(200);
    expect(
      press.sim.effects().filter(({ effect }) => effect === 'group.change_branch'),
    ).toHaveLength(2);
  });

  it('belong to groups of the own team only', async () => {
    for (const method of ['add_app', 'remove_app', 'change_branch', 'all_apps', 'deploy']) {
      const reply = await press.call(`press.api.bench.${method}`, { name: 'bench-0001' });
      expect([method, reply.status]).toEqual([method, 403]);
    }
  });
});

describe('the look at apps before an upgrade', () => {
  const check = (name: string, version = 'Version 15') =>
    press.call('press.api.site.check_app_compatibility_for_upgrade', { name, version });

  it('names what blocks, in a 200 (C 1.3)', async () => {
    const name = await press.activeSite('acme-one', { apps: ['frappe', 'hrms'] });
    press.sim.setSource('SRC-hrms-16', { enabled: false });
    expect((await check(name)).body.message).toEqual({
      incompatible: ['Frappe HR'],
      site_custom_apps: [],
      other_custom_apps_on_rg: [],
      can_upgrade: false,
    });
    expect(messageOf((await check(name, 'Version 9')).body)).toBe(
      'Invalid Frappe version: Version 9',
    );
    expect(messageOf((await check(name, 'Version 16')).body)).toBe(
      'Next version not found for Version 16',
    );
    press.sim.setSource('SRC-hrms-15', { enabled: false });
    expect(messageOf((await check(name)).body)).toBe('Could not find a valid source for app hrms.');
  });

  it('leaves apps of the own making to the caller', async () => {
    await groupMethod(press, GROUP, 'add_app', { app: CUSTOM });
    const name = await press.activeSite('acme-one', { group: GROUP, apps: ['frappe'] });
    expect((await check(name)).body.message).toMatchObject({
      can_upgrade: true,
      site_custom_apps: [],
      other_custom_apps_on_rg: [
        { app: 'acme_app', title: 'Acme', repository_owner: 'acme', branch: 'version-15' },
      ],
    });
  });
});
