import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationStatus } from '../../../src/client.js';
import { costOf } from '../../../src/temporal/history-cost.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf, eventually, siteIn } from '../provision/support.js';
import { approvedDeploy, asks, groupToDeploy, makeGroup } from './support.js';

const somebody = {
  name: 'all',
  when: {},
  approval: { quorum: { operator: 1 }, expiresAfterMs: 60_000, escalateAfterMs: 60_000 },
} as const;

/** What a deploy without trouble may cost, whatever the number of its sites up to a batch. */
const DEPLOY = { events: 250, actions: 50 };
/** What each site adds to the history of its batch. */
const SITE_EVENTS = 10;
/** Into how many tasks Temporal cuts a history is chance: a busy machine makes more of them. */
const isOfTask = (event: object): boolean =>
  Object.entries(event).some(([key, value]) => /^workflowTask/.test(key) && value);

describe('the sites of a bench deploy', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ speed: 400, policy: { update: [somebody] } });
  });
  afterAll(() => harness.close());

  const historyOf = async (workflowId: string) => {
    const handle = harness.client.temporal.workflow.getHandle(workflowId);
    return (await handle.fetchHistory()).events ?? [];
  };

  it.concurrent('cost little in the history of the deploy', async () => {
    const { group } = await groupToDeploy(harness, { sites: 8 });
    const { workflowId } = await approvedDeploy(harness, group, { sites: 'all' });
    const { details } = await endOf(harness, workflowId, 'succeeded');
    expect(details['updated']).toBe('8');
    const events = await historyOf(workflowId);
    const cost = costOf(events);
    expect(cost.events).toBeLessThanOrEqual(DEPLOY.events);
    expect(cost.actions).toBeLessThanOrEqual(DEPLOY.actions);
    const batches = events.flatMap(
      (event) =>
        event.childWorkflowExecutionStartedEventAttributes?.workflowExecution?.workflowId ?? [],
    );
    expect(batches).toHaveLength(1);
    const inBatch = await historyOf(batches[0] ?? '');
    const caused = inBatch.filter((event) => !isOfTask(event));
    expect(caused.length).toBeGreaterThan(8 * 3);
    expect(caused.length).toBeLessThanOrEqual(40 + 8 * SITE_EVENTS);
  });

  it.concurrent('that wait are left out when somebody gives them up', async () => {
    const { group, sites } = await groupToDeploy(harness, { sites: 7 });
    sites.forEach((site) =>
      harness.simulator.addFault({
        job: { site, jobType: 'Backup Site' },
        fault: { kind: 'slow', factor: 20 },
      }),
    );
    const { workflowId } = await approvedDeploy(harness, group, { sites });
    const begins = ({
      jobType,
      site,
    }: {
      readonly jobType: string;
      readonly site: string | null;
    }) => jobType === 'Backup Site' && sites.includes(site ?? '');
    await eventually(() => harness.simulator.estate().jobs.filter(begins).length >= 5);
    const said = await harness.client.resolve(workflowId, 'give_up', { by: 'kim' });
    expect(said).toMatchObject({ accepted: true });
    const { details, exceptions } = await endOf(harness, workflowId, 'succeeded_with_exceptions');
    expect(details).toMatchObject({ updated: '5', failed: '0' });
    expect(details['not_begun']).toBe(sites.slice(5).join(', '));
    expect(exceptions).toEqual([expect.stringContaining('update sites: not begun')]);
  });

  it.concurrent('are brought along by another try when a batch has failed', async () => {
    const { group, sites } = await groupToDeploy(harness, { sites: 1 });
    const { workflowId } = await approvedDeploy(harness, group, { sites });
    const [site = ''] = sites;
    const isBuilding = () =>
      harness.simulator
        .estate()
        .builds.some((row) => row.group === group && row.status === 'Running');
    await eventually(isBuilding);
    const body = { doctype: 'Site', 'filters.name': ['in', [site]] };
    harness.simulator.addFault({
      call: { method: 'press.api.client.get_list', body },
      fault: { kind: 'exception', excType: 'KeyError' },
    });
    const isAsked = ({ state }: OperationStatus) => state === 'needs_human';
    const { problem } = await harness.until(workflowId, isAsked);
    expect(problem).toMatchObject({ type: 'Defect', step: 'update sites' });
    await harness.client.resolve(workflowId, 'retry', { by: 'kim' });
    const { details } = await endOf(harness, workflowId, 'succeeded');
    expect(details).toMatchObject({ updated: '1', failed: '0' });
  });

  it.concurrent('that Press has updated by itself are not updated again', async () => {
    const { group, sites } = await groupToDeploy(harness, { sites: 1 });
    const [site = ''] = sites;
    const before = siteIn(harness, site)?.bench;
    const { workflowId } = await approvedDeploy(harness, group, { sites });
    // Held before the sites' turn, so that Press is first whatever the machine does.
    await harness.until(workflowId, ({ steps }) =>
      steps.some(({ name, state }) => name === 'deploy' && state === 'running'),
    );
    await harness.client.hold(workflowId, { by: 'kim' });
    await harness.until(workflowId, ({ state }) => state === 'held');
    await harness.press('main', 'press.api.site.update', { name: site });
    await eventually(() => siteIn(harness, site)?.bench !== before);
    await harness.client.resume(workflowId, { by: 'kim' });
    await endOf(harness, workflowId, 'succeeded');
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active' });
    expect(siteIn(harness, site)?.bench).not.toBe(before);
    const updates = harness.simulator.estate().updates.filter((row) => row.site === site);
    expect(updates).toHaveLength(1);
  });

  // A newer bench changes sources that the groups of the other tests share: their plans would change.
  it('are approved with the deploy, and with no other', async () => {
    const { group, sites } = await makeGroup(harness, { sites: 1 });
    harness.simulator.releaseUpdate(group);
    const [site = ''] = sites;
    const { workflowId } = await harness.client.start('update', {
      account: 'main',
      requestedBy: 'ops',
      site,
      deploy: 'somebodys-deploy',
    });
    const { approval } = await asks(harness, workflowId);
    expect(approval?.rule.rule).toBe('all');
    await harness.client.reject(workflowId, { by: 'kim' });
    await endOf(harness, workflowId, 'rejected');
  });
});
