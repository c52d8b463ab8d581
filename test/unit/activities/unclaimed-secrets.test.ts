import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Notification } from '../../../src/activities/deps.js';
import { tellOfSecrets } from '../../../src/activities/unclaimed-secrets.js';
import { openBench, openKey } from './fixture.js';

const HOUR = 60 * 60_000;
const START = new Date('2027-03-01T08:00:00Z');

let bench: Awaited<ReturnType<typeof openBench>>;
let told: Notification[];
beforeEach(async () => {
  bench = await openBench();
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  told = [];
});
afterEach(async () => {
  vi.useRealTimers();
  await bench.close();
});

/** A secret that waits for a day; answers its handle and operation. */
async function store(label: string) {
  const { operationId } = await openKey(bench.ledger);
  const handle = randomUUID().replaceAll('-', '');
  const expiresAt = new Date(Date.now() + 24 * HOUR).toISOString();
  await bench.ledger.putHandover({ handle, operationId, label, sealed: 'sealed', expiresAt });
  return { handle, operationId };
}

/** One pass, so many hours after the start. */
async function passAt(hours: number): Promise<number> {
  vi.setSystemTime(START.getTime() + hours * HOUR);
  const notify = (one: Notification) => void told.push(one);
  return tellOfSecrets({ ...bench.deps, notify });
}

const eventsOf = async (operationId: string) =>
  (await bench.ledger.events(operationId)).map(({ type }) => type);

describe('a secret that nobody claims', () => {
  it('is told of in the last quarter of its time, and after it, once each', async () => {
    const { handle, operationId } = await store('API key ending in c0de');
    for (const hours of [0, 12, 17.9]) await passAt(hours);
    expect(told).toEqual([]);

    for (const hours of [18, 18.2, 23.9]) await passAt(hours);
    const message = expect.stringMatching(
      /API key ending in c0de.*maplepress rotate-key/,
    ) as string;
    const reminder = { operationId, kind: 'provision', site: 'acme.example.com', message };
    expect(told).toEqual([reminder]);
    expect(told[0]?.message).toContain(`npx sitewright status ${operationId}`);
    expect(JSON.stringify(told)).not.toContain(handle);
    expect(told[0]?.message).toContain('2027-03-02T08:00:00.000Z');

    expect(await passAt(24)).toBe(1);
    expect(await passAt(24 * 5)).toBe(1);
    expect(told).toEqual([reminder, reminder]);
    expect(told[1]?.message).toMatch(/before it expired.*maplepress rotate-key/);
    expect(await eventsOf(operationId)).toEqual([
      'operation.opened',
      'secret.expiring',
      'secret.expired',
    ]);
    expect(await bench.ledger.verify(operationId)).toEqual([]);
  });

  it('is told of as expired only, when no pass came in time', async () => {
    const { operationId } = await store('login link');
    await passAt(30);
    expect(told.filter((one) => one.operationId === operationId)).toHaveLength(1);
    expect(await eventsOf(operationId)).toEqual(['operation.opened', 'secret.expired']);
  });

  it('says where another one comes from', async () => {
    await store('verification token');
    await store('administrator password');
    await passAt(20);
    expect(told.map(({ message }) => message)).toEqual([
      expect.stringContaining('deleted and registered again'),
      expect.stringContaining('`login-link` opens the site'),
    ]);
  });
});

describe('a secret that was claimed', () => {
  it('is told of no more', async () => {
    const { handle, operationId } = await store('login link');
    await bench.ledger.claimHandover(handle, 'claim', (sealed) => Promise.resolve(sealed));
    for (const hours of [20, 30]) await passAt(hours);
    expect(told.filter((one) => one.operationId === operationId)).toEqual([]);
  });
});
