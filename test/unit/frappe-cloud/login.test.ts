import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { login } from '../../../src/frappe-cloud/endpoints/login.js';
import type { PressError } from '../../../src/frappe-cloud/errors.js';
import { createSiteDoor } from '../../../src/frappe-cloud/site-door.js';
import { setAdministratorPassword } from '../../../src/frappe-cloud/site-password.js';
import { pressErrorOf } from './support/failing.js';
import { pressThat, recordedBody, says } from './support/press-that.js';
import { always, type Script, scriptedServer } from './support/scripted-server.js';

const SITE = { site: 'acme.frappe.cloud' };

describe('login', () => {
  it('answers the session, and sends a reason only when there is one', async () => {
    const { press, sent } = await pressThat(() => ({ body: recordedBody('login') }));
    expect(await login(press, SITE)).toMatch(/^labsid0+$/);
    await login(press, { ...SITE, reason: 'support' });
    expect(sent).toEqual([{ name: SITE.site }, { name: SITE.site, reason: 'support' }]);
  });

  it.each(['Guest', '', 'abc; domain=evil.example', 'abc&next=x'])(
    'takes "%s" for no session, and does not repeat it',
    async (sid) => {
      const { press } = await pressThat(() => ({ body: { message: { sid, site: SITE.site } } }));
      const error = await pressErrorOf(login(press, SITE));
      expect(error).toMatchObject({ code: 'BAD_ANSWER' });
      if (sid !== '') expect(error.message).not.toContain(sid);
    },
  );

  it.each([
    ['Server is unresponsive. Please try again in some time.', 'BUSY'],
    ['Server appears to be unresponsive. Please try again in some time.', 'BUSY'],
    ['Could not login as Administrator', 'REFUSED'],
    ["Login with Administrator's credentials is IP restricted.", 'REFUSED'],
  ])('"%s" is %s', async (text, code) => {
    const { press } = await pressThat(() => ({ status: 417, body: says('ValidationError', text) }));
    expect(await pressErrorOf(login(press, SITE))).toMatchObject({ code });
  });

  it('is forbidden on what is not ours, or not there', async () => {
    const body = recordedBody('login-missing-site');
    const { press } = await pressThat(() => ({ status: 403, body }));
    expect(await pressErrorOf(login(press, SITE))).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('the password of a site', () => {
  const secret = { sid: 'sid0123456789abcdef', password: 'pa"ss & word' };

  async function setting(script: Script, template = (url: string) => `${url}/api/method/ping`) {
    const server = await scriptedServer(script);
    const door = createSiteDoor(template(server.url));
    onTestFinished(() => door.close());
    const { signal } = new AbortController();
    const set = () => setAdministratorPassword(door, { ...SITE, ...secret }, signal);
    return { server, set };
  }

  const writtenDown = (error: PressError) =>
    [error.message, JSON.stringify(error), inspect(error, { depth: 10, showHidden: true })].join();

  it('is set in the session, on the site and nowhere else', async () => {
    const { server, set } = await setting(always(200, { data: { name: 'Administrator' } }));
    await set();
    const [request] = server.seen;
    expect(request).toMatchObject({ method: 'PUT', path: '/api/resource/User/Administrator' });
    expect(JSON.parse(request?.body ?? '')).toEqual({ new_password: secret.password });
    expect(request?.headers).toMatchObject({ host: SITE.site, cookie: `sid=${secret.sid}` });
    expect(request?.headers.authorization).toBeUndefined();
  });

  it.each([
    ['the password policy', 417, says('ValidationError', 'Invalid Password'), 'REFUSED'],
    ['a session that is none', 403, says('PermissionError', 'no access'), 'FORBIDDEN'],
    ['a site that asks who we are', 401, says('AuthenticationError', 'who?'), 'FORBIDDEN'],
    ['maintenance', 503, '<html>Sorry!</html>', 'UNAVAILABLE'],
    ['a redirect', 301, '', 'BAD_ANSWER'],
    ['something else', 200, '<html>hello</html>', 'BAD_ANSWER'],
  ])('%s', async (_name, status, body, code) => {
    const { server, set } = await setting(always(status, body, { location: '/elsewhere' }));
    expect(await pressErrorOf(set())).toMatchObject({ code });
    expect(server.seen).toHaveLength(1);
  });

  it('is in no error, even when the site repeats it', async () => {
    const { set } = await setting((response, { headers, body }) => {
      const said = says('ValidationError', `refused ${body} ${secret.password} ${headers.cookie}`);
      response.writeHead(417).end(JSON.stringify(said));
    });
    const error = await pressErrorOf(set());
    expect(error.message).toContain('refused');
    for (const value of [secret.sid, secret.password, 'ss & word']) {
      expect(writtenDown(error)).not.toContain(value);
    }
  });

  it('says who did not answer', async () => {
    const { set } = await setting(always(200, {}), () => 'http://127.0.0.1:9/');
    const error = await pressErrorOf(set());
    expect(error).toMatchObject({ code: 'UNREACHABLE', sent: 'no' });
    expect(error.message).toMatch(/^the site cannot be reached/);
  });
});
