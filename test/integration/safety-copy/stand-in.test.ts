import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, endOf, eventually, siteIn } from '../provision/support.js';
import {
  actOn,
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

  it('prefers an older one to one of an implausible size, and says so', async () => {
    const site = await liveSite(harness);
    const older = await offsiteBackup(harness, site);
    harness.simulator.setFileSizes(site, { database: 10_000_000 });
    const doubtful = await offsiteBackup(harness, site);
    await switchOff(harness, site);
    const handle = await startReinstall(harness, site);
    const { check, acknowledge } = await planOf(handle.workflowId);
    expect(check?.detail).toMatch(`${older} of`);
    expect(check?.detail).toMatch(new RegExp(`stands in; not .* ${doubtful} .* % of the size`));
    expect(acknowledge).toEqual(['no-copy-of-today']);
    await harness.client.reject(handle.workflowId, { by: 'kim' });
    await endOf(harness, handle.workflowId, 'rejected');
  });

  it('has it acknowledged when the copy is doubtful', async () => {
    const site = await liveSite(harness);
    const backup = await offsiteBackup(harness, site);
    harness.simulator.releaseUpdate(siteIn(harness, site)?.group ?? '');
    const update = { skip_failing_patches: false, skip_backups: false };
    await actOn(harness, site, 'schedule_update', update);
    await eventually(() => siteIn(harness, site)?.status === 'Active');
    await switchOff(harness, site);
    const handle = await startReinstall(harness, site);
    const { check, acknowledge } = await planOf(handle.workflowId);
    expect(check).toMatchObject({ result: 'warn' });
    expect(check?.detail).toMatch(new RegExp(`${backup} .* stands in, but the site was updated`));
    expect(acknowledge).toEqual(['no-copy-of-today', 'doubtful-copy']);

    const half = { by: 'kim', typedName: site, acknowledges: ['no-copy-of-today'] };
    expect(await harness.client.approve(handle.workflowId, half)).toMatchObject({
      accepted: false,
      reason: 'an approval of this has to acknowledge doubtful-copy',
    });
    await approveBy(harness, handle);
    const { details } = await endOf(harness, handle.workflowId, 'succeeded');
    expect(details).toMatchObject({ safetyCopy: backup });
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
