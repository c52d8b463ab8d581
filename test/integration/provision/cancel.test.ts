import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProvisionSiteInput } from '../../../src/client.js';
import { type Harness, startHarness } from '../../support/harness.js';
import {
  aName,
  callsOf,
  effectsOn,
  endOf,
  eventually,
  fullName,
  occupy,
  onCreate,
  onJob,
  siteIn,
  slowly,
  untilCalled,
} from './support.js';

describe('cancelling a provision', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ commandMs: 1_000, timing: { horizon: 4_000 } });
  });
  afterAll(() => harness.close());

  const KIM = { by: 'kim', reason: 'changed my mind' };
  const NEW = 'press.api.site.new';

  const start = async (change: Partial<ProvisionSiteInput> = {}) => {
    const subdomain = change.subdomain ?? aName();
    const { workflowId } = await harness.client.provision(harness.input({ ...change, subdomain }));
    return { workflowId, site: fullName(harness, subdomain) };
  };

  /** Its site is there, and takes its time. */
  const startSlowly = async () => {
    const subdomain = aName();
    harness.simulator.addFault(slowly(fullName(harness, subdomain)));
    const started = await start({ subdomain });
    await eventually(() => siteIn(harness, started.site) !== undefined);
    return started;
  };

  /** Cancelled, and nothing of the site is left. */
  const expectCancelled = async (workflowId: string, effects: readonly string[]) => {
    const answer = await harness.client.cancel(workflowId, KIM);
    expect(answer.accepted).toBe(true);
    expect(answer.reason).toMatch(effects.length > 0 ? /^going back$/ : /going back|nothing/);
    const result = await endOf(harness, workflowId, 'cancelled');
    expect(result.reason).toBe('cancelled by kim: changed my mind');
    expect(effectsOn(harness, result.site)).toEqual(effects);
    expect(siteIn(harness, result.site)).toBeUndefined();
  };

  it.concurrent('in preflight, while Press is slow', async () => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    harness.simulator.addFault({
      call: { method: 'press.api.client.get', body: { doctype: 'Site', name: site } },
      fault: { kind: 'delay', seconds: 800 },
    });
    const { workflowId } = await start({ subdomain });
    await untilCalled(harness, 'press.api.client.get', site);
    await expectCancelled(workflowId, []);
  });

  it.concurrent('while it waits for approval', async () => {
    const { workflowId } = await start({ plan: 'USD 100' });
    await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    await expectCancelled(workflowId, []);
  });

  it.concurrent('while it is queued for the lock', async () => {
    const subdomain = aName();
    const release = await occupy(harness, fullName(harness, subdomain));
    const { workflowId } = await start({ subdomain });
    await harness.until(workflowId, ({ state }) => state === 'queued');
    await expectCancelled(workflowId, []);
    await release();
  });

  it.concurrent('while a creation is looked for that never arrived', async () => {
    const subdomain = aName();
    harness.simulator.addFault(onCreate(subdomain, { kind: 'lose_request' }));
    const { workflowId } = await start({ subdomain });
    await untilCalled(harness, NEW, subdomain);
    await expectCancelled(workflowId, []);
    expect(callsOf(harness, NEW, subdomain)).toBe(1);
  });

  it.concurrent('while a creation is looked for that lands late', async () => {
    const subdomain = aName();
    const late = { kind: 'late', seconds: 100, after: 'disconnect' } as const;
    harness.simulator.addFault(onCreate(subdomain, late));
    const { workflowId } = await start({ subdomain });
    await untilCalled(harness, NEW, subdomain);
    await expectCancelled(workflowId, ['site.create', 'site.archive']);
  });

  it.concurrent('while the site is being made', async () => {
    const { workflowId } = await startSlowly();
    await expectCancelled(workflowId, ['site.create', 'site.archive']);
  });

  it.concurrent('while DNS is waited for', async () => {
    const { workflowId } = await start({ customDomains: ['never.example.com'] });
    await harness.until(workflowId, ({ choices }) => choices.includes('give_up'));
    await expectCancelled(workflowId, ['site.create', 'site.archive']);
  });

  it.concurrent('while it is verified', async () => {
    const { workflowId, site } = await startSlowly();
    harness.simulator.setResponsive(site, false);
    await harness.until(workflowId, ({ state }) => state === 'verifying');
    await expectCancelled(workflowId, ['site.create', 'site.archive']);
  });

  it.concurrent('is asked for twice: once is enough', async () => {
    const { workflowId, site } = await startSlowly();
    await harness.client.cancel(workflowId, KIM);
    expect(await harness.client.cancel(workflowId, { by: 'pat' })).toEqual({
      accepted: true,
      reason: 'already being cancelled',
    });
    const { reason } = await endOf(harness, workflowId, 'cancelled');
    expect(reason).toBe('cancelled by kim: changed my mind');
    expect(effectsOn(harness, site)).toEqual(['site.create', 'site.archive']);
  });

  it.concurrent('is refused while it goes back already, and after the end', async () => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    harness.simulator.addFault(onJob(site, 'New Site', { kind: 'fail_step', step: 0 }));
    harness.simulator.addFault(onJob(site, 'Archive Site', { kind: 'slow', factor: 10 }));
    const { workflowId } = await start({ subdomain });
    await harness.until(workflowId, ({ state }) => state === 'compensating');
    expect(await harness.client.cancel(workflowId, KIM)).toEqual({
      accepted: false,
      reason: 'it is already going back',
    });
    await endOf(harness, workflowId, 'rolled_back');
    expect(await harness.client.cancel(workflowId, KIM)).toEqual({
      accepted: false,
      reason: 'the operation has ended',
    });
  });

  it.concurrent('by the cancellation of Temporal does the same', async () => {
    const { workflowId, site } = await startSlowly();
    await harness.client.temporal.workflow.getHandle(workflowId).cancel();
    const { reason } = await endOf(harness, workflowId, 'cancelled');
    expect(reason).toBe('cancelled by a cancellation in Temporal');
    expect(effectsOn(harness, site)).toEqual(['site.create', 'site.archive']);
    expect(siteIn(harness, site)).toBeUndefined();
  });
});
