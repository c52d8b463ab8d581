import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppCommit } from '../../../simulators/press/index.js';
import { siteOf } from './support/backups.js';
import {
  deployAndUpdate,
  GROUP,
  information,
  NAME,
  SITE_OF_DEPLOY,
  withPrivateSite,
} from './support/groups.js';
import { advanceUntil, groupMethod, groupOf, rowsOf } from './support/orders.js';
import { messageOf, MINUTE, type Press, SECOND } from './support/press-client.js';
import { recorded, shapeDifferences } from './support/recordings.js';

let press: Press;
let commits: AppCommit[];

beforeEach(async () => {
  press = await withPrivateSite();
  commits = press.sim.publishReleases(GROUP, ['erpnext']);
});

afterEach(() => press.sim.close());

const NEW_BENCH = 'bench-0004-000002-f1-mumbai';
const pipelineDoc = (name: unknown) =>
  press.ask<{ status: string; steps: { stages: { label: string; status: string }[] } }>(
    'press.api.client.get',
    { doctype: 'Release Pipeline', name },
  );
const stages = async (name: unknown) =>
  (await pipelineDoc(name)).steps.stages.map(({ status }) => status);
const deploy = (apps: object[] = commits) =>
  press.call('press.api.bench.deploy', { name: GROUP, apps });
const status = (doctype: string, name: unknown) =>
  rowsOf(press, doctype, ['status'], { name: name as string }).then((rows) => rows[0]?.status);

describe('deploy', () => {
  it('takes the chosen releases and leaves the others: seq-bench-deploy-success', async () => {
    press.sim.publishReleases(GROUP, ['lms']);
    const before = await information(press);
    const theirs = recorded('seq-bench-deploy-success', 'client.get Release Group').response.body
      .message as { deploy_information: unknown };
    expect(shapeDifferences(theirs.deploy_information, before)).toEqual([]);
    expect(before.apps.map(({ update_available: available }) => available)).toEqual([
      null,
      true,
      true,
    ]);
    const { body } = await deploy();
    expect(await status('Deploy Candidate Build', body.message)).toBe('Running');
    expect(messageOf((await deploy()).body)).toBe(
      messageOf(recorded('deploy-second').response.body),
    );
    press.sim.clock.advance(20 * MINUTE);
    const after = await information(press);
    expect(after.apps.map(({ update_available: available }) => available)).toEqual([
      null,
      null,
      true,
    ]);
    expect(after.apps[1]?.current_hash).toBe(commits[0]?.hash);
    expect(siteOf(press, NAME).bench).toBe(SITE_OF_DEPLOY.bench);
    const own = { name: NAME };
    expect(await press.ask('press.api.site.check_for_updates', own)).toMatchObject({
      update_available: true,
    });
  });

  it('refuses what is not there, yanked or for another version', async () => {
    const unknown = await deploy([{ ...commits[0], release: 'nosuch' }]);
    expect(messageOf(unknown.body)).toContain("Following apps ['erpnext'] not found.");
    press.sim.yankRelease(commits[0]?.release ?? '');
    expect(messageOf((await deploy()).body)).toContain('Some app versions have been yanked');
    press.sim.setSource('SRC-erpnext-15', { versions: ['Version 16'] });
    expect(messageOf((await groupMethod(press, GROUP, 'redeploy')).body)).toBe(
      'erpnext:version-15 branch is no longer compatible with bench of Version 15',
    );
  });

  it('once more takes the same releases, of the sources the group has by then', async () => {
    press.sim.addFault({ build: { group: GROUP }, fault: { kind: 'fail' } });
    const { body } = await deploy();
    press.sim.clock.advance(5 * MINUTE);
    press.sim.publishReleases(GROUP, ['erpnext']);
    const again = { name: GROUP, dc_name: body.message };
    expect((await press.call('press.api.bench.redeploy', again)).status).toBe(200);
    press.sim.clock.advance(20 * MINUTE);
    expect((await information(press)).apps[1]?.current_hash).toBe(commits[0]?.hash);
  });
});

