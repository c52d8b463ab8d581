import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackUpSiteInput, OperationHandle } from '../../../src/client.js';
import { InvalidInput } from '../../../src/errors.js';
import { costOf } from '../../../src/temporal/history-cost.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, endOf, eventually, onMethod } from '../provision/support.js';
import {
  actOn,
  answer,
  backupsOf,
  copyOf,
  liveSite,
  onBackup,
  switchOff,
} from '../safety-copy/support.js';

/** D 11: what a backup may cost. */
const BUDGET = 15;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ speed: 200, commandMs: 800, timing: { horizon: 2_000 } });
});
afterAll(() => harness.close());

const start = (site: string, more: Partial<BackUpSiteInput> = {}): Promise<OperationHandle> =>
  harness.client.start('backup', { account: 'main', requestedBy: 'ops', site, ...more });

describe('a backup', () => {
  it.concurrent('goes into the vault with its files', async () => {
    const site = await liveSite(harness);
    const { workflowId } = await start(site);
    const { details } = await endOf(harness, workflowId, 'succeeded');
    const copy = await copyOf(harness, site);
    expect(details).toMatchObject({
      safetyCopy: copy.handle,
      takenAt: copy.takenAt,
      parts: 'database, public, private, config',
    });
    expect(copy.expiresAt).toBeNull();
  });

  it.concurrent('stays at Press where that is asked for', async () => {
    const site = await liveSite(harness);
    const { workflowId } = await start(site, { keep: 'press' });
    const { details } = await endOf(harness, workflowId, 'succeeded');
    const [made] = backupsOf(harness, site);
    expect(made).toMatchObject({ name: details['backup'], withFiles: true, status: 'Success' });
    expect(details).toMatchObject({ parts: 'database, public, private, config' });
    const day = Date.parse(details['keptUntil'] ?? '') - Date.parse(details['takenAt'] ?? '');
    expect(day).toBe(24 * 60 * 60_000);
    expect(effectsOn(harness, site)).not.toContain('site.login');
  });

  it.concurrent('of the database alone leaves the files out', async () => {
    const site = await liveSite(harness);
    const { workflowId } = await start(site, { what: 'database' });
    const { details } = await endOf(harness, workflowId, 'succeeded');
    expect(backupsOf(harness, site)).toMatchObject([{ withFiles: false }]);
    expect(details['parts']).toBe('database, config');
  });

  it.concurrent("that somebody else's holds, too, is that one", async () => {
    const site = await liveSite(harness);
    harness.simulator.addFault(onBackup(site, { kind: 'slow', factor: 60 }));
    await actOn(harness, site, 'schedule_backup', { with_files: true });
    const { workflowId } = await start(site, { what: 'database' });
    await endOf(harness, workflowId, 'succeeded');
    expect(backupsOf(harness, site)).toHaveLength(1);
  });

  it.concurrent("with files waits for somebody else's without, and is made then", async () => {
    const site = await liveSite(harness);
    harness.simulator.addFault(onBackup(site, { kind: 'slow', factor: 60 }));
    await actOn(harness, site, 'schedule_backup', { with_files: false });
    const { workflowId } = await start(site, { keep: 'press' });
    await endOf(harness, workflowId, 'succeeded');
    expect(backupsOf(harness, site)).toMatchObject([{ withFiles: false }, { withFiles: true }]);
  });

  it.concurrent('of a site that is off stays at Press, or is refused', async () => {
    const site = await liveSite(harness);
    await switchOff(harness, site);
    const refused = await start(site);
    expect(await endOf(harness, refused.workflowId, 'refused')).toMatchObject({
      reason: expect.stringMatching(/Inactive and hands out no files.*keep: press/) as string,
    });
    const kept = await start(site, { keep: 'press' });
    await endOf(harness, kept.workflowId, 'succeeded');
  });

  it.concurrent('that is physical is refused where it is not switched on', async () => {
    const site = await liveSite(harness);
    const { workflowId } = await start(site, { what: 'physical' });
    expect(await endOf(harness, workflowId, 'refused')).toMatchObject({
      reason: expect.stringMatching(/physical backups are not switched on for this site/) as string,
    });
    expect(backupsOf(harness, site)).toEqual([]);
  });

  it.concurrent('that fails twice asks a person', async () => {
    const site = await liveSite(harness);
    harness.simulator.addFault(onBackup(site, { kind: 'fail_step', step: 0 }, 2));
    const handle = await start(site, { keep: 'press' });
    await answer(harness, handle, 'retry', /backup failed in "Backup Site"/);
    await endOf(harness, handle.workflowId, 'succeeded');
    expect(backupsOf(harness, site)).toHaveLength(3);
  });

  it.concurrent('without files cannot be asked into the vault', async () => {
    await expect(start('shop.example.com', { what: 'database', keep: 'vault' })).rejects.toThrow(
      InvalidInput,
    );
  });

  it.concurrent('of which the answer is lost is made once', async () => {
    const site = await liveSite(harness);
    harness.simulator.addFault(onMethod(site, 'schedule_backup', { kind: 'lose_answer' }));
    const { workflowId } = await start(site, { what: 'database' });
    await endOf(harness, workflowId, 'succeeded');
    expect(backupsOf(harness, site)).toHaveLength(1);
  });

  it('is one of the cheap operations', async () => {
    const slow = await startHarness({ speed: 50 });
    try {
      const site = await liveSite(slow);
      const handle = await slow.client.start('backup', {
        account: 'main',
        requestedBy: 'ops',
        site,
      });
      await endOf(slow, handle.workflowId, 'succeeded');
      await eventually(() => backupsOf(slow, site).length === 1);
      const run = slow.client.temporal.workflow.getHandle(handle.workflowId);
      const { events } = await run.fetchHistory();
      expect(costOf(events ?? []).actions).toBeLessThanOrEqual(BUDGET);
    } finally {
      await slow.close();
    }
  });
});
