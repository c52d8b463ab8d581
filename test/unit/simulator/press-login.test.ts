import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { visit } from '../../support/visit.js';
import { messageOf, type Press, startPress } from './support/press-client.js';

const LOGIN = 'press.api.site.login';
const USER = '/api/resource/User/Administrator';

let press: Press;
let name: string;
beforeEach(async () => {
  press = await startPress();
  name = await press.activeSite('acme-one');
});
afterEach(() => press.sim.close());

const login = () => press.ask<{ sid: string; site: string }>(LOGIN, { name, reason: 'lab' });
const open = (sid: string) => visit(`${press.sim.url}/app?sid=${sid}`, name);
const setPassword = (sid: string, new_password: string, host = name) =>
  visit(press.sim.url + USER, host, {
    method: 'PUT',
    body: { new_password },
    cookie: `sid=${sid}`,
  });
const logIn = (pwd: string) =>
  visit(`${press.sim.url}/api/method/login`, name, {
    method: 'POST',
    body: { usr: 'Administrator', pwd },
  });

describe('press.api.site.login (B 4.5)', () => {
  it('opens a session each time, with a line of activity', async () => {
    const first = await login();
    expect(first).toMatchObject({ site: name });
    expect((await login()).sid).not.toBe(first.sid);
    expect((await open(first.sid)).status).toBe(200);
    expect((await open('0'.repeat(56))).status).toBe(301);
    const activities = await press.ask<object[]>('press.api.client.get_list', {
      doctype: 'Site Activity',
      fields: ['action', 'reason', 'job'],
      filters: { site: name, action: 'Login as Administrator' },
    });
    expect(activities).toHaveLength(2);
    expect(activities[0]).toMatchObject({ reason: 'lab', job: null });
  });

  it('leaves no trace by GET', async () => {
    await press.call(LOGIN, {}, { verb: 'GET', path: `/api/method/${LOGIN}?name=${name}` });
    expect(press.sim.effects().map(({ effect }) => effect)).not.toContain('site.login');
  });

  it('enters a site that does not answer, but none that is not there', async () => {
    press.sim.setResponsive(name, false);
    expect((await press.call(LOGIN, { name })).status).toBe(200);
    await press.newSite('acme-two');
    const reply = await press.call(LOGIN, { name: 'acme-two.frappe.cloud' });
    expect(reply.status).toBe(417);
    expect(messageOf(reply.body)).toBe('Could not login as Administrator');
    expect((await press.call(LOGIN, { name }, { as: 'other' })).status).toBe(403);
  });
});

describe("a site's own API", () => {
  it('takes a password in a session of that site, and ends the others', async () => {
    const [{ sid }, other] = [await login(), await login()];
    expect((await setPassword(sid, 'first')).status).toBe(200);
    expect((await logIn('first')).status).toBe(200);
    expect((await logIn('second')).status).toBe(401);
    expect((await open(sid)).status).toBe(200);
    expect((await open(other.sid)).status).toBe(301);
    expect((await setPassword(other.sid, 'second')).status).toBe(403);
    expect((await setPassword('Guest', 'second')).status).toBe(403);

    const neighbour = await press.activeSite('acme-two');
    expect((await setPassword(sid, 'second', neighbour)).status).toBe(403);
    press.sim.setResponsive(name, false);
    expect((await setPassword(sid, 'second')).status).toBe(503);
    expect(press.sim.effects().filter(({ effect }) => effect === 'site.password')).toHaveLength(1);
  });

  it('is logged without secrets, and goes wrong as scripted', async () => {
    const { sid } = await login();
    press.sim.addFault({
      call: { method: USER, body: { site: name } },
      fault: { kind: 'exception', excType: 'ValidationError', message: 'weak', status: 417 },
    });
    const refused = await setPassword(sid, 'hunter2-first');
    expect(refused.status).toBe(417);
    await setPassword(sid, 'hunter2-first');
    await logIn('hunter2-first');
    const { sim } = press;
    const calls = sim
      .calls()
      .filter(({ args }) => JSON.stringify(args).includes(`"site":"${name}"`));
    expect(calls.map(({ verb, method, status }) => [verb, method, status])).toEqual([
      ['PUT', USER, 417],
      ['PUT', USER, 200],
      ['POST', 'login', 200],
    ]);
    const everything = JSON.stringify([sim.calls(), sim.effects(), sim.estate()]);
    for (const secret of ['hunter2', sid]) expect(everything).not.toContain(secret);
  });
});
