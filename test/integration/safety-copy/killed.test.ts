import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { startWorkerProcess, type WorkerProcess } from '../../support/worker-process.js';
import { endOf, eventually } from '../provision/support.js';
import { approveBy, backupsOf, copyOf, downloadsOf, liveSite, startReinstall } from './support.js';

const MB = 1_000_000;

describe('a worker that is killed while it stores a copy', () => {
  let harness: Harness;
  let worker: WorkerProcess;
  beforeAll(async () => {
    harness = await startHarness({ startWorkers: false });
    worker = await startWorkerProcess(harness.workerEnvironment);
  });
  afterAll(async () => {
    await worker.end('SIGTERM');
    await harness.close();
  });

  it('has another one go on where it was, in the same backup', async () => {
    const { simulator } = harness;
    const site = await liveSite(harness);
    simulator.setFileSizes(site, { database: 60 * MB });
    const name = `${site.replaceAll('.', '_')}-database`;
    const transfer = { direction: 'download', name } as const;
    simulator.addFault({ transfer, fault: { kind: 'cut', afterBytes: 40 * MB } });
    simulator.addFault({ transfer, fault: { kind: 'error', status: 503 }, times: 'always' });
    const handle = await startReinstall(harness, site);
    await approveBy(harness, handle);
    await eventually(() => downloadsOf(harness, site, 'database').length > 1);

    await worker.end('SIGKILL');
    simulator.clearFaults();
    worker = await startWorkerProcess(harness.workerEnvironment);
    await endOf(harness, handle.workflowId, 'succeeded');

    const [first, ...later] = downloadsOf(harness, site, 'database');
    expect(first).toBe(0);
    for (const from of later) expect(from).toBeGreaterThan(10 * MB);
    expect(backupsOf(harness, site)).toHaveLength(1);
    const { handle: copy, files } = await copyOf(harness, site);
    expect(files[0]).toMatchObject({ kind: 'database', bytes: 60 * MB });
    expect(await harness.deps.vault.verify(copy)).toEqual([]);
  });
});
