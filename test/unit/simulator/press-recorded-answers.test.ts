import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallOptions, type Press, SITE, startPress } from './support/press-client.js';
import { recorded, shapeDifferences } from './support/recordings.js';

let press: Press;
const shared = 'acme-one.frappe.cloud';
let job: string;

beforeAll(async () => {
  press = await startPress();
  const made = await press.newSite('acme-one', { apps: ['frappe', 'insights'] });
  job = (made.body.message as { job: string }).job;
  press.sim.clock.advance(600_000);
  await press.rdm(shared, 'add_resource_tag', { tag: 'op-123' });
  await press.rdm(shared, 'update_config', { config: { max_file_size: 1 } });
  press.sim.setDns('shop.customer.example', { CNAME: [shared] });
  await press.rdm(shared, 'add_domain', { domain: 'shop.customer.example' });
  press.sim.clock.advance(600_000);
});

afterAll(() => press.sim.close());

interface Case {
  file: string;
  label?: string;
  method: string;
  body?: unknown;
  options?: CallOptions;
  /** Differences we stand by, with the reason in a comment beside them. */
  known?: readonly string[];
}

const site = (
  file: string,
  method: string,
  body: object = {},
  known?: readonly string[],
): Case => ({
  file,
  method: `press.api.site.${method}`,
  body: { name: shared, ...body },
  ...(known ? { known } : {}),
});

const list = (file: string, body: object, known?: readonly string[]): Case => ({
  file,
  method: 'press.api.client.get_list',
  body,
  ...(known ? { known } : {}),
});

const insert = (subdomain: string, group = 'bench-0004') => ({
  doc: {
    doctype: 'Site',
    subdomain,
    domain: 'frappe.cloud',
    apps: [{ app: 'frappe' }],
    cluster: 'Mumbai',
    group,
    subscription_plan: 'USD 25',
  },
});

