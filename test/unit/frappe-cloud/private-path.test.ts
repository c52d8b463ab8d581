import { describe, expect, it } from 'vitest';
import { archiveBench, listBenches } from '../../../src/frappe-cloud/endpoints/benches.js';
import { listBuilds } from '../../../src/frappe-cloud/endpoints/builds.js';
import { optionsForNew } from '../../../src/frappe-cloud/endpoints/catalogue.js';
import {
  getGroupDeploy,
  isTitleTaken,
  listGroupDeploys,
} from '../../../src/frappe-cloud/endpoints/group-deploys.js';
import {
  benchTitleExists,
  deleteGroup,
  listGroupsByTitle,
  redeployGroup,
} from '../../../src/frappe-cloud/endpoints/groups.js';
import { failureReason, listGroupJobs } from '../../../src/frappe-cloud/endpoints/jobs.js';
import { newSite } from '../../../src/frappe-cloud/endpoints/sites.js';
import { pressErrorOf } from './support/failing.js';
import { nameOfOurCall, ourCall } from './support/our-calls.js';
import { player } from './support/player.js';
import { pressThat, recordedBody, says } from './support/press-that.js';
import { RECORDED } from './support/recordings.js';

const GROUP = { group: 'bench-0006' };
const STAMP = '2026-11-21 03:44:08.961111';

/** The parameters of a recorded request. */
function recordedParams(file: string) {
  return RECORDED.find((recorded) => recorded.file === file)?.params;
}

/** The statuses that one of our calls reads through a recorded sequence, the newest row's. */
async function statusesIn(file: string, call: string): Promise<string[]> {
  const { press, play } = await player();
  const statuses: string[] = [];
  for (const recorded of RECORDED) {
    if (recorded.file !== file || nameOfOurCall(recorded) !== call) continue;
    play(recorded);
    const [row] = (await ourCall(call)(press)) as { status: string }[];
    if (row) statuses.push(row.status);
  }
  return statuses;
}

describe('an order of a site with a bench of its own', () => {
  const order = {
    name: 'sgdc-bfail',
    apps: ['frappe', 'erpnext'],
    plan: 'USD 50 Private',
    cluster: 'Default',
    version: 'Version 15',
    provider: 'Generic',
  };

  it('is sent with its provider and answers the name of the order', async () => {
    const file = 'sgd-build-failure-start';
    const { press, sent } = await pressThat(() => ({ body: recordedBody(file) }));
    expect(await newSite(press, order)).toEqual({ site_group_deploy: 'sr06qdha5f' });
    expect(sent).toEqual([recordedParams(file)]);
  });

  it.each([
    ['seq-sgd-success', ['Deploying Bench', 'Creating Site', 'Site Created']],
    ['seq-sgd-build-failure', ['Deploying Bench', 'Bench Deploy Failed']],
    ['seq-sgd-new-bench-failure', ['Deploying Bench', 'Bench Deploy Failed']],
    ['seq-sgd-resume', ['Bench Deploy Failed', 'Creating Site', 'Site Created']],
    ['seq-sgd-site-failure', ['Deploying Bench', 'Creating Site', 'Site Creation Failed']],
    ['seq-sgd-bad-subdomain', ['Deploying Bench', 'Site Creation Failed']],
    ['seq-sgd-new-bench-delivery-failure', ['Deploying Bench']],
  ])('%s goes %j', async (file, expected) => {
    expect(await statusesIn(file, 'get_list Site Group Deploy')).toEqual(expected);
  });

  it.each([
    ['get_list Deploy Candidate Build', ['Running', 'Success']],
    ['get_list New Bench Queue', ['Queued', 'Started']],
    // Pending again: being archived.
    ['get_list Bench', ['Pending', 'Installing', 'Active', 'Pending']],
  ])('goes on although its group was deleted, as %s shows', async (call, expected) => {
    expect(await statusesIn('r2-seq-sgd-group-deleted-mid-build', call)).toEqual(expected);
  });

  it('is found by subdomain, all of them, or by name', async () => {
    const rows = [
      { name: 'b', status: 'Deploying Bench', site: null, release_group: 'bench-0014' },
      { name: 'a', status: 'Site Created', site: 'acme.fc.dev', release_group: 'bench-0013' },
    ].map((row) => ({ ...row, owner: 'x@lab.example', creation: STAMP }));
    const { press, sent } = await pressThat(() => ({ body: { message: rows } }));
    expect(await listGroupDeploys(press, { subdomain: 'acme' })).toEqual(rows);
    expect(await listGroupDeploys(press, { names: ['a', 'b'] })).toHaveLength(2);
    expect(sent).toMatchObject([
      { doctype: 'Site Group Deploy', filters: { 'release_group.title': 'acme' } },
      { doctype: 'Site Group Deploy', filters: { name: ['in', ['a', 'b']] } },
    ]);
    expect(sent[0]?.fields).toContain('release_group.title as title');
  });

  it('is own, of another team, or unknown', async () => {
    const { press } = await pressThat((_method, { name }) => {
      if (name === 'own') return { body: recordedBody('sgd-client-get') };
      return name === 'foreign'
        ? { status: 403, body: says('PermissionError', 'Not permitted') }
        : { status: 404, body: says('DoesNotExistError', 'Site Group Deploy x not found') };
    });
    expect(await getGroupDeploy(press, { name: 'own' })).toEqual({
      found: 'own',
      deploy: {
        name: 'oblaavofmt',
        status: 'Site Created',
        site: 'sgdc-okay.fc.dev',
        release_group: 'bench-0006',
        owner: 'ops@lab.example',
        creation: STAMP,
      },
    });
    expect(await getGroupDeploy(press, { name: 'foreign' })).toEqual({ found: 'foreign' });
    expect(await getGroupDeploy(press, { name: 'x' })).toMatchObject({ found: 'none' });
  });
});

