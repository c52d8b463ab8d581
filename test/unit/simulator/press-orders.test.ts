import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FaultRule, Timings } from '../../../simulators/press/index.js';
import { MINUTE, SECOND } from './support/press-client.js';
import { groupMethod, ordered, orderStatus, rowsOf, startQuickBuilds } from './support/orders.js';
import { contradictions, recordedStory, watchOrder } from './support/stories.js';

const NAME = 'acme-one';
const SITE_NAME = `${NAME}.frappe.cloud`;
const FORTY_MINUTES = 40 * 60;

/** As in the lab of the recordings: a build of seconds, steps of seconds. */
const LAB: Partial<Timings> = { build: 30 * SECOND, steps: {} };

const rules: Record<string, FaultRule> = {
  build: { build: { title: NAME }, fault: { kind: 'fail', error: 'no such branch' } },
  bench: {
    job: { jobType: 'New Bench', subdomain: NAME },
    fault: { kind: 'fail_step', step: 'Deploy Bench' },
  },
  undeliverable: {
    job: { jobType: 'New Bench' },
    fault: { kind: 'delivery_failure', afterSeconds: 60 },
  },
  site: { job: { jobType: 'New Site' }, fault: { kind: 'fail_step', step: 'Install Apps' } },
};

async function placed(rule?: FaultRule, name = NAME, timings?: Partial<Timings>) {
  const press = await startQuickBuilds(timings === undefined ? {} : { timings });
  if (rule !== undefined) press.sim.addFault(rule);
  return { ...press, press, ...(await ordered(press, name)) };
}

describe('an order tells the story the real server told', () => {
  it.each([
    ['seq-sgd-success', undefined, NAME],
    ['seq-sgd-bad-subdomain', undefined, 'B_d bad'],
    ['seq-sgd-build-failure', rules.build, NAME],
    ['seq-sgd-new-bench-failure', rules.bench, NAME],
    ['seq-sgd-new-bench-delivery-failure', rules.undeliverable, NAME],
    ['seq-sgd-site-failure', rules.site, NAME],
  ])('%s', async (file, rule, name) => {
    await using made = await placed(rule, name, LAB);
    const ours = await watchOrder(made.press, made);
    expect(contradictions(recordedStory(file), ours)).toEqual([]);
  });

  it('and goes on after a redeploy: seq-sgd-resume', async () => {
    await using made = await placed(rules.build, NAME, LAB);
    made.sim.clock.advance(10 * MINUTE);
    expect(orderStatus(made.press, made.order)).toBe('Bench Deploy Failed');
    const redeployed = await groupMethod(made.press, made.group, 'redeploy');
    expect(redeployed.status).toBe(200);
    expect(Object.keys(redeployed.body)).toEqual(['docs']);
    const ours = await watchOrder(made.press, made);
    expect(contradictions(recordedStory('seq-sgd-resume'), ours)).toEqual([]);
    expect(made.statusOf(SITE_NAME)).toBe('Active');
    expect(made.sim.estate().benches.at(-1)?.name).toBe(`${made.group}-000002-f1-mumbai`);
  });
});

describe('endings of an order', () => {
  it('takes twenty minutes for the build and some more for bench and site by default', async () => {
    await using press = await startQuickBuilds({ timings: {} });
    const { order } = await ordered(press, NAME);
    press.sim.clock.advance(15 * MINUTE);
    expect(orderStatus(press, order)).toBe('Deploying Bench');
    press.sim.clock.advance(20 * MINUTE);
    expect(orderStatus(press, order)).toBe('Site Created');
    const [site] = press.sim.estate().sites;
    expect(site).toMatchObject({ name: SITE_NAME, status: 'Active', plan: 'USD 200 Private' });
    expect(press.sim.effects().map(({ key }) => key)).toEqual([
      `group.create:${NAME}`,
      `sgd.create:${NAME}`,
      `build.create:${site?.group}`,
      `bench.create:${site?.group}`,
      `site.create:${SITE_NAME}`,
    ]);
  });

  it('"Site Created" comes before the site is usable (A 3.5 item 1)', async () => {
    await using made = await placed({
      job: { jobType: 'Add Site to Upstream' },
      fault: { kind: 'undelivered', seconds: 3600 },
    });
    made.sim.clock.advance(FORTY_MINUTES * SECOND);
    expect(orderStatus(made.press, made.order)).toBe('Site Created');
    expect(made.statusOf(SITE_NAME)).toBe('Pending');
  });

  it('a failure of the proxy breaks the site, not the order', async () => {
    await using made = await placed({
      job: { jobType: 'Add Site to Upstream' },
      fault: { kind: 'fail_step', step: 0 },
    });
    made.sim.clock.advance(FORTY_MINUTES * SECOND);
    expect(orderStatus(made.press, made.order)).toBe('Site Created');
    expect(made.statusOf(SITE_NAME)).toBe('Broken');
  });

  it('late checks end it without a site or a reason, and no later deploy resumes it', async () => {
    await using press = await startQuickBuilds();
    const { order, group } = await ordered(press, 'abc');
    press.sim.clock.advance(FORTY_MINUTES * SECOND);
    expect(await rowsOf(press, 'Site Group Deploy', ['status', 'site'], { name: order })).toEqual([
      { status: 'Site Creation Failed', site: null },
    ]);
    const again = await groupMethod(press, group, 'initial_deploy');
    expect(again.status).toBe(200);
    press.sim.clock.advance(FORTY_MINUTES * SECOND);
    expect(orderStatus(press, order)).toBe('Site Creation Failed');
  });
});

