import { describe, expect, it } from 'vitest';
import { MINUTE, type Press, SECOND } from './support/press-client.js';
import {
  advanceUntil,
  archiveSite,
  benchStatuses,
  deleteGroup,
  groupOf,
  orderAtRest,
  ordered,
  orderSite,
  orderStatus,
  refusal,
  rowsOf,
  startQuickBuilds,
} from './support/orders.js';
import { recorded } from './support/recordings.js';

const NAME = 'acme-one';
const SITE = `${NAME}.frappe.cloud`;
const MID_BUILD = 'r2-seq-sgd-group-deleted-mid-build';

/** Waits for the site's name to be free, then deletes the group until it is accepted. */
async function cleanUp(press: Press, group: string): Promise<number> {
  advanceUntil(press, () => press.statusOf(SITE) === undefined);
  for (let tries = 1; ; tries += 1) {
    const { status, body } = await deleteGroup(press, group);
    if (status === 200) return tries;
    expect(body.exc_type).toBe('ArchiveBenchError');
    press.sim.clock.advance(5 * SECOND);
  }
}

describe('a group deleted while its order runs (observed-2 4)', () => {
  it.each([
    ['in mid-build', 20 * SECOND, []],
    ['while the bench installs', 100 * SECOND, ['Installing']],
  ])('%s: the site is born in the disabled group', async (_name, after, benches) => {
    await using press = await startQuickBuilds();
    const { order, group } = await ordered(press, NAME);
    press.sim.clock.advance(after);
    expect(benchStatuses(press, group)).toEqual(benches);

    const deleted = await deleteGroup(press, group);
    expect(deleted.body.docs).toMatchObject([{ title: `${NAME}.archived`, enabled: 0 }]);
    expect(await rowsOf(press, 'Release Group', ['title'], { name: group })).toEqual([]);
    expect(await press.ask('press.api.bench.exists', { title: NAME })).toBe(false);
    expect(benchStatuses(press, group)).toEqual(benches);

    press.sim.clock.advance(20 * MINUTE);
    expect(orderStatus(press, order)).toBe('Site Created');
    expect(press.statusOf(SITE)).toBe('Active');
    expect(groupOf(press, group)).toMatchObject({ enabled: false, status: 'Disabled' });
    expect(await rowsOf(press, 'Bench', ['status'], { group })).toMatchObject([
      { status: 'Active' },
    ]);
    expect(await rowsOf(press, 'Deploy Candidate Build', ['status'], { group })).toEqual([
      { status: 'Success' },
    ]);
  });

  it('is cleaned up until nothing is left', async () => {
    await using made = await orderAtRest(NAME);
    const { press, group, order } = made;
    const early = await deleteGroup(press, group);
    const theirs = recorded(MID_BUILD, 'client.delete Release Group while the site stands on it');
    expect(early.status).toBe(theirs.response.status);
    expect(refusal(early.body)).toEqual(refusal(theirs.response.body));
    expect(early.body.exception).toBe(theirs.response.body.exception);

    expect((await archiveSite(press, SITE)).status).toBe(200);
    expect(await cleanUp(press, group)).toBeGreaterThan(1);
    press.sim.clock.advance(5 * MINUTE);
    expect(benchStatuses(press, group)).toEqual(['Archived']);
    expect(await rowsOf(press, 'Bench', ['name'], { group })).toEqual([]);
    expect(await rowsOf(press, 'Bench', ['name'], { group, status: 'Archived' })).toEqual([]);
    expect(await rowsOf(press, 'Site', ['name'], { name: ['like', `${NAME}%`] })).toEqual([]);
    expect(await rowsOf(press, 'Release Group', ['name'], { name: group })).toEqual([]);
    expect(await press.ask('press.api.bench.exists', { title: NAME })).toBe(false);
    const subdomain = { subdomain: NAME, domain: 'frappe.cloud' };
    expect(await press.ask('press.api.site.exists', subdomain)).toBe(false);

    expect(await rowsOf(press, 'Site Group Deploy', ['status', 'site'], { name: order })).toEqual([
      { status: 'Site Created', site: `${SITE}.archived` },
    ]);
    const kept = { doctype: 'Site Group Deploy', name: order };
    const undeletable = await press.call('press.api.client.delete', kept);
    const theirRefusal = recorded(MID_BUILD, 'final: client.delete Site Group Deploy').response;
    expect(refusal(undeletable.body)).toEqual(refusal(theirRefusal.body));
    expect((await orderSite(press, NAME)).status).toBe(200);
  });

  it('builds cannot be stopped', async () => {
    await using press = await startQuickBuilds();
    await ordered(press, NAME);
    const build = press.sim.estate().builds[0]?.name ?? '';
    const failed = await press.call('press.api.bench.fail_build', { dn: build });
    const theirs = recorded(MID_BUILD, 'bench.fail_build (attempt to stop)').response;
    expect([failed.status, ...refusal(failed.body)]).toEqual([403, ...refusal(theirs.body)]);
    const stopped = await press.call('press.api.client.run_doc_method', {
      dt: 'Deploy Candidate Build',
      dn: build,
      method: 'stop_and_fail',
      args: {},
    });
    const attempt = recorded(MID_BUILD, 'RDM cancel/stop attempt on the build').response;
    expect([stopped.status, stopped.body.exception]).toEqual([500, attempt.body.exception]);
  });
});

describe('the name of a deleted group used again at once (observed-2 4)', () => {
  it('one order wins, the other hangs and is a zombie when the site is archived', async () => {
    await using press = await startQuickBuilds();
    const first = await ordered(press, NAME);
    press.sim.addFault({
      job: { jobType: 'New Bench', group: first.group },
      fault: { kind: 'slow', factor: 2 },
    });
    await deleteGroup(press, first.group);
    const second = await ordered(press, NAME);
    press.sim.clock.advance(30 * MINUTE);
    expect(press.statusOf(SITE)).toBe('Active');
    expect(orderStatus(press, second.order)).toBe('Site Created');
    expect(orderStatus(press, first.order)).toBe('Deploying Bench');
    const jobs = await rowsOf(press, 'Agent Job', ['job_type', 'status'], { group: first.group });
    expect(jobs).toEqual([{ job_type: 'New Bench', status: 'Running' }]);
    expect(benchStatuses(press, first.group)).toEqual(['Installing']);
    const again = await deleteGroup(press, first.group);
    expect(again.body.docs).toMatchObject([{ title: `${NAME}.archived.archived` }]);

    await archiveSite(press, SITE);
    advanceUntil(press, () => orderStatus(press, first.order) === 'Creating Site');
    press.sim.clock.advance(10 * MINUTE);
    expect(press.statusOf(SITE)).toBe('Active');
    expect(orderStatus(press, first.order)).toBe('Site Created');
    const births = press.sim.effects().filter(({ key }) => key === `site.create:${SITE}`);
    expect(births).toHaveLength(2);
    expect(births.every(({ callSeq }) => callSeq === 0)).toBe(true);

    await archiveSite(press, SITE);
    await cleanUp(press, first.group);
    await cleanUp(press, second.group);
    press.sim.clock.advance(5 * MINUTE);
    const { sites, benches } = press.sim.estate();
    expect(sites.map(({ name }) => name)).toEqual([`${SITE}.archived`, `${SITE}.archived.1`]);
    const left = benches.filter(({ group }) => group > 'bench-0004');
    expect(left.map(({ status }) => status)).toEqual(['Archived', 'Archived']);
    expect(groupOf(press, first.group)?.title).toBe(`${NAME}.archived.archived.archived`);
    expect(groupOf(press, second.group)?.title).toBe(`${NAME}.archived`);
  });
});
