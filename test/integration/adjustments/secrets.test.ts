import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdjustmentTarget } from '../../../src/domain/adjustments.js';
import type { AdjustmentKind, OperationResult, Outcome } from '../../../src/domain/operations.js';
import type { Plan } from '../../../src/domain/plan.js';
import { exportEvents } from '../../../src/ledger/index.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { onJob } from '../provision/support.js';
import { actOn, answer } from '../safety-copy/support.js';
import { adjust, type Adjusting, ask, aSite, configOf } from './support.js';

const OLD = 'hunter-one-old';
const NEW = 'hunter-two-new';
/** Secret by policy only: Press shows it, and its name says nothing. */
const LISTED = 'smtp_phrase';
/** Secret because its new value is sealed. */
const SEALED = 'smtp_login';
const ADDRESS = `redis://shop:${OLD}@cache.example.com`;

describe('the plan of a change of configuration', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      policy: { configKeys: ['*'], configTypes: {}, secretConfigKeys: [LISTED] },
    });
  });
  afterAll(() => harness.close());

  /** A site that has a key in clear at Press. */
  async function siteWith(config: Record<string, string>): Promise<string> {
    const site = await aSite(harness);
    await actOn(harness, site, 'update_config', { config });
    expect(await configOf(harness, site)).toMatchObject(config);
    return site;
  }

  /** All that ledger and card tell of an operation, and its plan. */
  async function told({ operationId }: Pick<OperationResult, 'operationId'>) {
    let all = JSON.stringify(await harness.client.status(operationId));
    for await (const line of exportEvents(harness.ledger, { operationId }, 'jsonl')) all += line;
    const { plan } = await harness.client.status(operationId);
    if (plan === null) throw new Error('it has no plan');
    return { all, plan: plan as Plan<AdjustmentTarget> };
  }

  async function planned<K extends AdjustmentKind>(
    kind: K,
    site: string,
    change: Adjusting<K>,
    outcome: Outcome = 'planned',
  ) {
    const dryRun = { ...change, dryRun: outcome === 'planned' };
    return told(await adjust(harness, kind, site, dryRun, outcome));
  }

  it.concurrent.each([
    [LISTED, OLD],
    [SEALED, OLD],
    ['api_token', OLD],
    ['cache_at', ADDRESS],
    ['mailer', `{"password": "${OLD}"}`],
  ])('tells no value of %s that is replaced by a sealed one', async (key, value) => {
    const site = await siteWith({ [key]: value });
    const config = { [key]: await harness.client.seal(NEW) };
    const { all, plan } = await planned('update-config', site, { config });
    expect(plan.summary).toBe(`${key}: ••• → •••`);
    expect(plan.material.mayLose).toEqual([`the old value of ${key}, which cannot be put back`]);
    expect(plan.material.target).toMatchObject({ undo: [] });
    expect(plan.material.target.leaves).toMatch(/nothing can put back/);
    expect(all).not.toMatch(/hunter/);
  });

  it.concurrent.each([
    [LISTED, OLD],
    ['api_token', OLD],
    ['cache_at', ADDRESS],
  ])('tells no value of %s that is taken out', async (key, value) => {
    const site = await siteWith({ [key]: value });
    const { all, plan } = await planned('delete-config', site, { key });
    expect(plan.summary).toBe(`${key}: ••• → not there`);
    expect(plan.material.target).toMatchObject({ undo: [] });
    expect(all).not.toMatch(/hunter/);
  });

  it.concurrent('tells nothing of values that policy would have had sealed', async () => {
    const site = await siteWith({ [LISTED]: OLD, currency: 'INR' });
    const config = { [LISTED]: NEW, currency: 'EUR' };
    const { all, plan } = await planned('update-config', site, { config }, 'refused');
    expect(plan.summary).toBe(`${LISTED} · currency`);
    expect(plan.material.target).toMatchObject({ change: { config: {} }, undo: [], leaves: null });
    expect(all).not.toMatch(/hunter|INR/);
  });

  it.concurrent('shows no secret that came in clear, and says so', async () => {
    const site = await aSite(harness);
    const { plan } = await planned('update-config', site, { config: { api_token: NEW } });
    expect(plan.summary).toBe('api_token: not there → •••');
    expect(plan.checks).toContainEqual({
      name: 'secret',
      result: 'warn',
      detail:
        'api_token looks like a secret, and was sent in clear: seal it (--secret-config api_token)',
    });
  });

  it.concurrent('shows others, and how they are put back', async () => {
    const site = await siteWith({ currency: 'INR' });
    const { plan } = await planned('update-config', site, { config: { currency: 'EUR' } });
    expect(plan.summary).toBe('currency: INR → EUR');
    expect(plan.material.target.undo).toEqual([{ do: 'set config', config: { currency: 'INR' } }]);
  });

  it.concurrent('asks somebody when a secret is changed half-way', async () => {
    const site = await siteWith({ [LISTED]: OLD });
    const fault = { kind: 'fail_step', step: 0 } as const;
    harness.simulator.addFault(onJob(site, 'Update Site Configuration', fault));
    const config = { [LISTED]: await harness.client.seal(NEW) };
    const handle = await ask(harness, 'update-config', site, { config });
    await answer(harness, handle, 'abandon', /nothing can put back what was there/);
    const result = await harness.client.wait(handle.workflowId);
    expect(result.outcome).toBe('abandoned');
    expect((await told(result)).all).not.toMatch(/hunter/);
  });
});
