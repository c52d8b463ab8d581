import { describe, expect, it, vi } from 'vitest';
import { readAccessToken } from '../../../src/maplepress/access-token.js';
import { createSite, listSites, mayHaveLanded } from '../../../src/maplepress/index.js';
import { createTokens } from '../../../src/maplepress/tokens.js';
import { errorOf, MINUTE, SECOND, simulated, tenantAt } from './support/simulated.js';

const LOGIN = 'POST /api/v1/login';
const LIST = 'GET /api/v1/sites';

const jwt = (claims: object): string =>
  `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;

describe('a token', () => {
  it('is got once for many callers at the same time', async () => {
    const { sim, maplePress } = await simulated();
    await Promise.all(Array.from({ length: 20 }, () => listSites(maplePress)));
    const endpoints = sim.calls().map(({ endpoint }) => endpoint);
    expect(endpoints.filter((name) => name === LOGIN)).toHaveLength(1);
    expect(endpoints.filter((name) => name === LIST)).toHaveLength(20);
  });

  it('that expired is replaced once, however many calls were refused', async () => {
    const { sim, maplePress } = await simulated();
    await listSites(maplePress);
    sim.clock.advance(16 * MINUTE);
    await Promise.all(Array.from({ length: 20 }, () => listSites(maplePress)));
    expect(sim.calls().filter(({ endpoint }) => endpoint === LOGIN)).toHaveLength(2);
    expect(sim.calls().filter(({ status }) => status === 401).length).toBeGreaterThan(0);
  });

  it('is replaced before it expires, so that no call is refused', async () => {
    let now = 0;
    const login = vi.fn(async () => ({
      value: `t${login.mock.calls.length}`,
      lifetimeMs: 15 * MINUTE,
    }));
    const tokens = createTokens(login, () => now);
    expect(await tokens.current()).toBe('t1');
    now = 14 * MINUTE - 1;
    expect(await tokens.current()).toBe('t1');
    now = 14 * MINUTE;
    expect(await Promise.all([tokens.current(), tokens.current()])).toEqual(['t2', 't2']);
  });

  it('of a short life is used for most of it', async () => {
    let now = 0;
    const login = vi.fn(async () => ({
      value: `t${login.mock.calls.length}`,
      lifetimeMs: 10 * SECOND,
    }));
    const tokens = createTokens(login, () => now);
    await tokens.current();
    now = 8 * SECOND - 1;
    expect(await tokens.current()).toBe('t1');
    now = 8 * SECOND;
    expect(await tokens.current()).toBe('t2');
  });

  it('that was refused is given to nobody any more; a late refusal of it changes nothing', async () => {
    const login = vi.fn(async () => ({ value: `t${login.mock.calls.length}`, lifetimeMs: null }));
    const tokens = createTokens(login);
    const first = await tokens.current();
    expect(await Promise.all([tokens.renewed(first), tokens.current()])).toEqual(['t2', 't2']);
    expect(await tokens.renewed(first)).toBe('t2');
    expect(login).toHaveBeenCalledTimes(2);
  });

  it('tells its life by its own claims, whatever our clock says', () => {
    const iat = 1_700_000_000;
    expect(readAccessToken(jwt({ iat, exp: iat + 900 }), null).lifetimeMs).toBe(900_000);
    expect(readAccessToken(jwt({ exp: iat + 900 }), iat * 1000).lifetimeMs).toBe(900_000);
    expect(readAccessToken(jwt({ iat, exp: iat - 5 }), null).lifetimeMs).toBe(0);
    for (const opaque of ['opaque', jwt({}), jwt({ exp: 'soon' }), 'a.%%%.c']) {
      expect(readAccessToken(opaque, null)).toEqual({ value: opaque, lifetimeMs: null });
    }
  });
});

describe('a call that is refused with 401', () => {
  it('is sent again once, with a new token, also a command: it did nothing', async () => {
    const { sim, maplePress } = await simulated();
    await listSites(maplePress);
    sim.revokeTokens();
    await createSite(maplePress, { siteUrl: 'https://example.com' });
    expect(sim.effects()).toHaveLength(1);
    expect(sim.calls().map(({ endpoint, status }) => `${status} ${endpoint}`)).toEqual([
      `200 ${LOGIN}`,
      `200 ${LIST}`,
      '401 POST /api/v1/sites',
      `200 ${LOGIN}`,
      '201 POST /api/v1/sites',
    ]);
  });

  it('and again is given up: never more than one repetition', async () => {
    const { sim, maplePress } = await simulated();
    sim.addFault({ call: { endpoint: LIST }, fault: { kind: 'unauthorized' }, times: 'always' });
    await errorOf(listSites(maplePress));
    expect(sim.calls().filter(({ endpoint }) => endpoint === LIST)).toHaveLength(2);
    expect(sim.calls().filter(({ endpoint }) => endpoint === LOGIN)).toHaveLength(2);
  });
});

describe('a failed login', () => {
  it('fails everybody who waits, clearly and with nothing sent; the next call tries anew', async () => {
    const { sim, maplePress } = await simulated();
    sim.addFault({ call: { endpoint: LOGIN }, fault: { kind: 'server_error' } });
    const calls = Array.from({ length: 5 }, () => errorOf(listSites(maplePress)));
    for (const error of await Promise.all(calls)) {
      expect(error).toMatchObject({
        message: 'not sent: login failed: internal server error',
        code: 'SERVER_ERROR',
        endpoint: LIST,
        sent: 'no',
        ended: false,
      });
      expect(mayHaveLanded(error)).toBe(false);
    }
    expect(sim.calls().map(({ endpoint }) => endpoint)).toEqual([LOGIN]);
    await listSites(maplePress);
  });

  it('by a wrong password is told from a token that is refused', async () => {
    const { sim } = await simulated();
    const maplePress = tenantAt(sim.url, { password: 'wrong-password' });
    expect(await errorOf(listSites(maplePress))).toMatchObject({
      message: 'not sent: login failed: Invalid email or password',
      code: 'LOGIN_REFUSED',
      status: 401,
      sent: 'no',
    });
  });

  it('whose answer was lost says nothing about the call', async () => {
    const { sim, maplePress } = await simulated();
    sim.addFault({ call: { endpoint: LOGIN }, fault: { kind: 'lose_answer' } });
    const error = await errorOf(createSite(maplePress, { siteUrl: 'https://example.com' }));
    expect(error).toMatchObject({ code: 'CONNECTION_LOST', sent: 'no' });
    expect(mayHaveLanded(error)).toBe(false);
    expect(sim.effects()).toEqual([]);
  });

  it('that takes too long is given up by a limit of its own', async () => {
    const { sim, maplePress } = await simulated({}, { timeouts: { loginMs: 50 } });
    sim.addFault({ call: { endpoint: LOGIN }, fault: { kind: 'hang' } });
    const error = await errorOf(createSite(maplePress, { siteUrl: 'https://example.com' }));
    expect(error).toMatchObject({ code: 'TIMEOUT', sent: 'no', endpoint: 'POST /api/v1/sites' });
    expect(sim.calls()).toHaveLength(1);
  });

  it('after a 401: the call was refused, so nothing has landed', async () => {
    const { sim, maplePress } = await simulated();
    await listSites(maplePress);
    sim.revokeTokens();
    sim.addFault({ call: { endpoint: LOGIN }, fault: { kind: 'gateway_error', status: 502 } });
    const error = await errorOf(createSite(maplePress, { siteUrl: 'https://example.com' }));
    expect(error).toMatchObject({ code: 'GATEWAY', sent: 'no' });
    expect(sim.effects()).toEqual([]);
  });

  it('without a token in it is an answer of the wrong shape', async () => {
    const { sim, maplePress } = await simulated();
    sim.addFault({
      call: { endpoint: LOGIN },
      fault: { kind: 'wrong_shape', body: { access_token: 'two lines\r\nX-Evil: 1' } },
    });
    expect(await errorOf(listSites(maplePress))).toMatchObject({
      code: 'BAD_ANSWER',
      message: 'not sent: login failed: the answer has not the shape we know: access_token',
      sent: 'no',
    });
  });
});

it('a caller that gives up stops waiting; the login goes on for the others', async () => {
  const { sim, maplePress } = await simulated();
  sim.addFault({ call: { endpoint: LOGIN }, fault: { kind: 'delay', seconds: 5 } });
  const giveUp = new AbortController();
  const impatient = errorOf(listSites(maplePress, {}, { signal: giveUp.signal }));
  const patient = listSites(maplePress);
  await expect.poll(() => sim.calls()).toHaveLength(1);
  giveUp.abort();
  expect(await impatient).toMatchObject({ code: 'ABORTED', sent: 'no', endpoint: LIST });
  sim.clock.advance(5 * SECOND);
  expect((await patient).sites).toEqual([]);
  expect(sim.calls().filter(({ endpoint }) => endpoint === LOGIN)).toHaveLength(1);
});
