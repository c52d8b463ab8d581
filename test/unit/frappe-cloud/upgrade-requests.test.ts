import { describe, expect, it } from 'vitest';
import type { Transport } from '../../../src/frappe-cloud/transport.js';
import {
  addApps,
  addCustomApp,
  addServerToGroup,
  cancelScheduledUpdate,
  changeBranch,
  createPrivateBenchForUpgrade,
  deploy,
  deployAndUpdate,
  deployFailureReason,
  deployTracker,
  editScheduledUpdate,
  failAndRedeploy,
  getSiteUpdate,
  groupDependencies,
  initialDeploy,
  isOnServer,
  listSiteActions,
  listSiteUpdates,
  newGroup,
  PressError,
  redeployBuild,
  removeApp,
  scheduleUpdate,
  stopReleasePipeline,
  toNaive,
  updateRefusal,
  versionUpgrade,
} from '../../../src/frappe-cloud/index.js';
import { pressErrorOf } from './support/failing.js';
import { pressThat, recordedBody, says } from './support/press-that.js';
import { RECORDED } from './support/recordings.js';
import { NOW } from './support/upgrade-calls.js';

/** The parameters of the first recorded request of a file that went well, by a part of its name. */
function recordedParams(file: string, part = '') {
  return RECORDED.find(
    (each) => each.file === file && each.status === 200 && each.name.includes(part),
  )?.params as { apps: []; sites: [] } | undefined;
}

/** What a call sends when Press answers with a name, or nothing. */
async function sentBy(call: (press: Transport) => Promise<unknown>, message?: string) {
  const { press, sent } = await pressThat(() => ({ body: { message } }));
  await call(press);
  return sent[0];
}

const BY_HAND = 'r2-seq-upgrade-private-bench-by-hand-shared-server';
const TWO_STEP = 'r2-seq-upgrade-private-bench-two-step-add-server';
const SCHEDULED = 'r2-seq-upgrade-create-private-bench-scheduled';

describe('the recorded requests are sent for', () => {
  it('the upgrade into a group made by hand, step by step', async () => {
    const frappe = { app: 'frappe', source: 'SRC-frappe-003' };
    const title = 'acme-v16-a';
    const of = { title, version: 'Version 16', cluster: 'Default', server: null };
    expect(
      await sentBy((press) => newGroup(press, { ...of, apps: [frappe] }), 'bench-0016'),
    ).toEqual(recordedParams(BY_HAND, 'bench.new'));

    const apps = [{ source: 'SRC-erpnext-003', app: 'erpnext' }];
    const added = await sentBy((press) => addApps(press, { group: 'bench-0016', apps }));
    expect(JSON.stringify(added)).toBe(JSON.stringify(recordedParams(BY_HAND, 'add_apps')));

    expect(
      await sentBy((press) => initialDeploy(press, { group: 'bench-0016' }), 'ujmtgshep6'),
    ).toEqual(recordedParams(BY_HAND, 'RDM initial_deploy'));

    const add = { site: 'fm-two.fc.dev', group: 'bench-0039' };
    expect(await sentBy((press) => addServerToGroup(press, add))).toEqual(
      recordedParams(TWO_STEP, 'add_server_to_release_group'),
    );

    const upgrade = { destination_group: 'bench-0016', scheduled_datetime: null, ...NOW };
    expect(
      await sentBy((press) => versionUpgrade(press, { site: 'upg-a.fc.dev', ...upgrade })),
    ).toEqual(recordedParams(BY_HAND, 'version_upgrade'));
  });

  it('the upgrade with a bench that Press makes', async () => {
    const order = {
      site: 'upg-bs.fc.dev',
      version: 'Version 15',
      release_group_title: 'acme-auto16-b',
      custom_app_sources: [],
      scheduled_time: '2026-11-21 04:18:17',
      ...NOW,
    };
    expect(
      await sentBy((press) => createPrivateBenchForUpgrade(press, order), 'bench-0017'),
    ).toEqual(recordedParams(SCHEDULED, 'create_private_bench'));
  });

  it('scheduled updates', async () => {
    const site = 'opsm-upd.fc.dev';
    const later = { site, ...NOW, scheduled_time: '2026-12-31 10:00:00' };
    expect(await sentBy((press) => scheduleUpdate(press, later), 'd57n34dp08')).toMatchObject(
      recordedParams('schedule-update-later') ?? {},
    );
    const edited = { ...later, site_update: 'd57n34dp08', scheduled_time: '2026-12-31 11:00:00' };
    expect(await sentBy((press) => editScheduledUpdate(press, edited))).toMatchObject(
      recordedParams('edit-scheduled-update') ?? {},
    );
    const update = { site, site_update: 'd57n34dp08' };
    expect(await sentBy((press) => cancelScheduledUpdate(press, update))).toEqual(
      recordedParams('cancel-scheduled-update'),
    );
    expect(await sentBy((press) => scheduleUpdate(press, { site, ...NOW }), 'u')).toMatchObject({
      args: NOW,
    });
  });

  it('deploys', async () => {
    const group = 'bench-0003';
    const plain = recordedParams('deploy');
    expect(await sentBy((press) => deploy(press, { group, apps: plain?.apps ?? [] }), 'b')).toEqual(
      plain,
    );
    const updating = recordedParams('deploy-and-update-new-flow');
    const { apps = [], sites = [] } = updating ?? {};
    const args = { group, apps, sites, run_will_fail_check: false };
    expect(await sentBy((press) => deployAndUpdate(press, args), 'p')).toEqual(updating);
  });
});