describe('a name that is in use', () => {
  /** What one recorded refusal means. */
  async function refusal(file: string) {
    const recorded = RECORDED.find((each) => each.file === file && each.status >= 400);
    if (!recorded) throw new Error(`${file} has no refusal`);
    const { press, play } = await player();
    play(recorded);
    return pressErrorOf(newSite(press, { name: 's', apps: [], plan: 'p', cluster: 'c' }));
  }

  it.each(['sgd-duplicate', 'sgd-duplicate-foreign', 'r2-lost-site-new-private-slow'])(
    'is told from other refusals: %s',
    async (file) => {
      const error = await refusal(file);
      expect(error).toMatchObject({ code: 'REFUSED', sent: 'yes', ended: true });
      expect(isTitleTaken(error)).toBe(true);
    },
  );

  it.each(['sgd-err-app-unknown', 'sgd-err-subdomain-not-checked', 'site-new-duplicate-foreign'])(
    'is not what %s says',
    async (file) => {
      expect(isTitleTaken(await refusal(file))).toBe(false);
    },
  );

  it.each([
    ['Site with subdomain acme already exists', true],
    ['Bench of name acme already exists. Please try another name.', true],
    ['An update is already pending for this site', false],
  ])('%s', async (text, expected) => {
    const { press } = await pressThat(() => ({ status: 417, body: says('ValidationError', text) }));
    expect(isTitleTaken(await pressErrorOf(deleteGroup(press, GROUP)))).toBe(expected);
    expect(isTitleTaken(new Error(text))).toBe(false);
  });

  it('shows as groups of that title, of which there can be two', async () => {
    const { press, play } = await player();
    const recorded = RECORDED.find(({ file }) => file === 'rg-list-by-title');
    if (recorded) play(recorded);
    const groups = await listGroupsByTitle(press, { title: 'opsr-srace' });
    expect(groups.map(({ name }) => name)).toEqual(['bench-0013', 'bench-0014']);
  });

  it.each([
    ['bench-exists', 'ops-private', true],
    ['bench-exists-free', 'nothing here', false],
  ])('%s', async (file, title, expected) => {
    const { press, sent } = await pressThat(() => ({ body: recordedBody(file) }));
    expect(await benchTitleExists(press, { title })).toBe(expected);
    expect(sent).toEqual([recordedParams(file)]);
  });
});

