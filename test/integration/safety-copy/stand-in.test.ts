import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, endOf } from '../provision/support.js';
import {
  approveBy,
  backupsOf,
  breakDown,
  copyOf,
  liveSite,
  offsiteBackup,
  startReinstall,
  switchOff,
} from './support.js';

describe('a site of which no copy of today can be had', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.simulator.clearFaults());
  afterAll(() => harness.close());

  const planOf = async (workflowId: string) => {
    const { plan } = await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    return {
      check: plan?.checks.find(({ name }) => name === 'safety copy'),
      acknowledge: plan?.approval?.acknowledge,
      steps: plan?.material.steps.map(({ name }) => name),
    };
  };

  it('falls back to the newest offsite backup, which the approvers acknowledge', async () => {
    const site = await liveSite(harness);
    const backup = await offsiteBackup(harness, site);
    await breakDown(harness, site);
    const handle = await startReinstall(harness, site);
    expect(await planOf(handle.workflowId)).toMatchObject({
      check: { result: 'warn', detail: expect.stringContaining(backup) as string },
      acknowledge: ['no-copy-of-today'],
      steps: ['safety copy', 'reinstall', 'verify'],
    });

    const silent = { by: 'kim', typedName: site };
    expect(await harness.client.approve(handle.workflowId, silent)).toMatchObject({
      accepted: false,
      reason: expect.stringContaining('no-copy-of-today') as string,
    });
    await approveBy(harness, handle);
    const { details } = await endOf(harness, handle.workflowId, 'succeeded');
    expect(details).toMatchObject({ safetyCopy: backup });
    expect(backupsOf(harness, site)).toHaveLength(1);
    const events = await harness.ledger.events(handle.operationId);
    expect(events.map(({ type }) => type)).toContain('safety.chosen');
  });

  it('falls back to the copy in the vault when that is newer', async () => {
    const site = await liveSite(harness);
    await offsiteBackup(harness, site);
    const first = await startReinstall(harness, site);
    await approveBy(harness, first);
    await endOf(harness, first.workflowId, 'succeeded');
    const { handle: copy } = await copyOf(harness, site);

    await switchOff(harness, site);
    const second = await startReinstall(harness, site);
    expect(await planOf(second.workflowId)).toMatchObject({
      check: { detail: expect.stringContaining(copy) as string },
    });
    await approveBy(harness, second);
    const { details } = await endOf(harness, second.workflowId, 'succeeded');
    expect(details).toMatchObject({ safetyCopy: copy });
  });

  it('goes on without any copy only when that is acknowledged', async () => {
    const site = await liveSite(harness);
    await switchOff(harness, site);
    const handle = await startReinstall(harness, site);
    expect(await planOf(handle.workflowId)).toMatchObject({
      check: { result: 'warn', detail: expect.stringContaining('no older copy') as string },
      acknowledge: ['no-safety-copy-at-all'],
    });
    await approveBy(harness, handle);
    const { details } = await endOf(harness, handle.workflowId, 'succeeded');
    expect(details).not.toHaveProperty('safetyCopy');
  });

  it('does without when asked to, with one more approver', async () => {
    const site = await liveSite(harness);
    const handle = await startReinstall(harness, site, { safetyCopy: 'skip' });
    expect(await planOf(handle.workflowId)).toMatchObject({
      acknowledge: ['no-safety-copy'],
      steps: ['reinstall', 'verify'],
    });
    await approveBy(harness, handle, ['kim', 'dana']);
    const { state } = await harness.client.status(handle.workflowId);
    expect(state).toBe('waiting_approval');
    await approveBy(harness, handle, ['robin']);
    await endOf(harness, handle.workflowId, 'succeeded');
    expect(backupsOf(harness, site)).toEqual([]);
    expect(effectsOn(harness, site)).toContain('site.reinstall');
  });
});
