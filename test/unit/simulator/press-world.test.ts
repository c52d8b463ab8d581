import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeSimulator } from '../../../simulators/press/index.js';
import { duration, naive } from '../../../simulators/press/world/time.js';
import { MINUTE, type Press, SECOND, SITE, startPress } from './support/press-client.js';

/** A visit with a `Host` of one's own, which fetch does not allow. */
function visit(press: Press, host: string, path = '/api/method/ping') {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const options = { host: '127.0.0.1', port: press.sim.port, path, headers: { host } };
    httpRequest(options, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body });
      });
    })
      .on('error', reject)
      .end();
  });
}

describe('hosted sites', () => {
  it('answer a probe when Active, by their name and by their domains', async () => {
    await using press = await startPress();
    await press.newSite('acme-one');
    expect((await visit(press, 'acme-one.frappe.cloud')).status).toBe(404);
    press.sim.clock.advance(5 * MINUTE);
    const up = await visit(press, `acme-one.frappe.cloud:${press.sim.port}`);
    expect(up).toEqual({ status: 200, body: '{"message":"pong"}' });

    press.sim.setDns('shop.customer.example', { CNAME: ['acme-one.frappe.cloud'] });
    await press.rdm('acme-one.frappe.cloud', 'add_domain', { domain: 'shop.customer.example' });
    expect((await visit(press, 'shop.customer.example')).status).toBe(404);
    press.sim.clock.advance(5 * MINUTE);
    expect((await visit(press, 'shop.customer.example')).status).toBe(200);

    press.sim.setResponsive('acme-one.frappe.cloud', false);
    expect((await visit(press, 'acme-one.frappe.cloud')).status).toBe(503);
    expect((await visit(press, 'nobody.frappe.cloud')).status).toBe(404);
  });

  it('stay Broken when activated while they do not answer (B 4.4)', async () => {
    await using press = await startPress();
    const name = await press.activeSite('acme-one');
    press.sim.addFault({
      job: { jobType: 'Archive Site' },
      fault: { kind: 'fail_step', step: 'Archive Site' },
    });
    await press.rdm(name, 'archive', { create_offsite_backup: false });
    press.sim.clock.advance(5 * MINUTE);
    press.sim.setResponsive(name, false);
    expect((await press.rdm(name, 'activate')).status).toBe(200);
    expect(press.statusOf(name)).toBe('Broken');
    press.sim.setResponsive(name, true);
    await press.rdm(name, 'activate');
    expect(press.statusOf(name)).toBe('Active');
    await press.rdm(name, 'deactivate');
    expect(press.statusOf(name)).toBe('Inactive');
  });
});

describe('datetimes and durations', () => {
  const SECONDS = 1_000_000;

  it.each([
    [1.4 * SECONDS, '0:00:1.4'],
    [6 * SECONDS, '0:00:06'],
    [12_447_191_473, '3:27:27.191473'],
    [14_280_267_638, '3:58:0.267638'],
  ])('%d microseconds are %s (observed C3)', (length, text) => {
    expect(duration(length)).toBe(text);
  });

  it('are naive, in the zone of the server', () => {
    const moment = Date.parse('2026-11-20T22:27:39.935Z') * 1000 + 670;
    expect(naive(moment, 0)).toBe('2026-11-20 22:27:39.935670');
    expect(naive(moment, 330)).toBe('2026-11-21 03:57:39.935670');
  });
});

describe('time and chance', () => {
  it('same seed, same calls, same clock: the same world', async () => {
    async function life(seed: number) {
      await using press = await startPress({ seed });
      await press.newSite('acme-one');
      press.sim.clock.advance(40 * SECOND);
      await press.newSite('acme-two');
      press.sim.clock.advance(100 * SECOND);
      return { estate: press.sim.estate(), effects: press.sim.effects() };
    }
    const [first, again, other] = [await life(7), await life(7), await life(8)];
    expect(again).toEqual(first);
    expect(other.estate.jobs).not.toEqual(first.estate.jobs);
  });

  it('one jump leaves the traces of many steps', async () => {
    async function life(steps: number) {
      await using press = await startPress();
      await press.newSite('acme-one');
      for (let n = 0; n < steps; n += 1) press.sim.clock.advance((10 * MINUTE) / steps);
      return press.sim.estate();
    }
    expect(await life(1)).toEqual(await life(600));
  });

  it('runs by itself, as fast as it is told', async () => {
    await using press = await startPress({ speed: 5000 });
    await press.newSite('acme-one');
    await expect.poll(() => press.statusOf('acme-one.frappe.cloud')).toBe('Active');
    press.sim.clock.setSpeed(0);
    expect(press.sim.clock.now()).toEqual(press.sim.clock.now());
  });
});

