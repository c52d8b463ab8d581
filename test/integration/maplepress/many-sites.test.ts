import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { QUEUES } from '../../../src/domain/queues.js';
import { deleteSite } from '../../../src/maplepress/index.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf, eventually } from '../provision/support.js';
import { activePast, aDomain, claimAll, register, waits } from './support.js';

const LIST = 'GET /api/v1/sites';
const PAGES = 3;
const SPEED = 200;
/** Activities that a worker works on at once unless it is told otherwise. */
const SDK_PLACES = 100;
/** Through 1,000 pages, at 5 calls a second: somebody else's, and then ours; in seconds. */
const TWO_WALKS = (2 * 1_000) / 5;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ speed: SPEED, maplePress: { timings: { indexing: null } } });
  harness.maplePress.addSites(PAGES * 100 - 50);
});
afterEach(() => harness.maplePress.clearFaults());
afterAll(() => harness.close());

/** Tells how often the list was asked for since. */
function countingLists(): () => number {
  const count = () => harness.maplePress.calls().filter((call) => call.endpoint === LIST).length;
  const before = count();
  return () => count() - before;
}

const start = (kind: 'maplepress-rotate-key' | 'maplepress-delete', site: string) =>
  harness.client.start(kind, { account: 'main', requestedBy: 'ops', site });

async function registered(domain: string): Promise<void> {
  const { workflowId } = await register(harness, domain);
  await endOf(harness, workflowId, 'succeeded');
}

async function rotated(domain: string): Promise<void> {
  const { workflowId } = await start('maplepress-rotate-key', domain);
  await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
  await harness.client.approve(workflowId, { by: 'kim' });
  const { details = {} } = await harness.until(workflowId, waits);
  const [apiKey = ''] = (await claimAll(harness, { details })).values();
  harness.maplePress.pluginRequest({ apiKey });
  await endOf(harness, workflowId, 'succeeded');
}

/** Of a pending activity, as Temporal counts its states: a worker has it. */
const STARTED = 2;

/** Lets nobody read the list until it is released. */
function holdList(): () => void {
  const { maplePress } = harness.deps.tenants.get('main');
  const call = maplePress.call.bind(maplePress);
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const spy = vi.spyOn(maplePress, 'call').mockImplementation(async (request, options) => {
    if (request.endpoint === LIST) await released;
    return call(request, options);
  });
  return () => {
    spy.mockRestore();
    release();
  };
}

/** A worker has begun with the activity that an operation waits for at MaplePress. */
async function hasBegun(workflowId: string): Promise<boolean> {
  const { raw } = await harness.client.temporal.workflow.getHandle(workflowId).describe();
  return (raw.pendingActivities ?? []).some(
    ({ activityType, state }) =>
      activityType?.name === 'planKeyRotation' && Number(state) === STARTED,
  );
}

/** Time limits of the activities on MaplePress's queue, in seconds. */
async function scheduledAtMaplePress(workflowId: string) {
  const { events } = await harness.client.temporal.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: activity }) =>
    activity?.taskQueue?.name === QUEUES.maplePress
      ? [
          {
            startToClose: Number(activity.startToCloseTimeout?.seconds),
            heartbeat: Number(activity.heartbeatTimeout?.seconds),
          },
        ]
      : [],
  );
}

describe('in a tenant of many sites', () => {
  it('a site that we have registered is operated on without reading the list', async () => {
    const domain = aDomain();
    await registered(domain);
    const since = countingLists();
    await rotated(domain);
    await rotated(domain);
    expect(since()).toBe(0);
  });

  it('a site that somebody else has registered is looked for, until we have rotated its key', async () => {
    const { domain } = await activePast(harness);
    const first = countingLists();
    await rotated(domain);
    expect(first()).toBeGreaterThan(0);
    const second = countingLists();
    await rotated(domain);
    expect(second()).toBe(0);
  });

  it('a deletion still takes the whole list for its proof', async () => {
    const domain = aDomain();
    await registered(domain);
    const since = countingLists();
    const { workflowId } = await start('maplepress-delete', domain);
    await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    expect(since()).toBe(0);
    for (const by of ['kim', 'lee']) {
      await harness.client.approve(workflowId, { by, typedName: domain });
    }
    await endOf(harness, workflowId, 'succeeded');
    expect(since()).toBeGreaterThanOrEqual(PAGES);

    const scheduled = await scheduledAtMaplePress(workflowId);
    expect(scheduled.length).toBeGreaterThanOrEqual(5);
    for (const { startToClose, heartbeat } of scheduled) {
      expect(startToClose).toBeGreaterThan(TWO_WALKS);
      expect(heartbeat).toBe(10);
    }
  });

  it('a site that was deleted and registered again, past us, is found', async () => {
    const domain = aDomain();
    await registered(domain);
    const [gone] = harness.maplePress.estate().sites.filter((site) => site.domain === domain);
    await deleteSite(harness.deps.tenants.get('main').maplePress, gone?.id ?? '');
    await activePast(harness, domain);
    await rotated(domain);
  });

  it('a walk that takes longer than a heartbeat may be late is one attempt', async () => {
    const slow = { kind: 'delay', seconds: 4 * SPEED } as const;
    harness.maplePress.addFault({ call: { endpoint: LIST }, fault: slow, times: PAGES });
    const since = countingLists();
    const { workflowId } = await start('maplepress-rotate-key', aDomain());
    await endOf(harness, workflowId, 'refused');
    expect(since()).toBe(PAGES);
  });

  it('a plan to delete what was never known reads the list once', async () => {
    const since = countingLists();
    await harness.client.plan('maplepress-delete', {
      account: 'main',
      requestedBy: 'ops',
      site: aDomain(),
    });
    expect(since()).toBe(PAGES);
  });

  it('those who look through the list keep nobody from working', async () => {
    const domain = aDomain();
    await registered(domain);
    const release = holdList();
    try {
      const looking = await Promise.all(
        Array.from({ length: SDK_PLACES }, () => start('maplepress-rotate-key', aDomain())),
      );
      for (const { workflowId } of looking) await eventually(() => hasBegun(workflowId));
      const { workflowId } = await start('maplepress-rotate-key', domain);
      await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
      release();
      for (const one of looking) await endOf(harness, one.workflowId, 'refused');
    } finally {
      release();
    }
  });

  it('a page that fails is asked for again, and not all those before it', async () => {
    const fault = { kind: 'server_error', status: 503 } as const;
    harness.maplePress.addFault({ call: { endpoint: LIST }, fault, nth: PAGES });
    const since = countingLists();
    const { workflowId } = await start('maplepress-rotate-key', aDomain());
    await endOf(harness, workflowId, 'refused');
    expect(since()).toBe(PAGES + 1);
  });
});
