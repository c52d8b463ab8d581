import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf } from '../provision/support.js';
import { approvedDeploy, groupToDeploy } from './support.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ speed: 400 });
});
afterAll(() => harness.close());

it('sites of a deploy are not begun when a person gives them up before the first one', async () => {
  const { group, sites } = await groupToDeploy(harness, { sites: 1 });
  const [site = ''] = sites;
  // Kept at reading the deploy back: the next place to be held at is before the sites.
  harness.simulator.addFault({
    call: { method: 'press.api.bench.versions', body: { name: group } },
    fault: { kind: 'gateway_error', status: 502 },
    times: 'always',
  });
  const { workflowId } = await approvedDeploy(harness, group, { sites });
  await harness.until(workflowId, ({ steps }) =>
    steps.some(({ name, state }) => name === 'verify' && state === 'running'),
  );
  await harness.client.hold(workflowId, { by: 'kim' });
  harness.simulator.clearFaults();
  await harness.until(
    workflowId,
    ({ state, choices }) => state === 'held' && choices.includes('give_up'),
  );
  const said = await harness.client.resolve(workflowId, 'give_up', { by: 'kim' });
  expect(said).toMatchObject({ accepted: true });
  const { exceptions, details } = await endOf(harness, workflowId, 'succeeded_with_exceptions');
  expect(exceptions).toEqual([`update sites: not begun: ${site}`]);
  expect(details).toMatchObject({ updated: '0', failed: '0', not_begun: site });
  expect(harness.simulator.estate().updates.filter((row) => row.site === site)).toEqual([]);
});
