import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { activeSite } from '../archive/support.js';
import { endOf, onJob, siteIn } from '../provision/support.js';
import { answer } from '../safety-copy/support.js';
import { ask } from './support.js';

const FAILS = { kind: 'fail_step', step: 0 } as const;

let harness: Harness;
beforeAll(async () => {
  // Press's clock is ours here, and its jobs are quick: those of all tries are made within the few
  // seconds by which clocks may differ, so that their age tells nothing.
  const timings = { delivery: 10, queue: 0, pollTick: 20, step: 10, steps: {}, jitter: 0 };
  harness = await startHarness({ simulator: { speed: 1, timings } });
});
afterAll(() => harness.close());

it('another try goes by its own jobs, not by those of the one before', async () => {
  const site = await activeSite(harness);
  harness.simulator.addFault(onJob(site, 'Update Site Status', FAILS, { times: 2 }));
  const handle = await ask(harness, 'deactivate', site);
  await answer(harness, handle, 'retry', /activate failed/);
  const { reason } = await endOf(harness, handle.workflowId, 'rolled_back');
  expect(reason).toMatch(/deactivate failed/);
  expect(siteIn(harness, site)).toMatchObject({ status: 'Active', maintenance: false });

  const commands = await harness.ledger.commandsOf(handle.operationId);
  const jobs = commands.map(({ tracker }) => (tracker?.kind === 'site-switch' ? tracker.jobs : []));
  expect(jobs).toHaveLength(4);
  for (const own of jobs) expect(own.length).toBeGreaterThanOrEqual(2);
  expect(new Set(jobs.flat()).size).toBe(jobs.flat().length);
});