describe('state file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'press-world-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('a restarted simulator goes on where it stopped', async () => {
    const stateFile = join(folder, 'world.json');
    const first = await startPress({ stateFile });
    await first.newSite('acme-one');
    first.sim.clock.advance(30 * SECOND);
    const before = first.sim.estate();
    await first.sim.close();

    await using second = await startPress({ stateFile, startAt: new Date(0) });
    expect(second.sim.estate()).toEqual(before);
    expect(second.sim.effects()).toHaveLength(1);
    second.sim.clock.advance(5 * MINUTE);
    expect(second.statusOf('acme-one.frappe.cloud')).toBe('Active');
    expect((await second.newSite('acme-one')).status).toBe(409);
  });

  it('a late call survives the restart', async () => {
    const stateFile = join(folder, 'world.json');
    const first = await startPress({ stateFile });
    first.sim.addFault({
      call: { method: 'press.api.site.new' },
      fault: { kind: 'late', seconds: 60 },
    });
    const lost = first.newSite('acme-one');
    await expect.poll(() => first.sim.calls().length).toBe(1);
    await Promise.all([first.sim.close(), expect(lost).rejects.toThrow()]);

    await using second = await startPress({ stateFile });
    second.sim.clock.advance(61 * SECOND);
    expect(second.sim.effects().map(({ key }) => key)).toEqual([
      'site.create:acme-one.frappe.cloud',
    ]);
  });
});

describe('control API', () => {
  it('does over HTTP what the handle does in process', async () => {
    await using press = await startPress();
    const { sim } = press;
    const control = async (verb: string, path: string, body?: unknown): Promise<unknown> => {
      const init = { method: verb, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      return (await fetch(`${sim.url}/_sim/${path}`, init)).json();
    };
    const { apiKey, apiSecret, team } = sim.accounts.main;
    const create = () =>
      fetch(`${sim.url}/api/method/press.api.site.new`, {
        method: 'POST',
        headers: {
          authorization: `token ${apiKey}:${apiSecret}`,
          'x-press-team': team,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ site: { ...SITE, name: 'acme-one' } }),
      });
    const rule = {
      call: { method: 'press.api.site.new' },
      fault: { kind: 'gateway_error', status: 504 },
    };
    expect(await control('POST', 'faults', { id: 'slow', ...rule })).toEqual({ id: 'slow' });
    expect(await control('POST', 'faults', { nonsense: true })).toHaveProperty('error');
    expect((await create()).status).toBe(504);
    expect(await control('GET', 'effects')).toMatchObject([{ effect: 'site.create', callSeq: 1 }]);
    expect(await control('GET', 'calls')).toMatchObject([{ fault: 'gateway_error', status: 504 }]);
    await control('POST', 'clock', { advance: 300_000 });
    expect(await control('GET', 'estate')).toMatchObject({ sites: [{ status: 'Active' }] });
    await control('DELETE', 'faults');
    expect(await control('GET', 'faults')).toEqual([]);
    await control('POST', 'dns', { domain: 'shop.customer.example', A: ['198.51.100.10'] });
    await control('POST', 'reset');
    expect(await control('GET', 'estate')).toMatchObject({ sites: [], jobs: [] });
    expect((await create()).status).toBe(200);
    expect(await control('GET', 'nothing')).toHaveProperty('controls');
  });

  it('the description names the address and the keys', async () => {
    await using press = await startPress();
    const text = describeSimulator(press.sim);
    expect(text).toContain(press.sim.url);
    expect(text).toContain(press.sim.accounts.main.apiKey);
  });
});
