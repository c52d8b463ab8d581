import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  type GatewayUnderTest,
  linesIn,
  publicGroup,
  startGatewayUnderTest,
} from './support.js';

describe('GET /v1/sites', () => {
  let gateway: GatewayUnderTest;
  let group: string;
  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
    const { simulator } = gateway;
    group = publicGroup(simulator);
    simulator.addSites({ count: 1_203, prefix: 'shop', group, plan: 'USD 25' });
    simulator.addSites({ count: 2, prefix: 'large', group, plan: 'USD 50' });
    const { team } = simulator.accounts.other;
    simulator.addSites({ count: 1, prefix: 'foreign', group, plan: 'USD 25', team });
  });
  afterAll(() => gateway.close());

  const namesIn = (answer: Answer<unknown>) =>
    linesIn(answer).flatMap((line) => ('site' in line ? [line.site.name] : []));

  it('streams every site once, from A to Z, in few calls, and says that it is whole', async () => {
    const before = gateway.simulator.calls().length;
    const answer = await gateway.get('/v1/sites');
    expect(answer.status).toBe(200);
    const names = namesIn(answer);
    expect(names).toHaveLength(1_205);
    expect(names).toEqual([...new Set(names)].sort());
    expect(linesIn(answer).at(-1)).toEqual({ end: { sites: 1_205 } });
    expect(gateway.simulator.calls().length - before).toBe(3);
  });

  it('tells of a site what a list needs', async () => {
    const answer = await gateway.get('/v1/sites?search=large-1');
    expect(linesIn(answer)[0]).toEqual({
      site: {
        name: 'large-1.frappe.cloud',
        status: 'Active',
        version: 'Version 15',
        plan: 'USD 50',
        group: { name: group, title: expect.any(String) as string },
        cluster: expect.any(String) as string,
        hostName: 'large-1.frappe.cloud',
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        troubles: [],
      },
    });
  });

  it.each([
    ['plan=USD%2050', 2],
    ['version=Version%2015&plan=USD%2050', 2],
    ['version=Version%2014', 0],
    ['group=nobody', 0],
    ['status=Broken,Suspended', 0],
    ['status=Active&status=Broken&plan=USD%2050', 2],
    ['search=LARGE', 2],
    ['limit=501', 501],
  ])('narrows: %s', async (query, sites) => {
    const answer = await gateway.get(`/v1/sites?${query}`);
    expect(linesIn(answer).at(-1)).toEqual({ end: { sites } });
    expect(namesIn(answer)).toHaveLength(sites);
  });

  it('narrows to a bench group by name and by title', async () => {
    const [site] = linesIn(await gateway.get(`/v1/sites?group=${group}&limit=7`));
    const title = site !== undefined && 'site' in site ? site.site.group?.title : null;
    const byTitle = await gateway.get(`/v1/sites?limit=7&group=${encodeURIComponent(title ?? '')}`);
    expect(namesIn(byTitle)).toHaveLength(7);
  });

  it('asks for whole pages where only it can tell what is wanted', async () => {
    const before = gateway.simulator.calls().length;
    expect(namesIn(await gateway.get('/v1/sites?group=nobody&limit=1'))).toEqual([]);
    expect(gateway.simulator.calls().length - before).toBe(3);
  });

  it('narrows to a tag', async () => {
    const call = { dt: 'Site', dn: 'shop-0042.frappe.cloud', method: 'add_resource_tag' };
    await gateway.press('press.api.client.run_doc_method', { ...call, args: { tag: 'gold' } });
    expect(namesIn(await gateway.get('/v1/sites?tag=gold'))).toEqual([call.dn]);
  });

  it('refuses to guess when Press tells no versions any more', async () => {
    const row = { name: 'a.example', status: 'Active', plan: null, group: null, cluster: null };
    const rest = { host_name: null, creation: '2026-11-20 10:00:00', archive_failed: 0 };
    const old = { ...row, ...rest, creation_failed: null, fatal_site_update: null };
    gateway.simulator.addFault({
      call: { method: 'press.api.client.get_list' },
      fault: { kind: 'wrong_shape', body: { message: [old] } },
      times: 1,
    });
    const { status, value } = await gateway.get('/v1/sites?version=Version%2015');
    expect(status).toBe(502);
    expect(value).toMatchObject({ error: { code: 'unexpected_answer' } });
  });

  it('is of one account', async () => {
    expect(namesIn(await gateway.get('/v1/sites?account=other'))).toEqual([
      'foreign-1.frappe.cloud',
    ]);
  });

  it('ends with an error when Press fails in the middle', async () => {
    gateway.simulator.addFault({
      call: { method: 'press.api.client.get_list' },
      nth: 2,
      fault: { kind: 'gateway_error', status: 503 },
    });
    const answer = await gateway.get('/v1/sites');
    gateway.simulator.clearFaults();
    expect(answer.status).toBe(200);
    expect(linesIn(answer).at(-1)).toMatchObject({ error: { code: 'press_unavailable' } });
    expect(namesIn(answer)).toHaveLength(500);
  });
});