describe('orders that hang (A 3.5 item 3)', () => {
  it.each<[string, FaultRule, string]>([
    ['New Bench undelivered', rules.undeliverable as FaultRule, 'Deploying Bench'],
    ['queue entry fails', { queue: { title: NAME }, fault: { kind: 'fail' } }, 'Deploying Bench'],
    [
      'build fails unnoticed',
      { build: { subdomain: NAME }, fault: { kind: 'fail', unnoticed: true } },
      'Deploying Bench',
    ],
    [
      'New Site undelivered',
      { job: { jobType: 'New Site' }, fault: { kind: 'delivery_failure', afterSeconds: 30 } },
      'Creating Site',
    ],
  ])('%s', async (_name, rule, resting) => {
    await using made = await placed(rule);
    made.sim.clock.advance(70 * 60 * MINUTE);
    expect(orderStatus(made.press, made.order)).toBe(resting);
    expect(made.sim.estate().sites.every(({ status }) => status === 'Broken')).toBe(true);
  });

  it('a failed queue entry makes no job and no bench', async () => {
    await using made = await placed({ queue: { subdomain: NAME }, fault: { kind: 'fail' } });
    made.sim.clock.advance(FORTY_MINUTES * SECOND);
    const { queue, jobs, benches } = made.sim.estate();
    expect(queue).toMatchObject([{ status: 'Failure' }]);
    expect(jobs).toEqual([]);
    expect(benches.filter(({ group }) => group === made.group)).toEqual([]);
  });

  it('a build that never ends is swept after two hours, and the order fails', async () => {
    await using made = await placed({ build: { group: 'bench-0005' }, fault: { kind: 'hang' } });
    made.sim.clock.advance(119 * MINUTE);
    expect(orderStatus(made.press, made.order)).toBe('Deploying Bench');
    made.sim.clock.advance(2 * MINUTE);
    expect(orderStatus(made.press, made.order)).toBe('Bench Deploy Failed');
  });

  it('a bench that never ends is swept after two days', async () => {
    await using made = await placed({ job: { jobType: 'New Bench' }, fault: { kind: 'hang' } });
    made.sim.clock.advance(47 * 60 * MINUTE);
    expect(orderStatus(made.press, made.order)).toBe('Deploying Bench');
    made.sim.clock.advance(3 * 60 * MINUTE);
    expect(orderStatus(made.press, made.order)).toBe('Bench Deploy Failed');
  });

  it('a name taken meanwhile stalls the callback, until the sweep (A 3.5 item 5)', async () => {
    await using made = await placed();
    await made.newSite(NAME);
    made.sim.clock.advance(FORTY_MINUTES * SECOND);
    const { benches, jobs } = made.sim.estate();
    expect(benches.at(-1)).toMatchObject({ status: 'Installing' });
    expect(jobs.find(({ jobType }) => jobType === 'New Bench')).toMatchObject({
      status: 'Running',
    });
    expect(orderStatus(made.press, made.order)).toBe('Deploying Bench');
    made.sim.clock.advance(49 * 60 * MINUTE);
    expect(orderStatus(made.press, made.order)).toBe('Bench Deploy Failed');
    expect(made.sim.estate().benches.at(-1)).toMatchObject({ status: 'Broken' });
  });
});

describe('state file', () => {
  it('an order goes on after a restart of the server', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'press-order-'));
    try {
      const stateFile = join(folder, 'world.json');
      const first = await startQuickBuilds({ stateFile });
      const { order } = await ordered(first, NAME);
      first.sim.clock.advance(30 * SECOND);
      await first.sim.close();
      await using second = await startQuickBuilds({ stateFile });
      expect(orderStatus(second, order)).toBe('Deploying Bench');
      second.sim.clock.advance(FORTY_MINUTES * SECOND);
      expect(orderStatus(second, order)).toBe('Site Created');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