describe('calls that nobody recorded send what the source asks for', () => {
  const group = 'bench-0003';
  const dc_name = 'b1';

  it.each([
    [(press: Transport) => removeApp(press, { group, app: 'hrms' }), { name: group, app: 'hrms' }],
    [
      (press: Transport) => changeBranch(press, { group, app: 'hrms', to_branch: 'develop' }),
      { name: group, app: 'hrms', to_branch: 'develop' },
    ],
    [
      (press: Transport) => stopReleasePipeline(press, { pipeline: 'p1' }),
      { dt: 'Release Pipeline', dn: 'p1', method: 'force_fail', args: {} },
    ],
    [(press: Transport) => redeployBuild(press, { group, build: 'b1' }), { name: group, dc_name }],
    [
      (press: Transport) => failAndRedeploy(press, { group, build: 'b1' }),
      { name: group, dc_name },
    ],
  ])('%#', async (call, expected) => {
    expect(await sentBy(call, 'answer')).toEqual(expected);
  });

  it('a custom app', async () => {
    const app = {
      name: 'acme_app',
      title: 'Acme',
      repository_url: 'https://github.com/acme/acme_app',
      branch: 'version-16',
    };
    expect(await sentBy((press) => addCustomApp(press, { group, app }))).toEqual({
      dt: 'Release Group',
      dn: group,
      method: 'add_app',
      args: { app, is_update: false },
    });
  });

  it('a build that was over is not replaced', async () => {
    const { press } = await pressThat(() => ({ body: {} }));
    expect(await failAndRedeploy(press, { group, build: 'b1' })).toBeNull();
  });

  it('dependencies', async () => {
    const active_dependencies = [{ key: 'PYTHON_VERSION', value: '3.14' }];
    const message = { active_dependencies, supported_dependencies: [], update_available: false };
    const { press } = await pressThat(() => ({ body: { message } }));
    expect(await groupDependencies(press, { group })).toEqual({
      active_dependencies,
      update_available: false,
    });
  });
});

