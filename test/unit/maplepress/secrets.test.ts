import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  createSite,
  createTenants,
  getSite,
  listSites,
  rotateApiKey,
  Secret,
  type Transport,
} from '../../../src/maplepress/index.js';
import { createRedact } from '../../../src/maplepress/redact.js';
import { always, scriptedServer } from '../frappe-cloud/support/scripted-server.js';
import { errorOf, NOBODY, PASSWORD, simulated, tenantAt } from './support/simulated.js';

const SITE = { siteUrl: 'https://example.com' };
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOiJjYW5hcnktand0In0.c2lnbmF0dXJl';
const API_KEY = 'live_sk_canary0123456789abcdef';
const VERIFICATION = 'verify_canary0123456789abcdef';
const SECRETS = [PASSWORD, JWT, API_KEY, VERIFICATION];

/** Every way in which a value is commonly written down. */
function writtenDown(value: unknown): string {
  return [
    value instanceof Error ? `${value.message} ${value.stack} ${String(value.cause)}` : '',
    String(value),
    JSON.stringify(value),
    JSON.stringify({ value }),
    inspect(value, { depth: 20, showHidden: true }),
    inspect({ value }, { depth: 20, showHidden: true, customInspect: false }),
  ].join('\n');
}

function expectNoSecret(value: unknown, secrets: readonly string[] = SECRETS): void {
  for (const secret of secrets) expect(writtenDown(value)).not.toContain(secret);
}

/** Logs in with the canary token; every other call gets the answer. */
async function loggedInTo(status: number, body: unknown, headers = {}): Promise<Transport> {
  const server = await scriptedServer((response, request) => {
    const isLogin = request.path === '/api/v1/login';
    const script = isLogin ? always(200, { access_token: JWT }) : always(status, body, headers);
    script(response, request);
  });
  return tenantAt(server.url);
}

describe('secrets', () => {
  const said = `${PASSWORD} of JWT ${JWT}, key ${API_KEY}, token ${VERIFICATION}`;

  it.each([
    ['a refusal that repeats all of them', 400, { error: `refused: ${said}`, message: said }],
    ['field errors', 422, { error: 'bad', details: { site_url: said } }],
    ['a failure', 500, { message: said }],
    ['HTML', 502, `<html>${said}</html>`],
    ['broken JSON', 200, `{"api_key":"${API_KEY}"`],
    ['a wrong shape', 200, { api_key: API_KEY, new_api_key: 7, [API_KEY]: JWT }],
    ['a 404 page', 404, said],
    ['a redirect', 302, ''],
  ])('are not in an error about %s', async (_, status, body) => {
    const headers = { location: `https://example.com/?${API_KEY}` };
    const maplePress = await loggedInTo(status, body, status === 302 ? headers : {});
    for (const call of [
      createSite(maplePress, SITE),
      rotateApiKey(maplePress, NOBODY),
      listSites(maplePress),
      getSite(maplePress, NOBODY),
    ]) {
      expectNoSecret(await errorOf(call));
    }
  });

  it('are not in an error about a login', async () => {
    const echo = await scriptedServer((response, { body }) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: `no such login: ${body}` }));
    });
    const error = await errorOf(listSites(tenantAt(echo.url)));
    expect(error.message).toContain('no such login');
    expectNoSecret(error);
  });

  it('are not in what is not sent at all', async () => {
    const siteUrl = `https://${API_KEY}:${PASSWORD}@example.com`;
    expectNoSecret(await errorOf(createSite(tenantAt('http://127.0.0.1:1'), { siteUrl })));
  });

  it('that come once are given away by reveal() only', async () => {
    const { maplePress } = await simulated();
    const site = await createSite(maplePress, SITE);
    const rotated = await rotateApiKey(maplePress, site.id);
    const revealed = [site.apiKey, site.verificationToken, rotated.newApiKey].map((secret) =>
      secret.reveal(),
    );
    expectNoSecret({ site, rotated }, revealed);
    expect(`${String(site.apiKey)} ${JSON.stringify(rotated)}`).toContain('•••');
    expect(rotated.newApiKey.lastFour()).toBe(revealed[2]?.slice(-4));
  });

  it('are not in a tenant', () => {
    const tenants = createTenants([
      { name: 'main', url: 'http://127.0.0.1', email: 'a@example.com', password: PASSWORD },
    ]);
    expectNoSecret(tenants.get('main'));
    expectNoSecret(tenants);
  });

  it('are neither in the call log nor in the estate of the simulator', async () => {
    const { sim, maplePress } = await simulated();
    const site = await createSite(maplePress, SITE);
    const rotated = await rotateApiKey(maplePress, site.id);
    const revealed = [site.apiKey, site.verificationToken, rotated.newApiKey].map((secret) =>
      secret.reveal(),
    );
    expectNoSecret([sim.calls(), sim.estate(), sim.effects()], [...revealed, PASSWORD]);
  });
});

describe('redaction', () => {
  it('knows keys, tokens and JWTs of anybody, and leaves the rest', () => {
    const redact = createRedact(['pa"ss word']);
    expect(redact(`site_550e8400 of ${JWT} or ${API_KEY}: ${VERIFICATION}, JWT abc.def`)).toBe(
      'site_550e8400 of ••• or •••: •••, •••',
    );
    expect(redact(`plain pa"ss word, ${JSON.stringify('pa"ss word')}, pa%22ss%20word`)).toBe(
      'plain •••, "•••", •••',
    );
    expect(createRedact(['pa<b>ss & word'])('said: pass & word')).toBe('said: •••');
    expect(redact('could not verify_domain example.com')).toContain('example.com');
  });

  it('leaves a text alone when there is nothing secret', () => {
    expect(createRedact([''])('all is well')).toBe('all is well');
  });

  it('does not show a secret that was put into a template', () => {
    const secret = new Secret(API_KEY);
    expect(`key: ${secret.toString()}`).toBe('key: •••');
    expect(secret.reveal()).toBe(API_KEY);
  });
});
