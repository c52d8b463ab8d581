import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../simulators/press/index.js';
import { messageOf, MINUTE, type Press, SECOND } from './support/press-client.js';
import {
  advanceUntil,
  benchStatuses,
  deleteGroup,
  groupMethod,
  ordered,
  orderStatus,
  rowsOf,
  startQuickBuilds,
} from './support/orders.js';

const NAME = 'acme-one';

const failing = (retries: number, times: number | 'always'): FaultRule => ({
  build: { subdomain: NAME },
  fault: { kind: 'fail', error: 'could not resolve host', retries },
  times,
});

const buildRows = (press: Press, group: string) =>
  rowsOf(
    press,
    'Deploy Candidate Build',
    ['status', 'retry_count', 'deploy_candidate', 'build_error'],
    {
      group,
    },
  );

describe('builds', () => {
  it('are repeated as new builds of the same candidate, the order waits (A 3.5 item 4)', async () => {
    await using press = await startQuickBuilds();
    press.sim.addFault(failing(3, 1));
    const { order, group } = await ordered(press, NAME);
    advanceUntil(press, () => press.sim.estate().builds.length === 2, 5);
    expect(orderStatus(press, order)).toBe('Deploying Bench');
    const candidate = group.replace('bench', 'deploy').concat('-000001');
    expect(await buildRows(press, group)).toEqual([
      { status: 'Scheduled', retry_count: 1, deploy_candidate: candidate, build_error: '' },
      {
        status: 'Failure',
        retry_count: 0,
        deploy_candidate: candidate,
        build_error: 'could not resolve host',
      },
    ]);
    const seen: string[] = [];
    advanceUntil(press, () => {
      const status = press.sim.estate().builds[1]?.status ?? '';
      if (seen.at(-1) !== status) seen.push(status);
      return status === 'Success';
    });
    expect(seen).toEqual(['Scheduled', 'Pending', 'Preparing', 'Running', 'Success']);
    press.sim.clock.advance(20 * MINUTE);
    expect(orderStatus(press, order)).toBe('Site Created');
  });

  it('fail for good after three repetitions, 1, 5 and 25 minutes apart', async () => {
    await using press = await startQuickBuilds();
    press.sim.addFault(failing(3, 'always'));
    const { order, group } = await ordered(press, NAME);
    press.sim.clock.advance(30 * MINUTE);
    expect(orderStatus(press, order)).toBe('Deploying Bench');
    press.sim.clock.advance(10 * MINUTE);
    expect(orderStatus(press, order)).toBe('Bench Deploy Failed');
    expect(press.sim.estate().builds.map(({ retryCount }) => retryCount)).toEqual([0, 1, 2, 3]);
    const notes = await rowsOf(press, 'Press Notification', ['traceback', 'class'], {
      document_type: 'Deploy Candidate Build',
    });
    expect(notes).toEqual([{ traceback: 'could not resolve host', class: 'Error' }]);
    expect(press.sim.effects().filter(({ key }) => key === `build.create:${group}`)).toHaveLength(
      1,
    );
  });

  it('two in a row make two benches (bench-initial-deploy-second)', async () => {
    await using press = await startQuickBuilds();
    const name = 'bench-0004';
    for (const method of ['initial_deploy', 'initial_deploy']) {
      const reply = await groupMethod(press, name, method);
      expect(reply.status).toBe(200);
      const newest = press.sim.estate().builds.at(-1);
      expect(reply.body).toMatchObject({ message: newest?.name, docs: [{ status: 'Deploying' }] });
    }
    press.sim.clock.advance(20 * MINUTE);
    expect(benchStatuses(press, name)).toEqual(['Active', 'Active', 'Active']);
    expect(press.sim.effects().filter(({ key }) => key === `bench.create:${name}`)).toHaveLength(2);
  });

  it('of a deleted group are a crash', async () => {
    await using press = await startQuickBuilds();
    const { group } = await ordered(press, NAME);
    await deleteGroup(press, group);
    for (const method of ['initial_deploy', 'redeploy']) {
      const reply = await groupMethod(press, group, method);
      expect([reply.status, reply.body.exc_type]).toEqual([500, 'AttributeError']);
    }
  });

  it('are stopped and started again by fail_and_redeploy (C 3.8)', async () => {
    await using press = await startQuickBuilds();
    const { order, group } = await ordered(press, NAME);
    const dc = () => ({ name: group, dc_name: press.sim.estate().builds[0]?.name });
    const early = await press.call('press.api.bench.redeploy', dc());
    expect(messageOf(early.body)).toContain('Wait for deploy to finish');
    const fresh = await press.ask('press.api.bench.fail_and_redeploy', dc());
    expect(press.sim.estate().builds).toMatchObject([
      { status: 'Failure' },
      { name: fresh, status: 'Running' },
    ]);
    expect(orderStatus(press, order)).toBe('Bench Deploy Failed');
    press.sim.clock.advance(20 * MINUTE);
    expect(orderStatus(press, order)).toBe('Site Created');
    expect(await press.ask('press.api.bench.fail_and_redeploy', dc())).toBeUndefined();
    expect(await press.ask('press.api.bench.redeploy', dc())).toBe(
      press.sim.estate().builds.at(-1)?.name,
    );
    const foreign = await press.call('press.api.bench.redeploy', {
      name: 'bench-0004',
      dc_name: fresh,
    });
    expect(messageOf(foreign.body)).toBe('Unable to redeploy this build!');
  });
});

