import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CallOptions,
  messageOf,
  type Press,
  SITE,
  startPress,
} from './support/press-client.js';
import { inOurNames, recorded, shapeDifferences } from './support/recordings.js';

let press: Press;
let active: string;

beforeAll(async () => {
  press = await startPress();
  active = await press.activeSite('acme-two');
  await press.activeSite('acme-one');
  press.sim.setDns('shop.customer.example', { A: ['198.51.100.10'] });
  await press.ask('press.api.site.add_domain', { name: active, domain: 'shop.customer.example' });
});

afterAll(() => press.sim.close());

interface Case {
  file: string;
  method: string;
  body: (site: string) => unknown;
  options?: CallOptions;
}

const newSite = (file: string, site: unknown): Case => ({
  file,
  method: 'press.api.site.new',
  body: () => ({ site }),
});

const without = (key: keyof typeof SITE): object =>
  Object.fromEntries(
    Object.entries({ ...SITE, name: 'vali-date' }).filter(([name]) => name !== key),
  );

const client = (file: string, method: string, body: unknown, options?: CallOptions): Case => ({
  file,
  method: `press.api.client.${method}`,
  body: () => body,
  ...(options ? { options } : {}),
});

const rdm = (file: string, dn: string, method: string, args?: unknown, options?: CallOptions) =>
  client(file, 'run_doc_method', { dt: 'Site', dn, method, args }, options);

const own = (file: string, method: string, extra: object = {}, options?: CallOptions): Case => ({
  file,
  method: `press.api.site.${method}`,
  body: (name) => ({ name, ...extra }),
  ...(options ? { options } : {}),
});

const asOther: CallOptions = { as: 'other' };
const wrongKey: CallOptions = { headers: { authorization: 'token nokey:nosecret' } };
const site = 'acme-two.frappe.cloud';

const CASES: readonly Case[] = [
  newSite('new-err-apps-missing', without('apps')),
  newSite('new-err-plan-missing', without('plan')),
  newSite('new-err-group-missing', without('group')),
  newSite('new-err-group-unknown', { ...SITE, name: 'vali-date', group: 'bench-9999' }),
  newSite('new-err-cluster-unknown', { ...SITE, name: 'vali-date', cluster: 'Nowhere' }),
  newSite('new-err-app-order', { ...SITE, name: 'vali-date', apps: ['erpnext', 'frappe'] }),
  newSite('new-err-app-unknown', { ...SITE, name: 'vali-date', apps: ['frappe', 'nosuchapp'] }),
  newSite('new-err-app-not-on-bench', { ...SITE, name: 'vali-date', apps: ['frappe', 'lms'] }),
  newSite('new-err-plan-dedicated', { ...SITE, name: 'vali-date', plan: 'Unlimited' }),
  newSite('new-err-subdomain-chars', { ...SITE, name: 'Bad_Name!' }),
  newSite('new-err-subdomain-empty', { ...SITE, name: '' }),
  newSite('new-err-subdomain-long', { ...SITE, name: 'a'.repeat(33) }),
  newSite('new-err-subdomain-short', { ...SITE, name: 'abc' }),
  newSite('new-err-site-string', 'acme'),
  newSite('new-with-selected-app-plans', {
    ...SITE,
    name: 'with-app-plans',
    selected_app_plans: { crm: 'Free' },
  }),
  { ...newSite('site-new-duplicate-foreign', { ...SITE, name: 'acme-one' }), options: asOther },
  { file: 'auth-bad-key', method: 'press.api.account.me', body: () => ({}), options: wrongKey },
  client('auth-none-client-get-list', 'get_list', { doctype: 'Site' }, { as: null }),
  client(
    'path-denied-frappe-client',
    'get_list',
    {},
    { path: '/api/method/frappe.client.get_list' },
  ),
  client('path-denied-resource', 'get', {}, { path: '/api/resource/Site', verb: 'GET' }),
  client('path-notfound-page', 'get', {}, { path: '/api/nothing', verb: 'GET' }),
  client('path-denied-v2', 'get', {}, { path: '/api/v2/method/press.api.account.me' }),
  { file: 'path-unknown-module', method: 'press.api.nosuch.thing', body: () => ({}) },
  { file: 'body-not-json', method: 'press.api.account.me', body: () => '{not json' },
  { file: 'missing-param', method: 'press.api.site.get', body: () => ({}) },
  {
    file: 'missing-param-unprotected',
    method: 'press.api.site.exists',
    body: () => ({ subdomain: 'abcde' }),
  },
  rdm('rdm-foreign', site, 'clear_site_cache', {}, asOther),
  rdm('rdm-missing-doc', 'nope.frappe.cloud', 'clear_site_cache', {}),
  rdm('rdm-not-dashboard', site, 'backup', {}),
  rdm('rdm-unknown-method', site, 'nope', {}),
  rdm('rdm-args-missing', site, 'nope2'),
  client('rdm-get-list-filters-list', 'get_list', {
    doctype: 'Site',
    filters: [['name', '=', 'x']],
  }),
  client('client-get-list-doctype-denied', 'get_list', { doctype: 'Remote File' }),
  client('client-get-doctype-denied', 'get', { doctype: 'User', name: 'Administrator' }),
  client('client-insert-doctype-denied', 'insert', { doc: { doctype: 'User' } }),
  client('client-get-list-agent-job-unfiltered', 'get_list', { doctype: 'Agent Job', filters: {} }),
  client(
    'client-get-list-agent-job-foreign',
    'get_list',
    { doctype: 'Agent Job', filters: { site } },
    asOther,
  ),
  client('agent-job-list-in-filter', 'get_list', {
    doctype: 'Agent Job',
    filters: { site: ['in', [site]] },
  }),
  client('set-value-site-status', 'set_value', {
    doctype: 'Site',
    name: site,
    fieldname: 'status',
    value: 'Broken',
  }),
  own('site-get-missing', 'get', { name: 'nope.frappe.cloud' }),
  own('site-get-foreign', 'get', {}, asOther),
  { file: 'site-job-unknown', method: 'press.api.site.job', body: () => ({ job: 'nosuchjob' }) },
  { file: 'site-jobs-no-filters', method: 'press.api.site.jobs', body: () => ({}) },
  {
    file: 'site-jobs-wrong-first-key',
    method: 'press.api.site.jobs',
    body: (name) => ({ filters: { status: 'Success', site: name } }),
  },
  rdm('update-config-rdm-blacklisted', site, 'update_config', { config: { db_name: 'x' } }),
  own('add-domain-again', 'add_domain', { domain: 'shop.customer.example' }),
  own('remove-domain-again', 'remove_domain', { domain: 'nosuch.customer.example' }),
  own('r2-domain-retry-add-active', 'retry_add_domain', { domain: 'shop.customer.example' }),
  {
    file: 'r2-marketplace-change-app-plan-unknown',
    method: 'press.api.marketplace.change_app_plan',
    body: () => ({ subscription: 'nosuch', new_plan: 'nosuch' }),
  },
];