describe('the group of an order', () => {
  it('is deleted and redeployed by the recorded requests', async () => {
    const { press, sent } = await pressThat(() => ({ body: { docs: [{}] } }));
    await deleteGroup(press, { group: 'bench-0012' });
    await redeployGroup(press, { group: 'bench-0008' });
    expect(sent).toEqual([
      recordedParams('rg-delete'),
      recordedParams('sgd-redeploy-after-build-failure'),
    ]);
  });

  it('cannot be deleted while a site stands on it, nor just after', async () => {
    const deletions = RECORDED.filter(
      (recorded) =>
        recorded.file === 'r2-seq-sgd-group-deleted-mid-build' &&
        nameOfOurCall(recorded) === 'delete Release Group',
    );
    const { press, play } = await player();
    const outcomes: string[] = [];
    for (const recorded of deletions) {
      play(recorded);
      if (recorded.status === 200) {
        await deleteGroup(press, GROUP);
        outcomes.push('deleted');
      } else outcomes.push((await pressErrorOf(deleteGroup(press, GROUP))).code);
    }
    expect(outcomes).toEqual(['deleted', 'REFUSED', 'BUSY', 'deleted']);
  });

  it('has benches that are archived one by one', async () => {
    const { press, sent } = await pressThat(() => ({ body: { docs: [] } }));
    await archiveBench(press, { bench: 'bench-0009-000001-f-0001' });
    const call = { dt: 'Bench', dn: 'bench-0009-000001-f-0001', method: 'archive', args: {} };
    expect(sent).toEqual([call]);
  });

  it('is the only filter of its benches, so that those of a deleted group show', async () => {
    const { press, sent } = await pressThat(() => ({ body: { message: [] } }));
    await listBenches(press, GROUP);
    expect(sent[0]).toMatchObject({ doctype: 'Bench' });
    expect(sent[0]?.filters).toEqual({ group: 'bench-0006' });
  });

  it('has jobs, by type; those of another team are refused', async () => {
    const { press, sent } = await pressThat((_method, { filters }) =>
      (filters as { group: string }).group === 'bench-0006'
        ? { body: { message: [] } }
        : { status: 403, body: says('PermissionError', 'Not permitted') },
    );
    const args = { ...GROUP, job_types: ['New Bench'] };
    expect(await listGroupJobs(press, args)).toEqual([]);
    expect(await pressErrorOf(listGroupJobs(press, { group: 'bench-0001' }))).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(sent.map(({ filters }) => filters)).toEqual([
      { group: 'bench-0006', job_type: ['in', ['New Bench']] },
      { group: 'bench-0001' },
    ]);
  });

  it('has jobs that tell why they failed', async () => {
    const job = {
      name: 'j1',
      job_type: 'New Bench',
      status: 'Failure',
      creation: STAMP,
      start: null,
      end: null,
      steps: [],
    };
    const { press, sent } = await pressThat((method, { doctype }) => {
      if (method.endsWith('site.job')) return { body: { message: job } };
      return { body: { message: doctype === 'Agent Job' ? [{ output: 'docker: no' }] : [] } };
    });
    expect(await failureReason(press, { job: 'j1', ...GROUP })).toEqual({
      text: 'docker: no',
      step: null,
    });
    expect(sent.at(-1)?.filters).toEqual({ group: 'bench-0006', name: 'j1' });
  });

  it('has builds that tell why they failed, in a few words', async () => {
    const build = {
      name: 'b1',
      owner: 'ops@example.com',
      status: 'Failure',
      retry_count: 0,
      creation: STAMP,
      deploy_candidate: 'deploy-0006-000001',
    };
    const rows = [`<b>${'x'.repeat(5000)}</b>\npip: no`, '', null].map((build_error) => ({
      ...build,
      build_error,
    }));
    const { press } = await pressThat(() => ({ body: { message: rows } }));
    const [long, empty, none] = await listBuilds(press, GROUP);
    expect(long?.build_error).toMatch(/\npip: no$/);
    expect(long?.build_error).toHaveLength(2048);
    expect(empty?.build_error).toBeNull();
    expect(none?.build_error).toBeNull();
  });
});

describe('what a private order may choose from', () => {
  it.each(['options-for-new', 'options-for-new-bench'])('%s', async (file) => {
    const { press } = await pressThat(() => ({ body: recordedBody(file) }));
    const options = await optionsForNew(press);
    expect(options.providers).toEqual([{ name: 'Generic', title: 'Generic' }]);
    expect(options.versions[0]?.group.clusters).toEqual([
      { name: 'Default', title: 'Default', cloud_provider: 'Generic' },
    ]);
    expect(options.additional_clusters).toEqual([]);
  });

  it('is not spoilt by clusters of a shape that nobody has seen', async () => {
    const additional_clusters = [{ name: 'Zurich', title: 'Zürich' }, 'Oslo', { cluster: 'Rome' }];
    const { message } = recordedBody('options-for-new') as { message: object };
    const { press } = await pressThat(() => ({
      body: { message: { ...message, additional_clusters } },
    }));
    const options = await optionsForNew(press);
    expect(options.additional_clusters).toEqual([{ name: 'Zurich', title: 'Zürich' }]);
  });
});