const CASES: readonly Case[] = [
  { file: 'auth-ok', method: 'press.api.account.me' },
  { file: 'team-foreign', method: 'press.api.account.me', options: { team: 'other0team' } },
  { file: 'body-json-array', method: 'press.api.account.me', body: [1, 2] },
  {
    file: 'site-new-shared',
    method: 'press.api.site.new',
    body: { site: { ...SITE, name: 'shop-two' } },
  },
  {
    file: 'new-err-cluster-missing',
    method: 'press.api.site.new',
    body: { site: { ...SITE, name: 'vali-date', cluster: null } },
  },
  { file: 'client-insert-site', method: 'press.api.client.insert', body: insert('insert-one') },
  {
    file: 'client-insert-site-foreign-group',
    method: 'press.api.client.insert',
    body: insert('insert-two'),
    options: { as: 'other' },
  },
  {
    file: 'client-get-site-active',
    method: 'press.api.client.get',
    body: { doctype: 'Site', name: shared },
  },
  {
    file: 'client-get-release-group',
    method: 'press.api.client.get',
    body: { doctype: 'Release Group', name: 'bench-0004' },
  },
  site('site-get-active', 'get'),
  site('login', 'login'),
  site('site-exists-taken', 'exists', { subdomain: 'acme-one', domain: 'frappe.cloud' }),
  site('site-exists-free', 'exists', { subdomain: 'free-one', domain: 'frappe.cloud' }),
  site('get-domain', 'get_domain'),
  site('get-site-plans', 'get_site_plans'),
  site('options-for-new', 'options_for_new'),
  site('options-for-new-bench', 'options_for_new', { for_bench: 'bench-0004' }, [
    // Keyed by the apps of the bench, which differ.
    '$.message.marketplace_details.hrms: missing',
    '$.message.marketplace_details.lms: not in the recording',
    '$.message.app_source_details.SRC-hrms-002: missing',
    '$.message.app_source_details.SRC-erpnext-002: missing',
    '$.message.app_source_details.SRC-erpnext-15: not in the recording',
    '$.message.app_source_details.SRC-lms-15: not in the recording',
  ]),
  site('get-new-site-options', 'get_new_site_options', {}, [
    '$.message.marketplace_apps.hrms: not in the recording',
    '$.message.marketplace_apps.lms: not in the recording',
    '$.message.marketplace_apps.insights: not in the recording',
  ]),
  site('site-config', 'site_config'),
  site('update-config', 'update_config', {
    config: [{ key: 'max_file_size', value: 20971520, type: 'Number' }],
  }),
  site('update-config-bad-type', 'update_config', {
    config: [{ key: 'max_file_size', value: 'abc', type: 'Number' }],
  }),
  site('domains', 'domains'),
  site('domain-exists', 'domain_exists', { domain: 'shop.customer.example' }),
  site('check-dns-none', 'check_dns', { domain: 'none.customer.example' }),
  site('add-domain-bad-dns', 'add_domain', { domain: 'none.customer.example' }),
  site('r2-domain-retry-add-unknown', 'retry_add_domain', { domain: 'none.customer.example' }),
  site('set-host-name', 'set_host_name', { domain: 'shop.customer.example' }),
  site('set-host-name-default', 'set_host_name', { domain: shared }),
  site('installed-apps-after', 'installed_apps'),
  site('current-plan', 'current_plan'),
  site('clear-cache', 'clear_cache'),
  site('site-activities', 'activities', { filters: { site: shared } }),
  site('site-jobs', 'jobs', { filters: { site: shared }, limit_page_length: 10 }),
  {
    ...site('site-job-success', 'job'),
    get body() {
      return { job };
    },
  },
  {
    ...site('site-get-job-status-foreign', 'get_job_status'),
    get body() {
      return { job_name: job };
    },
  },
  site('site-get-job-status-unknown', 'get_job_status', { job_name: 'nosuchjob0' }),
  list('client-get-list-site', {
    doctype: 'Site',
    fields: ['name', 'status', 'plan', 'cluster.title as ct', 'no_such_field'],
    filters: {},
  }),
  list('client-get-list-limit', { doctype: 'Site', fields: ['name'], filters: {}, limit: 1 }),
  list('client-get-list-site-orfilter', {
    doctype: 'Site',
    fields: ['name', 'status'],
    filters: { status: ['in', ['Active', 'Broken']], no_such: 'x' },
  }),
  list('get-list-site-activity', {
    doctype: 'Site Activity',
    fields: ['name', 'action', 'reason', 'job', 'site', 'creation', 'owner'],
    filters: { site: shared },
    order_by: 'creation desc',
  }),
  list('get-list-site-domain', {
    doctype: 'Site Domain',
    fields: ['name', 'domain', 'status', 'dns_type', 'site', 'redirect_to_primary'],
    filters: { site: shared },
  }),
  list('jobs-after-config', {
    doctype: 'Agent Job',
    fields: ['name', 'job_type', 'status', 'creation'],
    filters: { site: shared },
    order_by: 'creation desc',
    limit: 4,
  }),
  list('agent-job-list-by-group', {
    doctype: 'Agent Job',
    fields: ['name', 'job_type', 'status'],
    filters: { group: 'bench-0004' },
  }),
  list('rg-list-by-title', {
    doctype: 'Release Group',
    fields: ['name', 'title'],
    filters: { title: 'main-private' },
  }),
  {
    file: 'r2-marketplace-get-app-plans',
    method: 'press.api.marketplace.get_app_plans',
    body: { app: 'insights' },
  },
  {
    file: 'r2-marketplace-get-app-plans-unknown',
    method: 'press.api.marketplace.get_app_plans',
    body: { app: 'nosuch' },
  },
  {
    file: 'r2-marketplace-get-subscriptions-for-site',
    method: 'press.api.marketplace.get_marketplace_subscriptions_for_site',
    body: { site: shared },
  },
  {
    file: 'seq-archive-success',
    label: 'run_doc_method archive',
    method: 'press.api.client.run_doc_method',
    body: { dt: 'Site', dn: 'acme-two.frappe.cloud', method: 'archive', args: { force: true } },
  },
];

describe('answers have the shape of the real server', () => {
  it.each(CASES)('$file', async ({ file, label, method, body = {}, options, known = [] }) => {
    if (file === 'seq-archive-success') await press.activeSite('acme-two');
    const { response } = recorded(file, label);
    const reply = await press.call(method, body, options);
    expect(reply.status).toBe(response.status);
    const differences = shapeDifferences(response.body, reply.body);
    expect(differences.filter((line) => !known.includes(line))).toEqual([]);
  });

  it('running jobs, while they run', async () => {
    await press.newSite('busy-one');
    press.sim.clock.advance(20_000);
    const reply = await press.call('press.api.site.running_jobs', {
      name: 'busy-one.frappe.cloud',
    });
    const { response } = recorded('seq-site-new-success', 'site.running_jobs');
    expect(reply.status).toBe(response.status);
    const [running] = reply.body.message as Record<string, unknown>[];
    expect(running).toMatchObject({
      name: 'New Site',
      status: 'Running',
      current: { step_name: 'New Site', status: 'Running', index: 0, total: 7 },
    });
  });

  it('carries the cookies, the cache header and the virtual date', async () => {
    const { headers } = await press.call('press.api.account.me', {});
    const theirs = recorded('auth-ok').response.headers;
    const names = headers.getSetCookie().map((cookie) => cookie.split('=')[0]);
    expect(names).toEqual(['sid', 'system_user', 'full_name', 'user_id', 'user_lang']);
    for (const name of names) expect(theirs['Set-Cookie']).toContain(`${name}=`);
    expect(headers.get('cache-control')).toBe(theirs['Cache-Control']);
    expect(headers.get('date')).toBe(press.sim.clock.now().toUTCString());
  });
});
