import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, endOf, makeActive } from '../provision/support.js';

const HOUR_MS = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

let harness: Harness;
beforeAll(async () => {
  const now = Date.now();
  const freezes = [{ from: iso(now - HOUR_MS), to: iso(now + HOUR_MS), reason: 'year end' }];
  const maintenance = { timeZone: 'UTC', windows: [], freezes };
  harness = await startHarness({ speed: 400, policy: { maintenance } });
});
afterAll(() => harness.close());

it('a freeze begins nothing, but lets a backup be made', async () => {
  const site = await makeActive(harness);
  const before = effectsOn(harness, site);
  const asked = { account: 'main', requestedBy: 'ops', site };
  for (const kind of ['deactivate', 'clear-cache', 'archive'] as const) {
    const { workflowId } = await harness.client.start(kind, asked);
    const { reason } = await endOf(harness, workflowId, 'refused');
    expect(reason).toMatch(/policy freezes all work until .*: year end/);
  }
  expect(effectsOn(harness, site)).toEqual(before);
  const { workflowId } = await harness.client.start('backup', { ...asked, keep: 'press' });
  await endOf(harness, workflowId, 'succeeded');
});