describe('deploy_and_update through a pipeline', () => {
  it('is over before the updates of its sites: seq-deploy-and-update-new-flow', async () => {
    const { body } = await deployAndUpdate(press, commits, [SITE_OF_DEPLOY]);
    const name = body.message;
    expect(await pipelineDoc(name)).toMatchObject({ status: 'Pending', steps: { stages: [] } });
    press.sim.clock.advance(SECOND);
    expect(await stages(name)).toEqual(['Running', 'Pending', 'Pending', 'Pending']);
    expect(await information(press)).toMatchObject({ has_running_release_pipeline: true });
    const told = () => press.ask('press.api.bench.deploy_status', { name: GROUP });
    expect(await told()).toEqual({
      is_validating: true,
      is_deploy_in_progress: false,
      candidate: null,
    });
    press.sim.clock.advance(20 * SECOND);
    expect(await stages(name)).toEqual(['Success', 'Success', 'Running', 'Pending']);
    const build = press.sim.estate().builds[0]?.name;
    expect(await told()).toMatchObject({ is_deploy_in_progress: true, candidate: build });
    const pipelineStatus = () => press.sim.estate().pipelines[0]?.status;
    advanceUntil(press, () => pipelineStatus() !== 'Running');
    expect(pipelineStatus()).toBe('Success');
    expect(await stages(name)).toEqual(['Success', 'Success', 'Success', 'Running']);
    const theirs = recorded('client-get-release-pipeline').response.body.message;
    expect(shapeDifferences(theirs, await pipelineDoc(name))).toEqual([]);
    expect(press.sim.estate().updates).toMatchObject([{ site: NAME }]);
    expect(['Pending', 'Updating']).toContain(siteOf(press, NAME).status);
    press.sim.clock.advance(15 * MINUTE);
    expect(siteOf(press, NAME)).toMatchObject({ status: 'Active', bench: NEW_BENCH });
  });

  it('accepts a second one, which fails with its reason in a notification', async () => {
    const first = await deployAndUpdate(press, commits);
    const second = await deployAndUpdate(press, commits);
    expect(second.status).toBe(200);
    press.sim.clock.advance(30 * SECOND);
    expect(await status('Release Pipeline', second.body.message)).toBe('Failure');
    expect(await stages(second.body.message)).toEqual(['Success', 'Failure', 'Skipped', 'Skipped']);
    const theirs = recorded('client-get-release-pipeline-failure').response.body.message;
    expect(shapeDifferences(theirs, await pipelineDoc(second.body.message))).toEqual([]);
    const [told] = await rowsOf(press, 'Press Notification', ['message', 'document_name'], {
      document_type: 'Release Pipeline',
    });
    expect(told).toMatchObject({ document_name: second.body.message });
    expect(String(told?.message)).toContain('A deploy for this bench is already in progress');
    expect(await status('Release Pipeline', first.body.message)).toBe('Running');
  });

  it('checks nothing before: what is wrong is told by the pipeline', async () => {
    press.sim.addFault({
      pipeline: { group: GROUP },
      fault: { kind: 'fail_checks', message: 'Source host cannot be reached' },
    });
    for (const apps of [commits, [{ ...commits[0], release: '' } as AppCommit]]) {
      const { body } = await deployAndUpdate(press, apps);
      press.sim.clock.advance(MINUTE);
      expect(await status('Release Pipeline', body.message)).toBe('Failure');
    }
    expect(press.sim.estate().builds).toEqual([]);
  });

  it('may start only when its workflow is tried again', async () => {
    press.sim.addFault({ pipeline: { group: GROUP }, fault: { kind: 'late' } });
    const { body } = await deployAndUpdate(press, commits);
    press.sim.clock.advance(9 * MINUTE);
    expect(await status('Release Pipeline', body.message)).toBe('Pending');
    press.sim.clock.advance(2 * MINUTE);
    expect(await status('Release Pipeline', body.message)).toBe('Running');
  });

  it.each([
    ['a build', { build: { group: GROUP }, fault: { kind: 'fail' } }],
    ['the queue', { queue: { group: GROUP }, fault: { kind: 'fail' } }],
    [
      'a bench',
      { job: { jobType: 'New Bench' }, fault: { kind: 'fail_step', step: 'Deploy Bench' } },
    ],
    [
      'a bench that never hears of it',
      { job: { jobType: 'New Bench' }, fault: { kind: 'delivery_failure' } },
    ],
  ] as const)('fails with %s, and no site is touched', async (_what, fault) => {
    press.sim.addFault(fault);
    const { body } = await deployAndUpdate(press, commits, [SITE_OF_DEPLOY]);
    press.sim.clock.advance(30 * MINUTE);
    expect(await status('Release Pipeline', body.message)).toBe('Failure');
    expect(siteOf(press, NAME)).toMatchObject({ status: 'Active', bench: SITE_OF_DEPLOY.bench });
    expect(press.sim.estate().updates).toEqual([]);
  });

  it('is stopped by force_fail, with its build', async () => {
    const { body } = await deployAndUpdate(press, commits);
    press.sim.clock.advance(30 * SECOND);
    const stop = { dt: 'Release Pipeline', dn: body.message, method: 'force_fail' };
    for (const reply of [
      await press.call('press.api.client.run_doc_method', stop),
      await press.call('press.api.client.run_doc_method', stop),
    ]) {
      expect(reply.status).toBe(200);
    }
    expect(await status('Release Pipeline', body.message)).toBe('Failure');
    expect(press.sim.estate().builds.map((row) => row.status)).toEqual(['Failure']);
    expect(groupOf(press, GROUP)?.status).toBe('Active');
  });
});

