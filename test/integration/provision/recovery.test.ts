import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { WorkflowFailedError } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { LedgerUnavailable, type Ledger } from '../../../src/ledger/index.js';
import { type Harness, startHarness } from '../../support/harness.js';
import {
  aName,
  effectsOn,
  endOf,
  eventually,
  fullName,
  onCreate,
  onJob,
  siteIn,
  untilCalled,
} from './support.js';

describe('a worker process that is killed', () => {
  let harness: Harness;
  let worker: ChildProcess;
  beforeAll(async () => {
    // A request may stay open for as long as it likes: only the kill ends it.
    harness = await startHarness({ startWorkers: false, commandMs: 120_000 });
    worker = await startWorker();
  });
  afterEach(() => harness.simulator.clearFaults());
  afterAll(async () => {
    await end(worker, 'SIGTERM');
    await harness.close();
  });

  const startWorker = async (): Promise<ChildProcess> => {
    const script = path.join(inject('distPath'), 'src/worker.js');
    const env = { ...process.env, ...harness.workerEnvironment };
    const child = spawn(process.execPath, [script], { env, stdio: ['pipe', 'ignore', 'pipe'] });
    const words: string[] = [];
    for await (const line of createInterface(child.stderr)) {
      words.push(line);
      if (line.includes('"worker ready"')) break;
    }
    expect(words.at(-1)).toContain('"worker ready"');
    // What nobody reads would fill the pipe and stop it.
    child.stderr.resume();
    return child;
  };
  const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
    const exited = once(child, 'exit');
    if (child.kill(signal)) await exited;
  };

  const start = async (subdomain: string, change: object = {}) => {
    const { workflowId } = await harness.client.provision(harness.input({ ...change, subdomain }));
    return { workflowId, site: fullName(harness, subdomain) };
  };

  it('in four phases at once: all go on, and nothing happens twice', async () => {
    const { client, simulator, until } = harness;
    const asking = await start(aName(), { plan: 'USD 100' });
    await until(asking.workflowId, ({ state }) => state === 'waiting_approval');

    const failing = aName();
    const failingSite = fullName(harness, failing);
    simulator.addFault(onJob(failingSite, 'New Site', { kind: 'fail_step', step: 0 }));
    simulator.addFault(onJob(failingSite, 'Archive Site', { kind: 'slow', factor: 100 }));
    const undoing = await start(failing);
    await eventually(() => effectsOn(harness, failingSite).includes('site.archive'));

    const slow = aName();
    simulator.addFault(onJob(fullName(harness, slow), 'New Site', { kind: 'slow', factor: 20 }));
    const making = await start(slow);
    await eventually(() => siteIn(harness, making.site) !== undefined);

    const unanswered = aName();
    simulator.addFault(onCreate(unanswered, { kind: 'hang' }));
    const sending = await start(unanswered);
    await untilCalled(harness, 'press.api.site.new', unanswered);

    await end(worker, 'SIGKILL');
    worker = await startWorker();
    await client.approve(asking.workflowId, { by: 'kim' });

    await endOf(harness, asking.workflowId, 'succeeded');
    await endOf(harness, undoing.workflowId, 'rolled_back');
    await endOf(harness, making.workflowId, 'succeeded');
    await endOf(harness, sending.workflowId, 'succeeded');
    expect(effectsOn(harness, asking.site)).toEqual(['site.create']);
    expect(effectsOn(harness, undoing.site)).toEqual(['site.create', 'site.archive']);
    expect(effectsOn(harness, making.site)).toEqual(['site.create']);
    expect(effectsOn(harness, sending.site)).toEqual(['site.create']);
  });

  it('keeps whoever looks on waiting until the next one has worked in what has happened', async () => {
    const { client, until } = harness;
    const { workflowId } = await start(aName(), { plan: 'USD 100' });
    await until(workflowId, ({ state }) => state === 'waiting_approval');

    await end(worker, 'SIGKILL');
    const seen = client.status(workflowId);
    seen.catch(() => undefined);
    worker = await startWorker();
    await client.hold(workflowId, { by: 'kim', reason: 'not today' });

    expect(await seen).toMatchObject({ workflowId, state: 'waiting_approval' });
  });

  it('tells whoever waits that a run was ended before what had happened was worked in', async () => {
    const { client, until } = harness;
    const { workflowId } = await start(aName(), { plan: 'USD 100' });
    await until(workflowId, ({ state }) => state === 'waiting_approval');

    await end(worker, 'SIGKILL');
    await client.hold(workflowId, { by: 'kim', reason: 'not today' });
    await client.temporal.workflow.getHandle(workflowId).terminate('by mistake');
    worker = await startWorker();

    await expect(client.status(workflowId)).rejects.toThrow(/npx sitewright ledger/);
    await expect(client.wait(workflowId, () => undefined)).rejects.toThrow(WorkflowFailedError);
  });
});

describe('workers that go away in good order', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  it('lose nothing: Press goes on without them, and they catch up', async () => {
    const { workflowId, site } = await harness.client.provision(
      harness.input({ config: { mail_server: 'mx.example.com' } }),
    );
    await harness.until(workflowId, () => siteIn(harness, site) !== undefined);
    await harness.workers.stop();
    await eventually(() => siteIn(harness, site)?.status === 'Active');
    await harness.workers.start();
    await endOf(harness, workflowId, 'succeeded');
    expect(effectsOn(harness, site)).toEqual(['site.create', 'config.update']);
  });
});

describe('a ledger that is away', () => {
  let harness: Harness;
  let away = false;
  beforeAll(async () => {
    harness = await startHarness({ workerLedger: (ledger) => outages(ledger, () => away) });
  });
  afterAll(() => harness.close());

  it('is waited for, before a send and right after it', async () => {
    const subdomain = aName();
    const { simulator, client } = harness;
    // The answer comes while the ledger is away: it cannot be written down.
    simulator.addFault(onCreate(subdomain, { kind: 'delay', seconds: 60 }));
    const { workflowId, site } = await client.provision(harness.input({ subdomain }));
    await untilCalled(harness, 'press.api.site.new', subdomain);
    away = true;
    const handle = client.temporal.workflow.getHandle(workflowId);
    await eventually(async () => {
      const [pending] = (await handle.describe()).raw.pendingActivities ?? [];
      return (pending?.attempt ?? 0) > 1;
    });
    away = false;
    await endOf(harness, workflowId, 'succeeded');
    expect(effectsOn(harness, site)).toEqual(['site.create']);
  });

  it('is waited for at the start', async () => {
    away = true;
    const { workflowId, site } = await harness.client.provision(harness.input());
    await harness.until(workflowId, ({ state }) => state === 'preflight');
    away = false;
    await endOf(harness, workflowId, 'succeeded');
    expect(effectsOn(harness, site)).toEqual(['site.create']);
  });
});

/** A ledger all of whose methods fail while it is away. */
function outages(ledger: Ledger, isAway: () => boolean): Ledger {
  return new Proxy(ledger, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]): Promise<unknown> => {
        if (isAway()) throw new LedgerUnavailable('the database does not answer');
        return (await Reflect.apply(member, target, args)) as unknown;
      };
    },
  });
}
