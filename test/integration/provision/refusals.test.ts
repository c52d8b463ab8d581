import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProvisionSiteInput } from '../../../src/client.js';
import { seal, createSealingKeys } from '../../../src/security/sealed.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { aName, effectsOn, endOf, fullName, makeSite, provision, siteIn } from './support.js';

const MUTATION =
  /site\.new$|run_doc_method|add_domain|change_app_plan|client\.(insert|delete|set_value)/;

describe('a provision that may not be', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      policy: {
        configKeys: ['mail_server', 'mail_password', 'mail_port'],
        configTypes: { mail_port: 'number' },
        secretConfigKeys: ['mail_password'],
        apps: [{ planPriceUsdAtMost: 10, allow: ['crm'] }, { allow: ['*'] }],
        // Decides only where account and time of the beginning are known.
        provision: [
          {
            name: 'any hour on any account',
            when: { accounts: ['*'], hours: { days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 1_440 } },
            approval: 'none',
          },
        ],
        requesters: [
          { accounts: ['other'], people: ['other-ops'], roles: [] },
          { accounts: ['*'], people: ['ops', 'somebody'], roles: [] },
        ],
      },
    });
  });
  afterAll(() => harness.close());

  /** Refused, and Press was never asked to change anything. */
  const expectRefused = async (change: Partial<ProvisionSiteInput>, reason: RegExp) => {
    const subdomain = change.subdomain ?? aName();
    const before = harness.simulator.calls().length;
    const result = await provision(harness, { ...change, subdomain }, 'refused');
    expect(result.reason).toMatch(reason);
    const mutations = harness.simulator
      .calls()
      .slice(before)
      .filter(
        ({ method, args }) => MUTATION.test(method) && JSON.stringify(args).includes(subdomain),
      );
    expect(mutations).toEqual([]);
  };

  it.concurrent.each<[string, Partial<ProvisionSiteInput>, RegExp]>([
    ['an unknown plan', { plan: 'USD 26' }, /"USD 26" is not a plan.*near: .*"USD 25"/],
    ['an unknown version', { version: 'Version 99' }, /no shared bench for "Version 99"/],
    ['a cluster without a bench', { cluster: 'Singapore' }, /not in "Singapore"/],
    ['an unknown group', { group: 'bench-9999' }, /neither a group of this team nor public/],
    [
      'a group of another team, which Press would accept (N2)',
      { group: 'bench-0004', account: 'other' },
      /bench-0004 is neither a group of this team nor public/,
    ],
    [
      'a version that the named group does not have',
      { group: 'bench-0004', version: 'Version 16', apps: ['frappe'] },
      /main-private runs Version 15, asked was Version 16/,
    ],
    ['an app that is not on the bench', { apps: ['frappe', 'lms'] }, /not on the bench.*lms/],
    ['a plan for dedicated servers', { plan: 'Unlimited' }, /dedicated|not a plan of this account/],
    ['a plan that does not allow an app', { plan: 'USD 10 CRM' }, /does not allow erpnext/],
    [
      'a plan in another cluster',
      { plan: 'USD 10 CRM', apps: ['frappe', 'crm'], cluster: 'Frankfurt' },
      /not offered in cluster Frankfurt/,
    ],
    ['an account that is not configured', { account: 'nobody' }, /unknown account "nobody"/],
    ['a key that acts for another team', { account: 'wrong-team' }, /Press acts as team/],
    ['a config key off the list', { config: { developer_mode: true } }, /policy does not allow/],
    [
      'a config value of another type',
      { config: { mail_port: 'twenty-five' } },
      /mail_port must be a number/,
    ],
    [
      'an app that policy keeps off the plan',
      { plan: 'USD 10' },
      /policy does not allow erpnext on USD 10/,
    ],
    [
      'somebody who may not ask for anything on the account',
      { requestedBy: 'other-ops' },
      /policy does not let other-ops request anything on account main/,
    ],
    ['a secret in clear', { config: { mail_password: 'in clear' } }, /must be sealed/],
    [
      'a domain of Press itself',
      { customDomains: ['shop.frappe.cloud'] },
      /a custom domain is the customer's/,
    ],
    [
      'an app plan that is not offered',
      { apps: ['frappe', 'insights'], appPlans: { insights: 'Gold' } },
      /"Gold" is not offered/,
    ],
  ])('%s', (_, change, reason) => expectRefused(change, reason));

  it.concurrent('a secret sealed for another installation', async () => {
    const elsewhere = await createSealingKeys();
    const secret = await seal('canary', elsewhere.publicJwk);
    await expectRefused({ config: { mail_password: secret } }, /not sealed for this installation/);
  });

  it.concurrent.each([
    ['main', /exists already, in this team/],
    ['other', /taken by another team/],
  ] as const)('a name that team %s has', async (account, reason) => {
    const subdomain = aName();
    await makeSite(harness, account, subdomain);
    const result = await provision(harness, { subdomain }, 'refused');
    expect(result.reason).toMatch(reason);
    expect(effectsOn(harness, result.site)).toEqual(['site.create']);
  });

  it.concurrent('a name that is a custom domain of another site', async () => {
    const [owner, subdomain] = [aName(), aName()];
    const domain = `${subdomain}.example.com`;
    harness.simulator.setDns(domain, { CNAME: [fullName(harness, owner)] });
    await provision(harness, { subdomain: owner, customDomains: [domain] }, 'succeeded');
    await expectRefused({ subdomain, domain: 'example.com' }, /is a custom domain of another site/);
    await expectRefused({ customDomains: [domain] }, /belongs to another site/);
  });

  it.concurrent('a team without a payment method: Press says so, and nothing is left', async () => {
    const result = await provision(harness, { account: 'nopay' }, 'refused');
    expect(result.reason).toMatch(/payment method/);
    expect(effectsOn(harness, result.site)).toEqual([]);
    expect(siteIn(harness, result.site)).toBeUndefined();
    expect(await harness.ledger.commandsOf(result.operationId)).toMatchObject([
      { step: 'create', state: 'refused', attempt: 1 },
    ]);
  });

  it.concurrent('a dry run tells everything and touches nothing', async () => {
    const subdomain = aName();
    const status = await harness.client.plan(
      'provision',
      harness.input({ subdomain, plan: 'USD 100' }),
    );
    expect(status).toMatchObject({ state: 'planned', plan: { refusal: null } });
    expect(status.plan?.checks.every(({ result }) => result === 'pass')).toBe(true);
    expect(effectsOn(harness, status.site)).toEqual([]);
    await endOf(harness, status.workflowId, 'planned');
  });

  it.concurrent.each([
    ['null', null],
    ['a number', 42],
    ['a text', 'provision please'],
    ['a list', [1, 2, 3]],
    ['what no key decodes', { undecodable: true, keyId: 'lost' }],
    ['half an input', { account: 'main', subdomain: 'x', apps: 'frappe' }],
  ])('a start from a plain SDK with %s ends refused, on record', async (_, given) => {
    const workflowId = `plain-${randomUUID()}`;
    const { temporal } = harness.client;
    const options = { workflowId, taskQueue: 'sitewright', args: [given] };
    await temporal.workflow.start('provisionSite', options);
    const result = await endOf(harness, workflowId, 'refused');
    expect(result.reason).toMatch(/^InvalidInput: /);
    const events = await harness.ledger.events(result.operationId);
    expect(events.map(({ type }) => type)).toEqual(['operation.opened', 'operation.closed']);
  });

  it('a key that Press refuses: waits in sight, raises one alarm, and can be cancelled', async () => {
    const inputs = [aName(), aName()].map((subdomain) =>
      harness.input({ subdomain, account: 'wrong-key' }),
    );
    const handles = await Promise.all(inputs.map((input) => harness.client.provision(input)));
    for (const { workflowId } of handles) {
      const handle = harness.client.temporal.workflow.getHandle(workflowId);
      await expect
        .poll(async () => (await handle.describe()).raw.pendingActivities?.[0]?.attempt, {
          timeout: 20_000,
        })
        .toBeGreaterThan(1);
      expect(await harness.client.status(workflowId)).toMatchObject({ state: 'preflight' });
    }
    expect(harness.notifications.filter(({ message }) => /wrong-key/.test(message))).toHaveLength(
      1,
    );
    for (const { workflowId } of handles) {
      const answer = await harness.client.cancel(workflowId, { by: 'ops' });
      expect(answer).toEqual({ accepted: true, reason: 'nothing was sent yet' });
      await endOf(harness, workflowId, 'cancelled');
    }
  });
});
