import { beforeEach, describe, expect, it } from 'vitest';
import type { PressSimulator } from '../../../simulators/press/index.js';
import {
  type Account,
  addableApps,
  addApps,
  addCustomApp,
  type AppRelease,
  changeBranch,
  deploy,
  deployAndUpdate,
  deployFailureReason,
  deployInformation,
  deployStatus,
  deployTracker,
  failAndRedeploy,
  getBuild,
  getReleasePipeline,
  groupApps,
  groupPolicy,
  isAddedAlready,
  isDeployInProgress,
  listBenches,
  listBuilds,
  listReleasePipelines,
  redeployBuild,
  removeApp,
  stopReleasePipeline,
} from '../../../src/frappe-cloud/index.js';
import { pressErrorOf } from './support/failing.js';
import { simulatedPress } from './support/simulated-press.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;
const GROUP = { group: 'bench-0004' };

let sim: PressSimulator;
let account: Account;

beforeEach(async () => {
  ({ sim, account } = await simulatedPress());
});

/** Every app of the group as it is deployed. */
async function releases(): Promise<AppRelease[]> {
  const { apps } = await deployInformation(account.press, GROUP);
  return apps.map(({ app, source, next_release, current_hash }) => ({
    app,
    source,
    release: next_release ?? '',
    hash: current_hash ?? '',
  }));
}

describe('the apps of a group, against the simulator', () => {
  it('are added, removed, and taken from other branches', async () => {
    const { press } = account;
    expect(await groupPolicy(press, { version: 'Version 15' })).toEqual([]);
    const addable = await addableApps(press, GROUP);
    const source = addable.find(({ app }) => app === 'crm')?.sources[0]?.name ?? '';
    await addApps(press, { ...GROUP, apps: [{ app: 'crm', source }] });
    await removeApp(press, { ...GROUP, app: 'lms' });
    await removeApp(press, { ...GROUP, app: 'lms' });
    const custom = {
      name: 'acme_app',
      title: 'Acme',
      repository_url: 'https://github.com/acme/acme_app',
      branch: 'version-15',
    };
    await addCustomApp(press, { ...GROUP, app: custom });
    const again = addCustomApp(press, { ...GROUP, app: custom });
    expect(isAddedAlready(await pressErrorOf(again))).toBe(true);
    const branch = { ...GROUP, app: 'erpnext', to_branch: 'version-15' };
    const { message } = await pressErrorOf(changeBranch(press, branch));
    expect(message).toBe('App already on branch version-15!');
    const apps = await groupApps(press, GROUP);
    expect(apps.map(({ name }) => name)).toEqual(['frappe', 'erpnext', 'crm', 'acme_app']);
    expect(apps.at(-1)).toMatchObject({ repository_owner: 'acme', deployed: false });
  });
});

describe('a deploy against the simulator', () => {
  it('builds and puts up a bench; a second one must wait', async () => {
    const { press } = account;
    const args = { ...GROUP, apps: await releases() };
    const build = await deploy(press, args);
    expect(await deployTracker(press, { name: build })).toBe('build');
    expect(isDeployInProgress(await pressErrorOf(deploy(press, args)))).toBe(true);
    sim.clock.advance(HOUR_MS);
    expect(await getBuild(press, { build })).toMatchObject({ build: { status: 'Success' } });
    const [bench] = await listBenches(press, GROUP);
    expect(bench).toMatchObject({ status: 'Active' });

    const next = await redeployBuild(press, { ...GROUP, build });
    expect(isDeployInProgress(await pressErrorOf(deploy(press, args)))).toBe(true);
    const other = await failAndRedeploy(press, { ...GROUP, build: next });
    expect((await listBuilds(press, GROUP)).map(({ name, status }) => [name, status])).toEqual([
      [other, expect.any(String)],
      [next, 'Failure'],
      [build, 'Success'],
    ]);
  });

  it('goes by a pipeline when it updates sites; a second pipeline fails', async () => {
    const { press } = account;
    const args = { ...GROUP, apps: await releases(), sites: [], run_will_fail_check: true };
    const pipeline = await deployAndUpdate(press, args);
    expect(await deployTracker(press, { name: pipeline })).toBe('pipeline');
    const statusNow = () => deployStatus(press, GROUP);
    while ((await statusNow()).candidate === null) sim.clock.advance(SECOND_MS);
    expect(await statusNow()).toMatchObject({ is_deploy_in_progress: true });
    const second = await deployAndUpdate(press, args);
    sim.clock.advance(HOUR_MS);
    expect(await listReleasePipelines(press, GROUP)).toMatchObject([
      { name: second, status: 'Failure' },
      { name: pipeline, status: 'Success', release_group: 'bench-0004' },
    ]);
    expect(await getReleasePipeline(press, { pipeline })).toMatchObject({
      pipeline: { status: 'Success', steps: { stages: [{}, {}, { builds: [{}] }, {}] } },
    });
    expect(await deployFailureReason(press, { pipeline: second })).toMatch(/already in progress/);
  });

  it('by a pipeline can be stopped', async () => {
    const { press } = account;
    const args = { ...GROUP, apps: await releases(), sites: [], run_will_fail_check: true };
    const pipeline = await deployAndUpdate(press, args);
    sim.clock.advance(MINUTE_MS);
    await stopReleasePipeline(press, { pipeline });
    await stopReleasePipeline(press, { pipeline });
    expect(await listReleasePipelines(press, GROUP)).toMatchObject([{ status: 'Failure' }]);
  });
});