describe('lists', () => {
  it('of updates take a time and statuses', async () => {
    const { press, sent } = await pressThat(() => ({ body: { message: [] } }));
    const since = '2026-11-21 03:44:08.961111';
    await listSiteUpdates(press, { site: 's', since, statuses: ['Fatal'], limit: 5 });
    expect(sent[0]).toMatchObject({
      doctype: 'Site Update',
      filters: { site: 's', creation: ['>=', since], status: ['in', ['Fatal']] },
      order_by: 'creation desc',
      limit: 5,
    });
    expect(sent[0]?.fields).not.toContain('destination_group');
    expect(await getSiteUpdate(press, { site_update: 'u' })).toBeNull();
  });

  it('of actions take statuses', async () => {
    const action = {
      name: 'a1',
      action_type: 'Move Site To Different Server / Bench',
      status: 'Scheduled',
      scheduled_time: null,
      owner: 'ops@lab.example',
      creation: '2026-11-21 03:44:08.961111',
    };
    const { press, sent } = await pressThat(() => ({ body: { message: [action] } }));
    const waiting = ['Scheduled', 'Running'] as const;
    expect(await listSiteActions(press, { site: 's', statuses: waiting })).toEqual([action]);
    expect(sent[0]?.filters).toEqual({ site: 's', status: ['in', waiting] });
  });
});

describe('what a deploy answered', () => {
  const pipeline = {
    name: 'p1',
    status: 'Running',
    release_group: 'bench-0003',
    owner: 'ops@lab.example',
    creation: '2026-11-21 03:44:08.961111',
  };

  it.each([
    ['p1', 'pipeline'],
    ['b1', 'build'],
    ['x', null],
  ])('%s: %s', async (name, expected) => {
    const { press } = await pressThat((method, params) => {
      if (method.endsWith('get_list')) {
        const { name: wanted } = params.filters as { name: string };
        return { body: { message: wanted === 'p1' ? [pipeline] : [] } };
      }
      return params.name === 'b1'
        ? { body: recordedBody('client-get-deploy-candidate-build') }
        : { status: 404, body: says('DoesNotExistError', 'not found') };
    });
    expect(await deployTracker(press, { name })).toBe(expected);
  });

  it.each([
    [{ pipeline: 'p1' }, { document_type: 'Release Pipeline', document_name: 'p1' }],
    [{ build: 'b1' }, { document_type: 'Deploy Candidate Build', document_name: 'b1' }],
  ])('failed for a reason: %j', async (failed, filters) => {
    const rows = [{ title: 'Build Failed', message: '<p>pip: <b>no</b></p>' }];
    const { press, sent } = await pressThat(() => ({ body: { message: rows.splice(0) } }));
    expect(await deployFailureReason(press, failed)).toMatch(/^Build Failed\n+pip: no$/);
    expect(sent[0]).toMatchObject({ doctype: 'Press Notification', filters });
    expect(await deployFailureReason(press, failed)).toBeNull();
  });
});

it.each([
  ['bench-0016-000001-f-0001', 'f-0001.fc.dev', true],
  ['bench-0042-000003-f12', 'f12.frappe.cloud', true],
  ['bench-0042-000003-f12', 'f2.frappe.cloud', false],
])('the bench %s is on %s: %s', (name, server, expected) => {
  expect(isOnServer({ name }, server)).toBe(expected);
});

it('times are told in the zone of the server', () => {
  const at = Date.parse('2026-11-20T22:14:08.961Z');
  expect(toNaive(at, { offsetMinutes: 330 })).toBe('2026-11-21 03:44:08.961000');
});

it.each([
  ['Site is under maintenance. Cannot Update', 'site_busy'],
  ['Ongoing/Scheduled Site Migration for the site <b>s</b> exists.', 'move_open'],
  ['Site Migration is scheduled for s at 2026-11-21 03:44:08', 'move_open'],
  ['An update is already pending for this site', 'update_open'],
  ['Downgrading from Nightly to Version 15 is not allowed', 'version_step'],
  ['Upgrading Sites by skipping a major version is unsupported. ...', 'version_step'],
  ["Destination Group g doesn't have some of the apps installed on s: hrms", 'apps_missing'],
  ['Database of site s is too large to update without a physical backup. ...', 'too_large'],
  ['Invalid Frappe version: 15', null],
])('%s: %s', async (text, expected) => {
  const { press } = await pressThat(() => ({ status: 417, body: says('ValidationError', text) }));
  const error = await pressErrorOf(scheduleUpdate(press, { site: 's', ...NOW }));
  expect(error).toBeInstanceOf(PressError);
  expect(updateRefusal(error)).toBe(expected);
  expect(updateRefusal(new Error(text))).toBeNull();
});
