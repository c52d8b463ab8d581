import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, endOf, siteIn } from '../provision/support.js';
import { activeSite, approveBoth, archive, asks } from './support.js';

const HOUR = 3_600_000;
const approval = {
  quorum: { operator: 2 },
  expiresAfterMs: HOUR,
  escalateAfterMs: HOUR,
  typedName: true,
} as const;

describe('the approval of an archive', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      policy: {
        archive: [
          {
            name: 'with time to think',
            when: { requestedBy: ['careful'] },
            approval: { ...approval, coolingOffMs: HOUR },
          },
          {
            name: 'with a little time',
            when: { requestedBy: ['brisk'] },
            approval: { ...approval, coolingOffMs: 1_000 },
          },
          { name: 'two people', when: {}, approval },
        ],
      },
    });
  });
  afterAll(() => harness.close());

  const waiting = async (requestedBy = 'ops') => {
    const site = await activeSite(harness);
    const { workflowId, operationId } = await archive(harness, site, { requestedBy });
    const { plan } = await asks(harness, workflowId);
    return { site, workflowId, operationId, plan };
  };

  it.concurrent('is told what goes, and from where on there is no way back', async ({ expect }) => {
    const { workflowId, plan } = await waiting();
    expect(plan?.material).toMatchObject({
      kind: 'archive',
      pointOfNoReturn: 'archive',
      steps: [{ name: 'backup' }, { name: 'safety copy' }, { name: 'archive' }, { name: 'verify' }],
    });
    const losses = plan?.material.mayLose.join('\n');
    expect(losses).toMatch(/Database Users and their passwords/);
    expect(losses).toMatch(/every backup at Press but the newest offsite one/);
    expect(plan?.checks.filter(({ result }) => result === 'fail')).toEqual([]);
    await harness.client.reject(workflowId, { by: 'kim' });
    await endOf(harness, workflowId, 'rejected');
  });

  it.concurrent('takes two people who type the name of the site', async ({ expect }) => {
    const { client } = harness;
    const { site, workflowId, operationId } = await waiting();
    const says = async (by: string, typedName?: string) =>
      (await client.approve(workflowId, { by, ...(typedName && { typedName }) })).reason;
    const named = `an approval of this has to name the site: ${site}`;
    expect(await says('kim')).toBe(named);
    expect(await says('kim', `${site}x`)).toBe(named);
    expect(await says('ops', site)).toBe('nobody approves their own request');
    expect(await says('kim', site)).toBe('recorded');
    expect(await says('kim', site)).toBe('kim has approved already');
    expect(await client.status(workflowId)).toMatchObject({ state: 'waiting_approval' });
    expect(effectsOn(harness, site)).toEqual(['site.create']);
    expect(await says('lee', site)).toBe('recorded');
    await endOf(harness, workflowId, 'succeeded');
    const decisions = await harness.ledger.decisionsOf(operationId);
    expect(decisions.filter(({ accepted }) => accepted).map(({ by }) => by)).toEqual([
      'kim',
      'lee',
    ]);
  });

  it.concurrent('can be revoked while it cools off', async ({ expect }) => {
    const { site, workflowId } = await waiting('careful');
    await approveBoth(harness, workflowId, site);
    await harness.until(workflowId, ({ waiting: on }) => on?.what.includes('cooling-off') === true);
    await harness.client.reject(workflowId, { by: 'lee', reason: 'the customer has called' });
    const { reason } = await endOf(harness, workflowId, 'rejected');
    expect(reason).toBe('rejected by lee: the customer has called');
    expect(siteIn(harness, site)?.status).toBe('Active');
    expect(effectsOn(harness, site)).toEqual(['site.create']);
  });

  it.concurrent('goes on once it has cooled off', async ({ expect }) => {
    const { site, workflowId } = await waiting('brisk');
    await approveBoth(harness, workflowId, site);
    await endOf(harness, workflowId, 'succeeded');
    expect(siteIn(harness, site)).toBeUndefined();
  });

  it.concurrent('is asked for again when the site gets a domain meanwhile', async ({ expect }) => {
    const { site, workflowId, plan } = await waiting();
    const domain = `www.${site}.example.com`;
    harness.simulator.setDns(domain, { CNAME: [site] });
    await harness.press('main', 'press.api.site.add_domain', { name: site, domain });
    await approveBoth(harness, workflowId, site);
    const again = await harness.until(
      workflowId,
      ({ state, plan: now }) => state === 'waiting_approval' && now?.hash !== plan?.hash,
    );
    expect(again.plan?.material.mayLose.join('\n')).toMatch(domain);
    await approveBoth(harness, workflowId, site);
    await endOf(harness, workflowId, 'succeeded');
  });
});
