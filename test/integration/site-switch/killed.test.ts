import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { startWorkerProcess, type WorkerProcess } from '../../support/worker-process.js';
import { activeSite } from '../archive/support.js';
import { callsOf, endOf, eventually, onJob, onMethod, siteIn } from '../provision/support.js';
import { switchOff } from '../safety-copy/support.js';
import { ask, doneTo } from './support.js';

describe('deactivate and activate, when the worker is killed', () => {
  let harness: Harness;
  let worker: WorkerProcess;
  beforeAll(async () => {
    // A request may stay open for as long as it likes: only the kill ends it.
    harness = await startHarness({ startWorkers: false, commandMs: 120_000 });
    worker = await startWorkerProcess(harness.workerEnvironment);
  });
  afterAll(async () => {
    await worker.end('SIGTERM');
    await harness.close();
  });

  it('go on, and do nothing twice', async () => {
    const { simulator } = harness;
    const [unsent, unanswered, running] = await Promise.all([
      activeSite(harness),
      activeSite(harness),
      activeSite(harness),
    ]);
    await switchOff(harness, unanswered);
    simulator.addFault(onMethod(unsent, 'deactivate', { kind: 'hang', effect: false }));
    simulator.addFault(onMethod(unanswered, 'activate', { kind: 'hang' }));
    simulator.addFault(onJob(running, 'Update Site Status', { kind: 'slow', factor: 100 }));
    const handles = [
      await ask(harness, 'deactivate', unsent),
      await ask(harness, 'activate', unanswered),
      await ask(harness, 'deactivate', running),
    ];
    await eventually(
      () =>
        callsOf(harness, 'Site.deactivate', unsent) > 0 &&
        siteIn(harness, unanswered)?.status === 'Active' &&
        siteIn(harness, running)?.status === 'Inactive',
    );
    await worker.end('SIGKILL');
    worker = await startWorkerProcess(harness.workerEnvironment);
    for (const { workflowId } of handles) await endOf(harness, workflowId, 'succeeded');
    expect(doneTo(harness, unsent)).toEqual(['site.deactivate']);
    expect(doneTo(harness, unanswered)).toEqual(['site.deactivate', 'site.activate']);
    expect(doneTo(harness, running)).toEqual(['site.deactivate']);
  });
});
