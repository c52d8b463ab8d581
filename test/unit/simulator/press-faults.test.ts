import { describe, expect, it } from 'vitest';
import type { CallFault, FaultRule } from '../../../simulators/press/index.js';
import { type Press, SECOND, SITE, startPress } from './support/press-client.js';

const NEW = 'press.api.site.new';
const NAME = 'acme-one.frappe.cloud';

const onNew = (fault: CallFault, extra: Partial<FaultRule> = {}): FaultRule =>
  ({
    call: { method: NEW },
    fault,
    ...extra,
  }) as FaultRule;

async function withFault(fault: CallFault, extra?: Partial<FaultRule>): Promise<Press> {
  const press = await startPress();
  press.sim.addFault(onNew(fault, extra));
  return press;
}

const creations = (press: Press): number =>
  press.sim.effects().filter(({ key }) => key === `site.create:${NAME}`).length;

const lastCall = (press: Press) => press.sim.calls().at(-1);

describe('faults of calls', () => {
  it('a lost request does nothing', async () => {
    await using press = await withFault({ kind: 'lose_request' });
    await expect(press.newSite('acme-one')).rejects.toThrow();
    expect(creations(press)).toBe(0);
    expect(lastCall(press)).toMatchObject({ answered: false, committed: false });
  });

  it('a lost answer has its effect', async () => {
    await using press = await withFault({ kind: 'lose_answer' });
    await expect(press.newSite('acme-one')).rejects.toThrow();
    expect(creations(press)).toBe(1);
    expect(lastCall(press)).toMatchObject({ answered: false, committed: true, status: null });
    expect((await press.newSite('acme-one')).status).toBe(409);
  });

  it('a hanging call answers never, and starts anyway', async () => {
    await using press = await withFault({ kind: 'hang' });
    const { signal, abort } = aborter();
    const hanging = press.request(NEW, { site: { ...SITE, name: 'acme-one' } }, { signal });
    await expect.poll(() => creations(press)).toBe(1);
    abort();
    await expect(hanging).rejects.toThrow();
  });

  it('a late call starts long after its caller left; reads do not wait for it', async () => {
    await using press = await withFault({ kind: 'late', seconds: 23, after: 'disconnect' });
    const { signal, abort } = aborter();
    const sent = press.request(NEW, { site: { ...SITE, name: 'acme-one' } }, { signal });
    await expect.poll(() => press.sim.calls().length).toBe(1);
    abort();
    await expect(sent).rejects.toThrow();
    const read = () => press.call('press.api.client.get', { doctype: 'Site', name: NAME });
    press.sim.clock.advance(20 * SECOND);
    expect((await read()).status).toBe(404);
    await expect
      .poll(async () => {
        press.sim.clock.advance(5 * SECOND);
        return (await read()).status;
      })
      .toBe(200);
    expect(press.sim.calls()[0]).toMatchObject({ answered: false, committed: true });
  });

  it('a late call still answers who waits', async () => {
    await using press = await withFault({ kind: 'late', seconds: 30 });
    const waiting = press.newSite('acme-one');
    await expect.poll(() => press.sim.calls().length).toBe(1);
    expect(creations(press)).toBe(0);
    press.sim.clock.advance(31 * SECOND);
    expect((await waiting).status).toBe(200);
  });

  it('a delayed answer comes after its effect', async () => {
    await using press = await withFault({ kind: 'delay', seconds: 30 });
    const waiting = press.newSite('acme-one');
    await expect.poll(() => creations(press)).toBe(1);
    expect(lastCall(press)?.answered).toBe(false);
    press.sim.clock.advance(31 * SECOND);
    expect((await waiting).status).toBe(200);
  });

  it.each([
    ['before', 1],
    ['none', 0],
  ] as const)('a 502 page with effect %s', async (effect, count) => {
    await using press = await withFault({ kind: 'gateway_error', status: 502, effect });
    const response = await press.request(NEW, { site: { ...SITE, name: 'acme-one' } });
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(creations(press)).toBe(count);
  });

  it('an exception is rolled back', async () => {
    await using press = await withFault({ kind: 'exception', excType: 'QueryDeadlockError' });
    const reply = await press.newSite('acme-one');
    expect([reply.status, reply.body.exc_type]).toEqual([500, 'QueryDeadlockError']);
    expect(creations(press)).toBe(0);
  });

  it('429 with and without Retry-After', async () => {
    await using press = await withFault({ kind: 'rate_limited', retryAfter: 17 });
    const limited = await press.newSite('acme-one');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '17']);
    press.sim.addFault(onNew({ kind: 'rate_limited' }));
    expect((await press.newSite('acme-one')).headers.get('retry-after')).toBeNull();
  });

  it('a page instead of JSON, and a shape that was not due', async () => {
    await using press = await withFault({ kind: 'html_page' });
    const page = await press.request(NEW, { site: { ...SITE, name: 'acme-one' } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<html>');
    press.sim.addFault(onNew({ kind: 'wrong_shape', body: { message: 7 } }));
    expect((await press.newSite('acme-one')).body).toEqual({ message: 7 });
    expect(creations(press)).toBe(1);
  });

  it('a slow body arrives in pieces', async () => {
    await using press = await withFault({ kind: 'slow_body', seconds: 70 });
    const response = await press.request(NEW, { site: { ...SITE, name: 'acme-one' } });
    const body = response.json();
    press.sim.clock.advance(70 * SECOND);
    expect(await body).toMatchObject({ message: { site: NAME } });
  });

  it('a duplicated request meets its own effect', async () => {
    await using press = await withFault({ kind: 'duplicate' });
    expect((await press.newSite('acme-one')).status).toBe(409);
    expect(creations(press)).toBe(1);
  });

  it('applies to the nth call, so many times, with the right body', async () => {
    await using press = await startPress();
    press.sim.addFault({
      call: { method: '/site\\.new$/', body: { 'site.name': 'acme-two' } },
      fault: { kind: 'gateway_error', status: 503, effect: 'none' },
      nth: 2,
      times: 2,
    });
    const statuses: number[] = [];
    for (const name of ['acme-one', 'acme-two', 'acme-two', 'acme-two', 'acme-two']) {
      const response = await press.request(NEW, { site: { ...SITE, name } });
      statuses.push(response.status);
    }
    expect(statuses).toEqual([200, 200, 503, 503, 409]);
  });
});

function aborter() {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    abort: () => {
      controller.abort();
    },
  };
}