describe('New Bench', () => {
  it('is tried on up to three benches after a registry error (C 3.6)', async () => {
    await using press = await startQuickBuilds();
    press.sim.addFault({
      job: { jobType: 'New Bench' },
      fault: { kind: 'fail_step', step: 'Initialize Bench', output: 'net: TLS handshake timeout' },
      times: 2,
    });
    const { order, group } = await ordered(press, NAME);
    press.sim.clock.advance(30 * MINUTE);
    expect(benchStatuses(press, group)).toEqual(['Archived', 'Archived', 'Active']);
    expect(orderStatus(press, order)).toBe('Site Created');
    expect(press.sim.estate().benches.at(-1)?.name).toBe(`${group}-000001-f1-mumbai-2`);
  });

  it('is given up after the third', async () => {
    await using press = await startQuickBuilds();
    press.sim.addFault({
      job: { jobType: 'New Bench' },
      fault: { kind: 'fail_step', step: 0, output: 'net: TLS handshake timeout' },
      times: 'always',
    });
    const { order, group } = await ordered(press, NAME);
    press.sim.clock.advance(40 * MINUTE);
    expect(benchStatuses(press, group)).toEqual(['Archived', 'Archived', 'Broken']);
    expect(orderStatus(press, order)).toBe('Bench Deploy Failed');
  });

  it('shows its jobs and why it failed', async () => {
    await using press = await startQuickBuilds();
    press.sim.addFault({
      job: { jobType: 'New Bench', title: NAME },
      fault: { kind: 'fail_step', step: 'Deploy Bench', output: 'no space left' },
    });
    const { group } = await ordered(press, NAME);
    advanceUntil(press, () => benchStatuses(press, group)[0] === 'Installing');
    const running = await press.ask<object[]>('press.api.bench.running_jobs', { name: group });
    expect(running).toMatchObject([{ name: 'New Bench', status: 'Running', site: null }]);
    press.sim.clock.advance(5 * MINUTE);
    const [job] = await press.ask<{ name: string }[]>('press.api.bench.jobs', {
      filters: { name: group },
    });
    const document = await press.ask('press.api.client.get', {
      doctype: 'Agent Job',
      name: job?.name,
    });
    expect(document).toMatchObject({ job_type: 'New Bench', status: 'Failure' });
    const notes = await rowsOf(press, 'Press Notification', ['traceback'], {
      document_type: 'Agent Job',
      document_name: job?.name,
    });
    expect(notes).toEqual([{ traceback: 'no space left' }]);
  });

  it('may be slow', async () => {
    await using press = await startQuickBuilds();
    press.sim.addFault({
      build: { group: 'bench-0005', title: NAME },
      fault: { kind: 'slow', factor: 10 },
    });
    const { group } = await ordered(press, NAME);
    press.sim.clock.advance(7 * MINUTE);
    expect(press.sim.estate().builds[0]?.status).toBe('Running');
    press.sim.clock.advance(6 * MINUTE + 5 * SECOND);
    expect(press.sim.estate().builds[0]?.status).toBe('Success');
    expect(await buildRows(press, group)).toHaveLength(1);
  });
});
