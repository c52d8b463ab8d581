import { describe, expect, it } from 'vitest';
import type { CallFault } from '../../../simulators/press/index.js';
import { messageOf, MINUTE, type Press, SECOND } from './support/press-client.js';
import {
  benchStatuses,
  ordered,
  orderSite,
  orderStatus,
  rowsOf,
  startQuickBuilds,
} from './support/orders.js';
import { recorded } from './support/recordings.js';

const NAME = 'acme-one';
const SITE = `${NAME}.frappe.cloud`;

const count = (press: Press, key: string): number =>
  press.sim.effects().filter((effect) => effect.key === key).length;

/** Sends the order under a fault, and again four seconds later. */
async function sentTwice(press: Press, fault: CallFault) {
  press.sim.addFault({ call: { method: 'press.api.site.new' }, fault });
  const first = orderSite(press, NAME);
  await expect.poll(() => press.sim.calls().length).toBe(1);
  press.sim.clock.advance(4 * SECOND);
  const second = await orderSite(press, NAME);
  press.sim.clock.advance(8 * SECOND);
  return [await first, second] as const;
}

describe('an order sent twice', () => {
  it('is refused when the first has ended, to any team', async () => {
    await using press = await startQuickBuilds();
    await ordered(press, 'sgdc-okay');
    for (const [file, as] of [
      ['sgd-duplicate', 'main'],
      ['sgd-duplicate-foreign', 'other'],
    ] as const) {
      const site = { apps: ['frappe'], plan: 'USD 200 Private', version: 'Version 15' };
      const body = { site: { ...site, name: 'sgdc-okay', cluster: 'Mumbai' } };
      const reply = await press.call('press.api.site.new', body, { as });
      const theirs = recorded(file).response;
      expect([reply.status, messageOf(reply.body)]).toEqual([
        theirs.status,
        messageOf(theirs.body),
      ]);
    }
    expect(await press.ask('press.api.bench.exists', { title: 'sgdc-okay' })).toBe(true);
    const subdomain = { subdomain: 'sgdc-okay', domain: 'frappe.cloud' };
    expect(await press.ask('press.api.site.exists', subdomain)).toBe(false);
  });

  it('is two orders when the first had checked and only waits to write (observed-2 1.7)', async () => {
    await using press = await startQuickBuilds();
    const answers = await sentTwice(press, { kind: 'late', seconds: 12, checked: 'receipt' });
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    for (const what of ['sgd', 'group']) expect(count(press, `${what}.create:${NAME}`)).toBe(2);

    press.sim.clock.advance(30 * MINUTE);
    const fields = ['name', 'status', 'site', 'release_group', 'release_group.title as title'];
    const rows = await rowsOf(press, 'Site Group Deploy', fields, { 'release_group.title': NAME });
    const statuses = (list: unknown) => (list as { status: string }[]).map((row) => row.status);
    const theirs = recorded('r2-seq-early-resend-site-new-private-outcome').response.body.message;
    expect(statuses(rows).sort()).toEqual(statuses(theirs).sort());
    expect(rows.every(({ title }) => title === NAME)).toBe(true);
    const loser = rows.find(({ site }) => site === null)?.release_group as string;
    expect(benchStatuses(press, loser)).toEqual(['Installing']);
    const group = await press.ask('press.api.client.get', {
      doctype: 'Release Group',
      name: loser,
    });
    expect(group).toMatchObject({ status: 'Awaiting Deploy', title: NAME });
    expect(count(press, `site.create:${SITE}`)).toBe(1);
  });

  it('is one order when the first only starts after the second has ended', async () => {
    await using press = await startQuickBuilds();
    const answers = await sentTwice(press, { kind: 'late', seconds: 12 });
    expect(answers.map(({ status }) => status)).toEqual([417, 200]);
    expect(count(press, `sgd.create:${NAME}`)).toBe(1);
  });

  it('is two orders when the network doubles the request (concurrent-sgd-same-name)', async () => {
    await using press = await startQuickBuilds();
    press.sim.addFault({
      call: { method: 'press.api.site.new' },
      fault: { kind: 'duplicate' },
    });
    expect((await orderSite(press, NAME)).status).toBe(200);
    expect(count(press, `sgd.create:${NAME}`)).toBe(2);
    const titled = await rowsOf(press, 'Release Group', ['name', 'title'], { title: NAME });
    expect(titled).toHaveLength(2);
  });

  it('and lost: the order is found by the title of its group', async () => {
    await using press = await startQuickBuilds();
    press.sim.addFault({
      call: { method: 'press.api.site.new' },
      fault: { kind: 'lose_answer' },
    });
    await expect(orderSite(press, NAME)).rejects.toThrow();
    const found = await rowsOf(press, 'Site Group Deploy', ['name', 'status'], {
      'release_group.title': NAME,
    });
    expect(found).toMatchObject([{ status: 'Deploying Bench' }]);
    expect(orderStatus(press, found[0]?.name as string)).toBe('Deploying Bench');
  });
});

describe('bench.new sent twice', () => {
  const group = {
    title: NAME,
    version: 'Version 15',
    apps: [{ name: 'frappe', source: 'SRC-frappe-15' }],
    cluster: 'Mumbai',
    server: null,
    saas_app: null,
  };

  it('makes two groups while the first waits to write, else is refused', async () => {
    await using press = await startQuickBuilds();
    press.sim.addFault({
      call: { method: 'press.api.bench.new' },
      fault: { kind: 'late', seconds: 12, checked: 'receipt' },
    });
    const send = () => press.call('press.api.bench.new', { bench: group });
    const first = send();
    await expect.poll(() => press.sim.calls().length).toBe(1);
    expect((await send()).status).toBe(200);
    press.sim.clock.advance(12 * SECOND);
    expect((await first).status).toBe(200);
    expect(count(press, `group.create:${NAME}`)).toBe(2);
    expect((await send()).status).toBe(417);
  });
});
