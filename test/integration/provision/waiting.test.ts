import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import {
  aName,
  effectsOn,
  endOf,
  eventually,
  fullName,
  provision,
  siteIn,
  slowly,
} from './support.js';

describe('DNS that never gets ready', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ policy: { customDomains: { dnsDeadlineMs: 1_500 } } });
  });
  afterAll(() => harness.close());

  it('is given up after the deadline of policy; the site stays', async () => {
    const subdomain = aName();
    const domain = `www.${subdomain}.example.com`;
    const change = { subdomain, customDomains: [domain] };
    const result = await provision(harness, change, 'succeeded_with_exceptions');
    expect(result.exceptions).toEqual([expect.stringContaining(`domain ${domain}: `)]);
    expect(effectsOn(harness, result.site)).toEqual(['site.create']);
    expect(siteIn(harness, result.site)).toMatchObject({ status: 'Active' });
  });

  it('can be given up before, one domain of two', async () => {
    const subdomain = aName();
    const good = `good.${subdomain}.example.com`;
    harness.simulator.setDns(good, { CNAME: [fullName(harness, subdomain)] });
    const customDomains = [`bad.${subdomain}.example.com`, good];
    const { workflowId } = await harness.client.provision(
      harness.input({ subdomain, customDomains }),
    );
    await harness.until(workflowId, ({ choices }) => choices.includes('give_up'));
    const answer = await harness.client.resolve(workflowId, 'give_up', { by: 'kim' });
    expect(answer).toEqual({ accepted: true, reason: 'recorded' });
    const result = await endOf(harness, workflowId, 'succeeded_with_exceptions');
    expect(result.exceptions).toEqual([`domain ${customDomains[0]}: given up by kim`]);
    expect(effectsOn(harness, result.site)).toEqual(['site.create', 'domain.add']);
  });
});

describe('a site that does not answer', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ timing: { verifyDeadline: 300 } });
  });
  afterAll(() => harness.close());

  /** Active, but dead: until somebody repairs it. */
  const untilNeedsHuman = async () => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    harness.simulator.addFault(slowly(site));
    const { workflowId } = await harness.client.provision(harness.input({ subdomain }));
    await eventually(() => siteIn(harness, site) !== undefined);
    harness.simulator.setResponsive(site, false);
    const status = await harness.until(workflowId, ({ state }) => state === 'needs_human');
    expect(status).toMatchObject({
      needsAttention: true,
      problem: { type: 'VerificationFailed', message: expect.stringContaining('503') as string },
      choices: ['retry', 'roll_back', 'abandon'],
    });
    return { workflowId, site };
  };

  it('is verified again once it answers', async () => {
    const { workflowId, site } = await untilNeedsHuman();
    harness.simulator.setResponsive(site, true);
    await harness.client.resolve(workflowId, 'retry', { by: 'ops', reason: 'nginx restarted' });
    await endOf(harness, workflowId, 'succeeded');
    expect(effectsOn(harness, site)).toEqual(['site.create']);
  });

  it('is archived when a person says so', async () => {
    const { workflowId, site } = await untilNeedsHuman();
    await harness.client.resolve(workflowId, 'roll_back', { by: 'ops' });
    await endOf(harness, workflowId, 'rolled_back');
    expect(effectsOn(harness, site)).toEqual(['site.create', 'site.archive']);
  });

  it('is left as it is when a person says so; its locks are released', async () => {
    const { workflowId, site } = await untilNeedsHuman();
    for (const choice of ['give_up', 'accept'] as const) {
      const refused = await harness.client.resolve(workflowId, choice, { by: 'ops' });
      expect(refused).toMatchObject({ accepted: false });
      expect(refused.reason).toMatch(/not offered; choose retry, roll_back, abandon/);
    }
    await harness.client.resolve(workflowId, 'abandon', { by: 'ops' });
    await endOf(harness, workflowId, 'abandoned');
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active' });
    const decisions = await harness.ledger.decisionsOf(workflowId.split(':')[2] ?? '');
    expect(decisions.map(({ verdict, accepted }) => [verdict, accepted])).toEqual([
      ['give_up', false],
      ['accept', false],
      ['abandon', true],
    ]);
  });
});
