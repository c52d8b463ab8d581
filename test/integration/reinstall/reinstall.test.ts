import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CallFault } from '../../../simulators/press/index.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { callsOf, effectsOn, endOf, eventually, onJob, siteIn } from '../provision/support.js';
import {
  answer,
  approveBy,
  breakDown,
  copyOf,
  liveSite,
  NOBODY_ASKED,
  startReinstall,
  switchOff,
} from '../safety-copy/support.js';

const REINSTALL = 'press.api.site.reinstall';
const JOB = 'Reinstall Site';

describe('reinstallSite', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ policy: NOBODY_ASKED });
  });
  afterEach(() => harness.simulator.clearFaults());
  afterAll(() => harness.close());

  const dataOf = (site: string) => siteIn(harness, site)?.data.database;
  const onCall = (site: string, fault: CallFault) =>
    harness.simulator.addFault({ call: { method: REINSTALL, body: { name: site } }, fault });
  const reinstallsOf = (site: string) =>
    effectsOn(harness, site).filter((effect) => effect === 'site.reinstall').length;

  it('empties a site once, after a copy of it', async () => {
    const site = await liveSite(harness);
    const before = dataOf(site);
    const { workflowId } = await startReinstall(harness, site);
    const { details } = await endOf(harness, workflowId, 'succeeded');
    expect(dataOf(site)).not.toBe(before);
    expect(reinstallsOf(site)).toBe(1);
    expect(details).toMatchObject({
      status: 'Active',
      apps: 'frappe, erpnext',
      safetyCopy: (await copyOf(harness, site)).handle,
    });
  });

  it('restores the copy when it fails', async () => {
    const site = await liveSite(harness);
    const before = dataOf(site);
    harness.simulator.addFault(onJob(site, JOB, { kind: 'fail_step', step: 0 }));
    const { workflowId } = await startReinstall(harness, site);
    const { reason } = await endOf(harness, workflowId, 'rolled_back');
    expect(reason).toMatch(/reinstall failed/);
    expect(dataOf(site)).toBe(before);
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', creationFailed: false });
  });

  it('asks when the copy cannot be restored either', async () => {
    const site = await liveSite(harness);
    const before = dataOf(site);
    harness.simulator.addFault(onJob(site, JOB, { kind: 'fail_step', step: 0 }));
    harness.simulator.addFault(
      onJob(site, 'Restore Site', { kind: 'fail_step', step: 'Restore Site' }),
    );
    const handle = await startReinstall(harness, site);
    await answer(harness, handle, 'retry', /restore failed/);
    await endOf(harness, handle.workflowId, 'rolled_back');
    expect(dataOf(site)).toBe(before);
  });

  it('has touched nothing when the server was never reached', async () => {
    const site = await liveSite(harness);
    const before = dataOf(site);
    harness.simulator.addFault(onJob(site, JOB, { kind: 'delivery_failure', afterSeconds: 60 }));
    const { workflowId } = await startReinstall(harness, site);
    const { reason } = await endOf(harness, workflowId, 'rolled_back');
    expect(reason).toMatch(/never delivered/);
    expect(dataOf(site)).toBe(before);
    expect(effectsOn(harness, site)).not.toContain('site.restore');
  });

  it('finds a reinstall of which the answer was lost', async () => {
    const site = await liveSite(harness);
    onCall(site, { kind: 'lose_answer' });
    const { workflowId } = await startReinstall(harness, site);
    await endOf(harness, workflowId, 'succeeded');
    expect(reinstallsOf(site)).toBe(1);
    expect(callsOf(harness, REINSTALL, site)).toBe(1);
  });

  it('sends again what was lost on the way', async () => {
    const site = await liveSite(harness);
    onCall(site, { kind: 'lose_request' });
    const { workflowId } = await startReinstall(harness, site);
    await endOf(harness, workflowId, 'succeeded');
    expect(reinstallsOf(site)).toBe(1);
    expect(callsOf(harness, REINSTALL, site)).toBe(2);
  });

  it('ends as refused when Press says no', async () => {
    const site = await liveSite(harness);
    onCall(site, {
      kind: 'exception',
      excType: 'ValidationError',
      status: 417,
      message: 'not today',
    });
    const { workflowId } = await startReinstall(harness, site);
    const { reason } = await endOf(harness, workflowId, 'refused');
    expect(reason).toMatch(/not today/);
    expect(reinstallsOf(site)).toBe(0);
  });

  it('cannot be cancelled once it has begun', async () => {
    const site = await liveSite(harness);
    harness.simulator.addFault(onJob(site, JOB, { kind: 'slow', factor: 20 }));
    const { workflowId } = await startReinstall(harness, site);
    await eventually(() => reinstallsOf(site) === 1);
    expect(await harness.client.cancel(workflowId, { by: 'kim' })).toMatchObject({
      accepted: false,
      reason: expect.stringContaining('point of no return') as string,
    });
    await endOf(harness, workflowId, 'succeeded');
  });
});

describe('reinstallSite by the packaged policy', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.simulator.clearFaults());
  afterAll(() => harness.close());
  const started = async (site: string) => {
    const handle = await startReinstall(harness, site);
    await approveBy(harness, handle);
    return handle;
  };

  it('puts what was Inactive back into service', async () => {
    const site = await liveSite(harness);
    await switchOff(harness, site);
    const { workflowId } = await started(site);
    await endOf(harness, workflowId, 'succeeded');
    expect(effectsOn(harness, site).slice(-3)).toEqual([
      'site.reinstall',
      'site.deactivate',
      'site.activate',
    ]);
    expect((await harness.deps.accounts.get('main').probe(site)).ok).toBe(true);
  });

  it('takes off again what was Inactive when the server was never reached', async () => {
    const site = await liveSite(harness);
    await switchOff(harness, site);
    harness.simulator.addFault(onJob(site, JOB, { kind: 'delivery_failure', afterSeconds: 60 }));
    const { workflowId } = await started(site);
    await endOf(harness, workflowId, 'rolled_back');
    expect(siteIn(harness, site)).toMatchObject({ status: 'Inactive' });
  });

  it('tries again when there is no copy to go back to, and a person says so', async () => {
    const site = await liveSite(harness);
    await breakDown(harness, site);
    harness.simulator.addFault(onJob(site, JOB, { kind: 'fail_step', step: 0 }));
    const handle = await started(site);
    await answer(harness, handle, 'retry', /reinstall failed/);
    await endOf(harness, handle.workflowId, 'succeeded');
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active' });
  });
});