describe('the updates that follow a deploy', () => {
  it('are one per site: one may be refused, one may fail, the others go on', async () => {
    const names = [NAME];
    for (const name of ['acme-two', 'acme-three']) {
      names.push(await press.activeSite(name, { group: GROUP, apps: ['frappe'] }));
    }
    press.sim.addFault({
      job: { jobType: 'Update Site Migrate', site: names[1] ?? '' },
      fault: { kind: 'fail_step', step: 'Migrate Site' },
    });
    press.sim.addFault({
      job: { jobType: 'Migrate Site', site: names[2] ?? '' },
      fault: { kind: 'slow', factor: 100 },
    });
    const sites = names.map((name) => ({ ...SITE_OF_DEPLOY, name }));
    await deployAndUpdate(press, commits, sites);
    await press.rdm(names[2] ?? '', 'migrate');
    press.sim.clock.advance(40 * MINUTE);
    expect(names.slice(0, 2).map((name) => siteOf(press, name).bench)).toEqual([
      NEW_BENCH,
      SITE_OF_DEPLOY.bench,
    ]);
    expect(press.sim.estate().updates.map((row) => [row.site, row.status])).toEqual([
      [names[0], 'Success'],
      [names[1], 'Recovered'],
    ]);
  });
});

describe('deploy_and_update without pipelines', () => {
  it('answers a build, and refuses at once', async () => {
    press.sim.setPipelines(false);
    const bare = await deployAndUpdate(press, [{ app: 'erpnext' } as AppCommit]);
    expect(messageOf(bare.body)).toBe(
      messageOf(recorded('deploy-and-update-err-no-release').response.body),
    );
    const { body } = await deployAndUpdate(press, commits, [SITE_OF_DEPLOY]);
    expect(await status('Deploy Candidate Build', body.message)).toBe('Running');
    expect(messageOf((await deployAndUpdate(press, commits)).body)).toBe(
      'A deploy for this bench is already in progress',
    );
    press.sim.clock.advance(30 * MINUTE);
    expect(siteOf(press, NAME).bench).toBe(NEW_BENCH);
  });
});