/** The user messages of an error, ids left out. */
function entriesOf(body: Record<string, unknown>, rename = (text: string) => text): unknown[] {
  if (typeof body._server_messages !== 'string') return [];
  const entries = JSON.parse(rename(body._server_messages)) as string[];
  return entries.map((entry) => {
    const { __frappe_exc_id: id, ...rest } = JSON.parse(entry) as Record<string, unknown>;
    return { ...rest, hasId: typeof id === 'string' };
  });
}

describe('refusals are those of the real server', () => {
  it.each(CASES)('$file', async ({ file, method, body, options }) => {
    if (file === 'r2-domain-retry-add-active') press.sim.clock.advance(600_000);
    const { response } = recorded(file);
    const reply = await press.call(method, body(active), options);
    expect(reply.status).toBe(response.status);
    expect(reply.body.exc_type).toBe(response.body.exc_type);
    expect(shapeDifferences(response.body, reply.body)).toEqual([]);
    expect(entriesOf(reply.body)).toEqual(entriesOf(response.body, inOurNames));
    if (typeof response.body.exception === 'string') {
      expect(reply.body.exception).toBe(inOurNames(response.body.exception));
    }
  });

  it('set-host-name-pending and the default domain', async () => {
    const name = await press.activeSite('opse-site');
    const set = (domain: string) => press.call('press.api.site.set_host_name', { name, domain });
    const refused = await set('shop.customer.example');
    const { response } = recorded('set-host-name-pending');
    expect(messageOf(refused.body)).toBe(inOurNames(messageOf(response.body)));
    const removed = await press.call('press.api.site.remove_domain', { name, domain: name });
    const theirs = recorded('remove-domain-default').response;
    expect([removed.status, messageOf(removed.body)]).toEqual([
      theirs.status,
      messageOf(theirs.body),
    ]);
  });
});
