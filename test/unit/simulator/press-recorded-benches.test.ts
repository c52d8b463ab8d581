import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallOptions, messageOf, MINUTE, type Press } from './support/press-client.js';
import { ordered, orderSite, startQuickBuilds } from './support/orders.js';
import { recorded, recordedSteps, shapeDifferences } from './support/recordings.js';

let press: Press;
let order: string;

beforeAll(async () => {
  press = await startQuickBuilds();
  ({ order } = await ordered(press, 'sgdc-okay'));
  press.sim.clock.advance(20 * MINUTE);
  await ordered(press, 'acme-gone');
  press.sim.clock.advance(20 * MINUTE);
});

afterAll(() => press.sim.close());

interface Case {
  file: string;
  label?: string;
  method: string;
  body: () => unknown;
  options?: CallOptions;
}

const group = 'bench-0005';

const bench = (file: string, method: string, body: object, extra: Partial<Case> = {}): Case => ({
  file,
  method: `press.api.bench.${method}`,
  body: () => body,
  ...extra,
});

const client = (file: string, method: string, body: () => object, extra: Partial<Case> = {}) => ({
  file,
  method: `press.api.client.${method}`,
  body,
  ...extra,
});

const list = (file: string, label: string, doctype: string, fields: string[], filters: object) =>
  client(file, 'get_list', () => ({ doctype, fields, filters, order_by: 'creation desc' }), {
    label,
  });

const newGroup = (title: string) => ({
  bench: {
    title,
    version: 'Version 15',
    apps: [{ name: 'frappe', source: 'SRC-frappe-15' }],
    cluster: 'Mumbai',
    saas_app: '',
    server: null,
  },
});

const deploy = (method: string) => () => ({
  dt: 'Release Group',
  dn: 'bench-0007',
  method,
  args: {},
});

const SEQUENCE = 'seq-sgd-success';
const MID_BUILD = 'r2-seq-sgd-group-deleted-mid-build';

const CASES: readonly Case[] = [
  list(
    SEQUENCE,
    'get_list Site Group Deploy',
    'Site Group Deploy',
    ['name', 'status', 'site', 'release_group', 'creation'],
    { 'release_group.title': 'sgdc-okay' },
  ),
  list(
    SEQUENCE,
    'get_list Deploy Candidate Build',
    'Deploy Candidate Build',
    ['name', 'status', 'creation', 'deploy_candidate'],
    { group },
  ),
  list(
    'r2-lost-initial-deploy',
    'get_list Deploy Candidate Build after the re-send',
    'Deploy Candidate Build',
    ['name', 'status', 'creation'],
    { group },
  ),
  list(MID_BUILD, 'get_list Deploy Candidate Build', 'Deploy Candidate Build', ['name', 'status'], {
    group,
  }),
  list(SEQUENCE, 'get_list Release Group', 'Release Group', ['name', 'title', 'status'], {
    name: group,
  }),
  client('sgd-client-get', 'get', () => ({ doctype: 'Site Group Deploy', name: order })),
  client('client-get-release-group', 'get', () => ({ doctype: 'Release Group', name: group })),
  client('client-get-deploy-candidate-build', 'get', () => ({
    doctype: 'Deploy Candidate Build',
    name: press.sim.estate().builds[0]?.name,
  })),
  client('agent-job-list-by-group', 'get_list', () => ({
    doctype: 'Agent Job',
    fields: ['name', 'job_type', 'status'],
    filters: { group },
  })),
  client('rg-list-by-title', 'get_list', () => ({
    doctype: 'Release Group',
    fields: ['name', 'title'],
    filters: { title: 'sgdc-okay' },
  })),
  bench('bench-exists', 'exists', { title: 'sgdc-okay' }),
  bench('bench-exists-free', 'exists', { title: 'nothing here' }),
  bench('bench-options', 'options', {}),
  bench('bench-all', 'all', {}),
  bench('bench-apps', 'apps', { name: group }),
  bench('bench-versions', 'versions', { name: group }),
  bench('bench-jobs', 'jobs', { filters: { name: group }, limit_page_length: 5 }),
  bench('bench-candidates', 'candidates', { filters: { group } }),
  bench('bench-get-foreign', 'get', { name: group }, { options: { as: 'other' } }),
  bench('bench-new-err', 'new', newGroup('sgdc-okay')),
  bench('bench-new', 'new', newGroup('opsm group')),
  bench('deploy-information-new-group', 'deploy_information', { name: 'bench-0007' }),
  bench(
    'r2-lost-bench-add-apps',
    'add_apps',
    { name: 'bench-0007', apps: [{ app: 'frappe', source: 'SRC-frappe-15' }] },
    { label: 'RE-SEND' },
  ),
  client('bench-initial-deploy', 'run_doc_method', deploy('initial_deploy')),
  client('bench-initial-deploy-second', 'run_doc_method', deploy('initial_deploy')),
  client('sgd-redeploy-after-build-failure', 'run_doc_method', deploy('redeploy')),
  client('rg-delete', 'delete', () => ({ doctype: 'Release Group', name: 'bench-0007' })),
  client('rg-delete-again', 'delete', () => ({ doctype: 'Release Group', name: 'bench-0007' })),
  client('sgd-rg-after-delete', 'get', () => ({ doctype: 'Release Group', name: 'bench-0007' })),
  {
    file: 'options-for-new-server-foreign',
    method: 'press.api.site.options_for_new',
    body: () => ({ for_server: 'f1-mumbai.frappe.cloud' }),
  },
];

