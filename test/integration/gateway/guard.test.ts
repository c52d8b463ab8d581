import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatewayUnderTest, publicGroup, startGatewayUnderTest, TOKEN } from './support.js';

interface ProblemAnswer {
  readonly error: { readonly code: string; readonly message: string; readonly hint: string };
}

describe('the gateway', () => {
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
  });
  afterAll(() => gateway.close());

  it('listens on the loopback interface, on a free port', () => {
    expect(gateway.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('says that it is well without a token', async () => {
    const { status, value } = await gateway.get('/healthz', { authorization: '' });
    expect({ status, value }).toEqual({ status: 200, value: { ok: true } });
  });

  it.each([
    ['none', ''],
    ['a wrong one', 'Bearer another-token-for-the-gateway'],
    ['a longer one', `Bearer ${TOKEN}x`],
    ['a part of it', `Bearer ${TOKEN.slice(0, -1)}`],
    ['another scheme', `Basic ${TOKEN}`],
    ['an empty one', 'Bearer '],
  ])('refuses everything else with %s', async (_, authorization) => {
    const before = gateway.simulator.calls().length;
    for (const path of ['/v1/sites', '/v1/accounts', '/v1/billing', '/nothing']) {
      const { status, headers, value } = await gateway.get<ProblemAnswer>(path, { authorization });
      expect(status, path).toBe(401);
      expect(headers.get('www-authenticate')).toBe('Bearer');
      expect(value.error.code).toBe('unauthorized');
    }
    expect(gateway.simulator.calls()).toHaveLength(before);
  });

  it.each([
    ['/v1/nothing', 404, 'not_found'],
    ['/v1/sites?account=nobody', 404, 'unknown_account'],
    ['/v1/sites/foreign.frappe.cloud', 404, 'not_found'],
    ['/v1/jobs/nothing', 404, 'not_found'],
    ['/v1/sites?colour=red', 400, 'bad_request'],
    ['/v1/sites?status=Fine', 400, 'bad_request'],
    ['/v1/sites?limit=0', 400, 'bad_request'],
    ['/v1/sites?account=a&account=b', 400, 'bad_request'],
    ['/v1/sites/x%2F..%2Fy', 400, 'bad_request'],
    ['/v1/sites/a.example/jobs?limit=501', 400, 'bad_request'],
    ['/v1/sites/%ZZ', 400, 'bad_request'],
    ['/v1/sites?account=away', 502, 'press_unavailable'],
    ['/v1/billing?account=wrong-key', 502, 'credentials_refused'],
  ])('answers %s with %i %s as JSON', async (path, expected, code) => {
    const { status, headers, value } = await gateway.get<ProblemAnswer>(path);
    expect(status).toBe(expected);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(Object.keys(value)).toEqual(['error']);
    expect(Object.keys(value.error).sort()).toEqual(['code', 'hint', 'message']);
    expect(value.error.code).toBe(code);
  });

  it('does nothing but read', async () => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const response = await fetch(`${gateway.url}/v1/sites`, { method, headers, body: '{}' });
      expect(response.status, method).toBe(404);
      await response.body?.cancel();
    }
  });

  it('refuses a body that nobody needs', async () => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const body = JSON.stringify('x'.repeat(5_000));
    const response = await fetch(`${gateway.url}/v1/sites`, { method: 'POST', headers, body });
    expect([404, 413]).toContain(response.status);
    await response.body?.cancel();
  });

  it('writes neither tokens, keys nor queries to its log', async () => {
    const { apiKey, apiSecret } = gateway.simulator.accounts.main;
    await gateway.get('/v1/sites?search=a-customer');
    await gateway.get('/v1/account?account=wrong-key');
    const log = gateway.log.join('\n');
    expect(log).toContain('/v1/sites');
    for (const secret of [TOKEN, apiKey, apiSecret, 'a-customer', 'not-the-secret']) {
      expect(log).not.toContain(secret);
    }
  });

  it('stops asking Press when the reader has gone', async () => {
    const { simulator } = gateway;
    const group = publicGroup(simulator);
    simulator.addSites({ count: 3_000, prefix: 'many', group, plan: 'USD 25' });
    const gone = new AbortController();
    const response = await fetch(`${gateway.url}/v1/sites`, {
      headers: { authorization: `Bearer ${TOKEN}` },
      signal: gone.signal,
    });
    await response.body?.getReader().read();
    gone.abort();
    const closed = expect
      .poll(() => gateway.log.filter((line) => line.includes('"/v1/sites"')).length)
      .toBeGreaterThan(0);
    await closed;
    expect(
      simulator.calls().filter(({ method }) => method.endsWith('get_list')).length,
    ).toBeLessThan(12);
  });

  it('ends quietly although a connection is open', async () => {
    const other = await startGatewayUnderTest();
    const { port } = new URL(other.url);
    const socket = connect({ host: '127.0.0.1', port: Number(port) });
    await once(socket, 'connect');
    const ended = once(socket, 'close');
    socket.resume();
    await other.close();
    await ended;
  });
});
