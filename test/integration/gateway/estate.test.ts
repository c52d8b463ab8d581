import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AccountsSchema, AccountViewSchema } from '../../../src/schemas/estate/account.js';
import { BackupsSchema } from '../../../src/schemas/estate/backups.js';
import { BillingSchema } from '../../../src/schemas/estate/billing.js';
import { JobSchema, JobsSchema } from '../../../src/schemas/estate/jobs.js';
import { AppPlansSchema, PlansSchema } from '../../../src/schemas/estate/plans.js';
import { SiteViewSchema } from '../../../src/schemas/estate/site.js';
import { type GatewayUnderTest, publicGroup, startGatewayUnderTest, TOKEN } from './support.js';

describe('the gateway tells', () => {
  let gateway: GatewayUnderTest;
  const site = 'acme-shop.frappe.cloud';
  const password = 'cnry-3f9d2b7a51';
  const siteKey = 'cnry-8c41d0e6b2';

  const statusOf = (name: string) =>
    gateway.simulator.estate().sites.find((row) => row.name === name)?.status;

  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
    const { simulator } = gateway;
    simulator.addFault({
      job: { jobType: 'Clear Cache', site },
      fault: {
        kind: 'fail_step',
        step: 1,
        output: `bench --admin-password ${password} clear-cache\n"db_password": "${password}"`,
      },
    });
    const order = { apps: ['frappe'], plan: 'USD 25', cluster: 'Mumbai', version: 'Version 15' };
    const group = publicGroup(simulator);
    await gateway.press('press.api.site.new', {
      site: { name: 'acme-shop', domain: simulator.domain, group, ...order },
    });
    await vi.waitFor(() => expect(statusOf(site)).toBe('Active'), { timeout: 30_000 });
    await gateway.press('press.api.site.clear_cache', { name: site });
    const config = [
      { key: 'mail_password', value: password, type: 'Password' },
      { key: 'mail_server', value: 'smtp://ops:hidden-word@mail.example', type: 'String' },
      { key: 's3_backup', value: JSON.stringify({ secret_access_key: siteKey }), type: 'JSON' },
      { key: 'limit', value: 7, type: 'Number' },
    ];
    await gateway.press('press.api.site.update_config', { name: site, config });
    simulator.backUp(site, { offsite: true });
    const failed = () => simulator.estate().jobs.find(({ jobType }) => jobType === 'Clear Cache');
    await vi.waitFor(() => expect(failed()?.status).toBe('Failure'), { timeout: 30_000 });
  });
  afterAll(() => gateway.close());

  it('which accounts there are, without asking anybody', async () => {
    const before = gateway.simulator.calls().length;
    const { value } = await gateway.get('/v1/accounts');
    const names = AccountsSchema.parse(value).accounts.map(({ name }) => name);
    expect(names).toEqual(['main', 'other', 'wrong-key', 'away']);
    expect(gateway.simulator.calls()).toHaveLength(before);
  });

  it('everything about a site but its secrets', async () => {
    const { value, text } = await gateway.get(`/v1/sites/${site}`);
    const view = SiteViewSchema.strict().parse(value);
    expect(view).toMatchObject({
      account: 'main',
      name: site,
      status: 'Active',
      version: 'Version 15',
      plan: 'USD 25',
      group: { name: publicGroup(gateway.simulator), title: 'Version 15 Shared' },
      cluster: 'Mumbai',
      apps: ['frappe'],
      domains: [{ domain: site, status: 'Active', primary: true }],
      troubles: [],
      missing: [],
    });
    expect(view.config).toEqual(
      expect.arrayContaining([
        { key: 'mail_password', type: 'Password', value: '*******' },
        { key: 's3_backup', type: 'JSON', value: '*******' },
        { key: 'limit', type: 'Number', value: '7' },
      ]),
    );
    expect(view.backups).toHaveLength(1);
    for (const secret of [password, siteKey, 'hidden-word']) expect(text).not.toContain(secret);
  });

  it('which operations a site has had', async () => {
    const opening = {
      operationId: 'op-1',
      kind: 'clear-cache',
      site,
      requestedBy: 'ops',
      idempotencyKey: null,
      payloadHash: 'x',
      reason: null,
      workflowId: 'w',
      runId: 'r',
      input: {},
    } as const;
    const event = { key: 'opened', type: 'opened', data: {} };
    await gateway.ledger.openOperation({ ...opening, account: 'main' }, event);
    await gateway.ledger.openOperation(
      { ...opening, account: 'other', operationId: 'op-2', payloadHash: 'y' },
      event,
    );
    const { value } = await gateway.get(`/v1/sites/${site}`);
    const { operations } = SiteViewSchema.parse(value);
    expect(operations.map(({ operationId }) => operationId)).toEqual(['op-1']);
  });

  it('the rest of a site when a part cannot be read', async () => {
    const excType = 'OperationalError';
    gateway.simulator.addFault({
      call: { method: 'press.api.site.domains' },
      fault: { kind: 'exception', excType, status: 500 },
    });
    const { status, value } = await gateway.get(`/v1/sites/${site}`);
    gateway.simulator.clearFaults();
    expect(status).toBe(200);
    const view = SiteViewSchema.parse(value);
    expect(view).toMatchObject({ domains: null, apps: ['frappe'] });
    expect(view.missing.map(({ part }) => part)).toEqual(['domains']);
  });

  it('the jobs of a site, page by page', async () => {
    const first = JobsSchema.parse((await gateway.get(`/v1/sites/${site}/jobs?limit=2`)).value);
    expect(first.jobs).toHaveLength(2);
    expect(first.next).toBe(2);
    const all = JobsSchema.parse((await gateway.get(`/v1/sites/${site}/jobs`)).value);
    const rest = await gateway.get(`/v1/sites/${site}/jobs?start=2&limit=500`);
    expect([...first.jobs, ...JobsSchema.parse(rest.value).jobs]).toEqual(all.jobs);
    expect(all.next).toBeNull();
    expect(all.jobs.map(({ type }) => type)).toContain('New Site');
  });

  it('a job with what it printed, but for the secrets in it', async () => {
    const { jobs } = JobsSchema.parse((await gateway.get(`/v1/sites/${site}/jobs`)).value);
    const failed = jobs.find(({ type }) => type === 'Clear Cache');
    const { value, text } = await gateway.get(`/v1/jobs/${failed?.name}`);
    const job = JobSchema.strict().parse(value);
    expect(job).toMatchObject({ type: 'Clear Cache', status: 'Failure' });
    expect(job.steps.map(({ output }) => output).join('\n')).toContain('--admin-password •••');
    expect(text).not.toContain(password);
  });

  it('backups without the links to them', async () => {
    const { value, text } = await gateway.get(`/v1/sites/${site}/backups`);
    const { backups } = BackupsSchema.strict().parse(value);
    expect(backups).toMatchObject([{ offsite: true, withFiles: true, scheduled: true }]);
    expect(text).not.toContain('http');
  });

  it('bills', async () => {
    const { team } = gateway.simulator.accounts.main;
    gateway.simulator.addInvoice(team, { amount: 1_234 });
    const { value } = await gateway.get('/v1/billing');
    const billing = BillingSchema.strict().parse(value);
    expect(billing.unpaid).toHaveLength(1);
    expect(billing.unpaidTotal).toBeGreaterThan(0);
    expect(billing.currency).toBe('INR');
  });

  it('plans, the cheapest first', async () => {
    const { plans } = PlansSchema.strict().parse((await gateway.get('/v1/plans')).value);
    const prices = plans.map(({ priceUsd }) => priceUsd);
    expect(prices).toEqual([...prices].sort((a, b) => a - b));
    expect(plans.map(({ name }) => name)).toContain('USD 25');
  });

  it('plans of an app, the cheapest first; none of one that is not known', async () => {
    const plansOf = async (app: string) =>
      AppPlansSchema.strict().parse((await gateway.get(`/v1/apps/${app}/plans`)).value).plans;
    expect((await plansOf('insights')).map(({ priceUsd }) => priceUsd)).toEqual([0, 5, 20]);
    expect(await plansOf('nosuch')).toEqual([]);
  });

  it.each(['', '/jobs', '/backups'])('that there is no such site: %s', async (rest) => {
    for (const name of ['nobody.frappe.cloud', 'nosuch']) {
      const { status, value } = await gateway.get(`/v1/sites/${name}${rest}`);
      expect({ status, value }).toMatchObject({
        status: 404,
        value: { error: { code: 'not_found', message: `account main has no site ${name}` } },
      });
    }
  });

  it('nothing that is secret on any route', async () => {
    const { jobs } = JobsSchema.parse((await gateway.get(`/v1/sites/${site}/jobs`)).value);
    const routes = [
      ...['accounts', 'account', 'sites', 'plans', 'billing'].map((name) => `/v1/${name}`),
      ...['', '/jobs', '/backups'].map((rest) => `/v1/sites/${site}${rest}`),
      ...jobs.map(({ name }) => `/v1/jobs/${name}`),
    ];
    const { apiKey, apiSecret } = gateway.simulator.accounts.main;
    const secrets = [password, siteKey, 'hidden-word', apiKey, apiSecret, TOKEN];
    for (const route of routes) {
      const { status, text } = await gateway.get(route);
      expect(status, route).toBe(200);
      expect(text, route).not.toMatch(/X-Amz|sid=|encryption_key/);
      for (const secret of secrets) expect(text, route).not.toContain(secret);
    }
    // The world has them, so that their absence means something.
    expect(JSON.stringify(gateway.simulator.estate())).toContain(siteKey);
  });

  it('who an account is', async () => {
    const { user, team } = gateway.simulator.accounts.main;
    const { value, text } = await gateway.get('/v1/account');
    expect(AccountViewSchema.strict().parse(value)).toMatchObject({
      user,
      team: { name: team, asConfigured: true, enabled: true },
      activeSites: 1,
    });
    expect(text).not.toContain(gateway.simulator.accounts.main.apiKey);
  });

  it('its own tags, and not those of other sites of the team', async () => {
    const [own, other] = gateway.simulator.addSites({
      count: 2,
      prefix: 'tagged',
      group: publicGroup(gateway.simulator),
      plan: 'USD 25',
    });
    for (const [dn, tag] of [
      [own, 'gold'],
      [other, 'silver'],
    ]) {
      const call = { dt: 'Site', dn, method: 'add_resource_tag', args: { tag } };
      await gateway.press('press.api.client.run_doc_method', call);
    }
    const { value } = await gateway.get(`/v1/sites/${own}`);
    expect(SiteViewSchema.parse(value).overview?.tags).toEqual(['gold']);
  });
});