describe('answers about benches have the shape of the real server', () => {
  it.each(CASES)('$file $label', async ({ file, label, method, body, options }) => {
    const { response } = recorded(file, label);
    const reply = await press.call(method, body(), options);
    expect(reply.status).toBe(response.status);
    expect(reply.body.exc_type).toBe(response.body.exc_type);
    const ours = { ...reply.body };
    // The second round's recordings leave the traceback out.
    if (!('exc' in response.body)) delete ours.exc;
    expect(shapeDifferences(response.body, ours)).toEqual([]);
  });

  it.each([
    ['Bench', 'two fields nobody asked for', ['name', 'status']],
    ['New Bench Queue', 'no bench', ['name', 'status', 'bench']],
  ])('a row of %s shows %s', async (doctype, _what, fields) => {
    const body = { doctype, fields, filters: { group } };
    const reply = await press.call('press.api.client.get_list', body);
    const [theirs] = recordedSteps(SEQUENCE)
      .filter(({ label }) => label === `get_list ${doctype}`)
      .map(({ response }) => response.body)
      .filter(({ message }) => (message as unknown[]).length > 0);
    expect(shapeDifferences(theirs, reply.body)).toEqual([]);
  });
});

describe('refusals about benches', () => {
  it.each<[string, object, number, string]>([
    ['a key missing', { title: 'x' }, 500, ''],
    [
      "the platform's server",
      { server: 'f1-mumbai.frappe.cloud' },
      417,
      'You can only create benches on your servers',
    ],
    ['a cluster without servers', { cluster: 'Singapore' }, 417, 'There are no available servers'],
    ['an unknown version', { version: 'Version 9' }, 404, 'Frappe Version Version 9 not found'],
    ['no apps', { apps: [] }, 500, ''],
    [
      'an unknown app',
      { apps: [{ name: 'frappe' }, { name: 'nosuch' }] },
      417,
      'Could not find Row #2: App: nosuch',
    ],
    ['frappe not first', { apps: [{ name: 'erpnext' }] }, 417, 'First app must be Frappe'],
  ])('bench.new: %s', async (name, extra, status, text) => {
    const whole = { ...newGroup('another').bench, ...extra };
    const reply = await press.call('press.api.bench.new', {
      bench: name === 'a key missing' ? extra : whole,
    });
    expect([reply.status, messageOf(reply.body)]).toEqual([
      status,
      text && expect.stringContaining(text),
    ]);
  });

  it("bench.new on a server of one's own, with apps added all or not at all", async () => {
    const bench = { ...newGroup('own-server').bench, server: 'f9-mumbai.frappe.cloud' };
    const name = await press.ask<string>('press.api.bench.new', { bench });
    const add = (...apps: object[]) => press.call('press.api.bench.add_apps', { name, apps });
    const erpnext = { app: 'erpnext', source: 'SRC-erpnext-15' };
    expect((await add(erpnext, { app: 'frappe', source: 'SRC-frappe-15' })).status).toBe(417);
    expect((await add({ app: 'erpnext' })).status).toBe(500);
    expect((await add(erpnext)).body).toEqual({});
    const apps = await press.ask<{ name: string }[]>('press.api.bench.apps', { name });
    expect(apps.map((app) => app.name)).toEqual(['frappe', 'erpnext']);
    const document = await press.ask('press.api.client.get', { doctype: 'Release Group', name });
    expect(document).toMatchObject({ status: 'Awaiting Deploy', server: 'f9-mumbai.frappe.cloud' });
    expect(await press.ask('press.api.bench.get', { name })).toMatchObject({
      title: 'own-server',
      status: 'Awaiting Deploy',
      public: false,
      no_sites: 0,
    });
  });

  it('lists of builds: a field that is no column is an SQL error', async () => {
    const body = { doctype: 'Deploy Candidate Build', fields: ['deployed'], filters: { group } };
    const reply = await press.call('press.api.client.get_list', body);
    expect([reply.status, reply.body.exc_type]).toEqual([500, 'OperationalError']);
  });

  it('a group carries tags, a candidate its group', async () => {
    const tag = { dt: 'Release Group', dn: group, args: { tag: 'op-7' } };
    const rdm = (method: string) =>
      press.call('press.api.client.run_doc_method', { ...tag, method });
    const tagged = await rdm('add_resource_tag');
    expect(tagged.body.docs).toMatchObject([{ tags: [{ tag_name: 'op-7' }] }]);
    const filter = { status: 'Active', tag: 'op-7' };
    const found = await press.ask('press.api.bench.all', { bench_filter: filter });
    expect(found).toMatchObject([{ name: group, tags: ['op-7'] }]);
    expect((await rdm('remove_resource_tag')).body.docs).toMatchObject([{ tags: [] }]);
    expect((await rdm('archive')).status).toBe(403);
    const candidate = await press.ask('press.api.client.get', {
      doctype: 'Deploy Candidate',
      name: 'deploy-0005-000001',
    });
    expect(candidate).toMatchObject({ group, team: 'main00team' });
  });

  it('a foreign order is not to be seen', async () => {
    const asOther: CallOptions = { as: 'other' };
    const get = { doctype: 'Site Group Deploy', name: order };
    expect((await press.call('press.api.client.get', get, asOther)).status).toBe(403);
    const rows = await press.call('press.api.client.get_list', get, asOther);
    expect(rows.body.message).toEqual([]);
    expect((await orderSite(press, 'sgdc-okay')).status).toBe(417);
  });
});
