import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf, eventually } from '../provision/support.js';
import { activePast, aDomain, onRead, register, siteIn, toldBy, waits } from './support.js';

/** Nobody enters a key in a plugin; one that has a valid key shows itself soon. */
const NOBODY = { timings: { pluginConnects: null, indexing: 60_000 } } as const;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ maplePress: NOBODY, timing: { reminder: 1_000 } });
});
afterAll(() => harness.close());

/** From now on its id answers 404, although the list names it. */
const hide = (domain: string) =>
  harness.maplePress.addFault(onRead(siteIn(harness, domain)?.id ?? '', Infinity));

/** It answers again, and its plugin gets the key. */
const showAgain = (domain: string) => {
  harness.maplePress.clearFaults();
  harness.maplePress.connectPlugin(domain);
};

describe('a site that answers 404 and is listed all the same', () => {
  it('is reminded of while its plugin is waited for', async () => {
    const domain = aDomain();
    const handle = await register(harness, domain);
    await harness.until(handle.workflowId, waits);
    hide(domain);
    await eventually(async () => (await toldBy(harness, handle)).length >= 3);
    expect((await toldBy(harness, handle)).at(-1)).toContain('has not verified it yet');
    showAgain(domain);
    await endOf(harness, handle.workflowId, 'succeeded');
  });

  it('is reminded of while a sign of life is waited for', async () => {
    const { domain } = await activePast(harness);
    const handle = await harness.client.start('maplepress-rotate-key', {
      account: 'main',
      requestedBy: 'ops',
      site: domain,
    });
    await harness.until(handle.workflowId, ({ state }) => state === 'waiting_approval');
    await harness.client.approve(handle.workflowId, { by: 'kim' });
    await harness.until(handle.workflowId, waits);
    hide(domain);
    const before = (await toldBy(harness, handle)).length;
    await eventually(async () => (await toldBy(harness, handle)).length >= before + 3);
    expect((await toldBy(harness, handle)).at(-1)).toContain('has not been seen since');
    showAgain(domain);
    await endOf(harness, handle.workflowId, 'succeeded');
  });
});
