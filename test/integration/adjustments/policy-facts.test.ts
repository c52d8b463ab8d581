import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputOf } from '../../../src/domain/inputs.js';
import type { OperationKind } from '../../../src/domain/operations.js';
import type { OperationRule } from '../../../src/domain/policy.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf } from '../provision/support.js';
import { actOn } from '../safety-copy/support.js';
import { adjust, ask, aSite, BASIC, PAID_APP, PRO, subscriptionsOf } from './support.js';

const DEAR: OperationRule['approval'] = {
  quorum: { operator: 1 },
  expiresAfterMs: 3_600_000,
  escalateAfterMs: 3_600_000,
};
/** Basic costs 5 USD a month, Pro 20. */
const BY_PRICE: readonly OperationRule[] = [
  { name: 'cheap app', when: { appPriceUsdAtMost: 10 }, approval: 'none' },
  { name: 'dear app', when: {}, approval: DEAR },
];
const NO_VIP: readonly OperationRule[] = [
  { name: 'vip', when: { tags: ['vip'] }, approval: 'none', refuse: 'ask the owner' },
  { name: 'others', when: { withoutTags: ['vip'] }, approval: 'none' },
];

describe('policy', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      policy: {
        'install-app': BY_PRICE,
        'change-app-plan': BY_PRICE,
        provision: BY_PRICE,
        backup: NO_VIP,
        'clear-cache': NO_VIP,
        deactivate: NO_VIP,
        archive: NO_VIP,
      },
    });
  });
  afterAll(() => harness.close());

  it('asks somebody above a price of an app', async () => {
    const site = await aSite(harness);
    await adjust(harness, 'install-app', site, { app: PAID_APP, plan: BASIC });
    const { workflowId } = await ask(harness, 'change-app-plan', site, {
      app: PAID_APP,
      plan: PRO,
    });
    const { plan } = await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    expect(plan?.approval?.rule).toBe('dear app');
    expect(await subscriptionsOf(harness, site)).toMatchObject([{ plan: BASIC }]);
    await harness.client.approve(workflowId, { by: 'kim', reason: 'it is worth it' });
    await endOf(harness, workflowId, 'succeeded');
    expect(await subscriptionsOf(harness, site)).toMatchObject([{ plan: PRO }]);
  });

  it.concurrent.each([
    [undefined, 'cheap app'],
    [BASIC, 'cheap app'],
    [PRO, 'dear app'],
  ])('knows what an app with plan %s costs', async (plan, rule) => {
    const site = await aSite(harness);
    const app = { app: PAID_APP, ...(plan !== undefined && { plan }) };
    const input = { account: 'main', requestedBy: 'ops', site, ...app };
    const install = await harness.client.plan('install-app', input);
    expect(install.plan?.material.rule).toBe(rule);
    const made = harness.input({
      apps: ['frappe', PAID_APP],
      ...(plan !== undefined && { appPlans: { [PAID_APP]: plan } }),
    });
    const provision = await harness.client.plan('provision', made);
    expect(provision.plan?.material.rule).toBe(rule);
  });

  it('knows the tags of a site, whatever is to be done to it', async () => {
    const [vip, other] = await Promise.all([aSite(harness), aSite(harness)]);
    await Promise.all([
      actOn(harness, vip, 'add_resource_tag', { tag: 'vip' }),
      actOn(harness, other, 'add_resource_tag', { tag: 'shop' }),
    ]);
    const ruleFor = async <K extends OperationKind>(kind: K, site: string) => {
      const input = { account: 'main', requestedBy: 'ops', site };
      const { plan } = await harness.client.plan(kind, input as unknown as InputOf[K]);
      return plan?.material.rule;
    };
    for (const kind of ['backup', 'clear-cache', 'deactivate', 'archive'] as const) {
      expect(await ruleFor(kind, vip)).toBe('vip');
      expect(await ruleFor(kind, other)).toBe('others');
    }
  });
});
