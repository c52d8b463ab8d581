import { describe, expect, it } from 'vitest';
import { messageOf, MINUTE, SECOND } from './support/press-client.js';
import {
  advanceUntil,
  archiveSite,
  benchStatuses,
  deleteGroup,
  groupMethod,
  groupOf,
  orderAtRest,
  ordered,
  refusal,
  rowsOf,
  startQuickBuilds,
} from './support/orders.js';
import { recorded } from './support/recordings.js';

const NAME = 'acme-one';
const SITE = `${NAME}.frappe.cloud`;
const MID_BUILD = 'r2-seq-sgd-group-deleted-mid-build';

describe('deleting a group', () => {
  it('archives its Active benches with a job each and answers at once', async () => {
    await using made = await orderAtRest(NAME);
    const { press, group } = made;
    await archiveSite(press, SITE);
    press.sim.clock.advance(5 * MINUTE);
    expect((await deleteGroup(press, group)).status).toBe(200);
    expect(benchStatuses(press, group)).toEqual(['Pending']);
    const jobs = () => rowsOf(press, 'Agent Job', ['job_type', 'status'], { group });
    expect((await jobs())[0]).toEqual({ job_type: 'Archive Bench', status: 'Pending' });
    press.sim.clock.advance(5 * MINUTE);
    expect(benchStatuses(press, group)).toEqual(['Archived']);
    expect((await jobs())[0]).toMatchObject({ job_type: 'Remove User from Proxy' });
    const archives = press.sim.effects().filter(({ effect }) => effect === 'bench.archive');
    expect(archives).toHaveLength(1);
  });

  it('sent twice, succeeds again and the title grows; `.archived.1` when taken', async () => {
    await using press = await startQuickBuilds();
    const [one, two] = [await ordered(press, NAME), await ordered(press, 'acme-two')];
    for (const [group, title] of [
      [one.group, `${NAME}.archived`],
      [one.group, `${NAME}.archived.archived`],
    ] as const) {
      expect((await deleteGroup(press, group)).status).toBe(200);
      expect(groupOf(press, group)?.title).toBe(title);
    }
    const wrapper = await press.call('press.api.bench.archive', { name: two.group });
    const theirs = recorded('rg-bench-archive-wrapper-again').response;
    expect([wrapper.status, wrapper.body]).toEqual([theirs.status, theirs.body]);
    const third = await ordered(press, 'acme-two');
    await groupMethod(press, third.group, 'delete');
    expect(groupOf(press, third.group)?.title).toBe('acme-two.archived.1');
    const deletions = press.sim.effects().filter(({ effect }) => effect === 'group.delete');
    expect(deletions.map(({ key }) => key)).toEqual([
      `group.delete:${one.group}`,
      `group.delete:${one.group}`,
      `group.delete:${two.group}`,
      `group.delete:${third.group}`,
    ]);
  });

  it('refuses for some seconds after a bench came up (observed-2 6.12)', async () => {
    await using press = await startQuickBuilds();
    const { group } = await ordered(press, 'B_d bad');
    advanceUntil(press, () => benchStatuses(press, group)[0] === 'Active');
    press.sim.clock.advance(5 * SECOND);
    const refused = await deleteGroup(press, group);
    const theirs = recorded(MID_BUILD, 'client.delete Release Group (try 1)').response;
    expect(refused.status).toBe(theirs.status);
    expect(refusal(refused.body)).toEqual(refusal(theirs.body));
    press.sim.clock.advance(MINUTE);
    expect((await deleteGroup(press, group)).status).toBe(200);
  });

  it('is partly done when a later bench refuses (A 3.9)', async () => {
    await using made = await orderAtRest(NAME);
    const { press, group } = made;
    await archiveSite(press, SITE);
    press.sim.clock.advance(5 * MINUTE);
    await groupMethod(press, group, 'redeploy');
    advanceUntil(press, () => benchStatuses(press, group)[1] === 'Active');
    press.sim.clock.advance(5 * SECOND);
    const refused = await deleteGroup(press, group);
    expect(refused.status).toBe(417);
    expect(messageOf(refused.body)).toContain('because of ongoing jobs');
    expect(benchStatuses(press, group)).toEqual(['Pending', 'Active']);
    expect(groupOf(press, group)).toMatchObject({ enabled: true, title: NAME });
    expect(press.sim.calls().at(-1)).toMatchObject({ status: 417, committed: true });
  });

  it('by GET archives nothing, not even in part', async () => {
    await using made = await orderAtRest(NAME);
    const { press, group } = made;
    await archiveSite(press, SITE);
    press.sim.clock.advance(5 * MINUTE);
    const path = `/api/method/press.api.bench.archive?name=${group}`;
    const reply = await press.call('', {}, { verb: 'GET', path });
    expect(reply.status).toBe(200);
    expect(benchStatuses(press, group)).toEqual(['Active']);
    expect(groupOf(press, group)?.enabled).toBe(true);
  });

  it('leaves Broken benches alone: Bench.archive takes them', async () => {
    await using press = await startQuickBuilds();
    press.sim.addFault({
      job: { jobType: 'New Bench' },
      fault: { kind: 'fail_step', step: 'Deploy Bench' },
    });
    const { group } = await ordered(press, NAME);
    press.sim.clock.advance(20 * MINUTE);
    await deleteGroup(press, group);
    press.sim.clock.advance(20 * MINUTE);
    expect(benchStatuses(press, group)).toEqual(['Broken']);
    const dn = press.sim.estate().benches.at(-1)?.name;
    const archive = () =>
      press.call('press.api.client.run_doc_method', { dt: 'Bench', dn, method: 'archive' });
    expect((await archive()).status).toBe(200);
    expect(benchStatuses(press, group)).toEqual(['Pending']);
    expect(messageOf((await archive()).body)).toBe('Bench is already archived');
    press.sim.clock.advance(5 * MINUTE);
    expect(benchStatuses(press, group)).toEqual(['Archived']);
  });

  it.each([
    ['fail_step', 'Broken', 'A previous archive job executed in the last 24 hours has failed.'],
    ['delivery_failure', 'Active', 'Bench is already archived'],
  ] as const)('after an archive that ended by %s the bench is %s', async (kind, status, text) => {
    await using made = await orderAtRest(NAME);
    const { press, group } = made;
    await archiveSite(press, SITE);
    press.sim.clock.advance(5 * MINUTE);
    press.sim.addFault({
      job: { jobType: 'Archive Bench' },
      fault: kind === 'fail_step' ? { kind, step: 0 } : { kind, afterSeconds: 10 },
    });
    await deleteGroup(press, group);
    press.sim.clock.advance(MINUTE);
    expect(benchStatuses(press, group)).toEqual([status]);
    const dn = press.sim.estate().benches.at(-1)?.name;
    const body = { dt: 'Bench', dn, method: 'archive', args: {} };
    const again = await press.call('press.api.client.run_doc_method', body);
    expect(messageOf(again.body)).toBe(text);
    press.sim.clock.advance(25 * 60 * MINUTE);
    expect((await press.call('press.api.client.run_doc_method', body)).status).toBe(200);
  });

  it('empty private benches are archived by the server on the third day (D 1.8)', async () => {
    await using made = await orderAtRest(NAME);
    const { press, group } = made;
    press.sim.clock.advance(5 * 24 * 60 * MINUTE);
    expect(benchStatuses(press, group)).toEqual(['Active']);
    await archiveSite(press, SITE);
    press.sim.clock.advance(2 * 60 * MINUTE);
    expect(benchStatuses(press, group)).toEqual(['Archived']);
    expect(groupOf(press, group)).toMatchObject({ enabled: true, status: 'Awaiting Deploy' });
    expect(benchStatuses(press, 'bench-0004')).toEqual(['Active']);
  });
});
