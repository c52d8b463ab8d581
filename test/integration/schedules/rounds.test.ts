import { describe, expect, it } from 'vitest';
import { Schedules } from '../../../src/client/schedules.js';
import type { BackUpSitesInput, FleetBackups } from '../../../src/domain/fleet-backups.js';
import { NotFound } from '../../../src/errors.js';
import { operationIdFrom } from '../../../src/domain/operations.js';
import { startHarness } from '../../support/harness.js';
import { copyOf, liveSite, onBackup } from '../safety-copy/support.js';
import { PATIENT } from '../upgrade/support.js';
import { begun, DAILY, lastOf, REQUEST } from './support.js';

describe('a schedule of all sites', () => {
  it('backs each up by an operation of its own, and counts what failed', async () => {
    const own = await startHarness();
    try {
      const sites = [await liveSite(own), await liveSite(own), await liveSite(own)];
      const [first = ''] = [...sites].sort();
      own.simulator.addFault(onBackup(first, { kind: 'fail_step', step: 0 }, 2));
      const all = new Schedules(own.client);
      await all.create('nightly', { kind: 'backup-all', input: REQUEST }, DAILY);
      await all.run('nightly');
      const round = await begun(all, 'nightly');
      expect(round).toMatch(/^backUpSites:main:nightly-/);
      const report = (await own.client.temporal.workflow.getHandle(round).result()) as FleetBackups;
      expect(report).toMatchObject({ backedUp: 2, failed: 1 });
      expect(report.failures).toMatchObject([
        expect.stringMatching(new RegExp(`^${first}: needs a person \\(operation nightly-`)),
      ]);
      expect(await lastOf(all, 'nightly', ({ endedAt }) => endedAt !== null)).toMatchObject({
        outcome: 'incomplete',
        detail: 'backed up 2, failed 1',
        ok: false,
      });
      const told = own.notifications.filter(({ kind }) => kind === 'backup-all');
      expect(told).toMatchObject([{ operationId: operationIdFrom(round), site: 'main' }]);
      expect(told[0]?.message).toBe(`backed up 2, failed 1; ${report.failures[0]}`);
      await expect(own.client.status(round)).rejects.toThrow(NotFound);
      // It waits for a person beside the round, which has ended without it.
      const asked = await own.client.list({ needsAttention: true });
      expect(asked).toMatchObject([{ site: first, state: 'needs_human' }]);
      for (const site of sites.filter((name) => name !== first)) await copyOf(own, site);
    } finally {
      await own.close();
    }
  });

  it('goes on as a new run after a page of sites, and misses none', async () => {
    const own = await startHarness({ speed: 400, timing: PATIENT });
    try {
      const sites = await Promise.all(Array.from({ length: 51 }, () => liveSite(own)));
      const handle = await own.client.temporal.workflow.start('backUpSites', {
        taskQueue: 'sitewright',
        workflowId: 'backUpSites:main:nightly-2026-11-21T02:30:00Z',
        args: [REQUEST],
      });
      const first = await handle.describe();
      expect(await handle.result()).toEqual({ backedUp: 51, failed: 0, failures: [] });
      expect(own.notifications).toEqual([]);
      expect((await handle.describe()).runId).not.toBe(first.runId);
      const rounds = await Promise.all(sites.map((site) => copyOf(own, site)));
      const ids = rounds.map(({ operationId }) => operationId);
      expect(new Set(ids).size).toBe(51);
      expect(ids).toContain('nightly-2026-11-21T023000Z-51');
    } finally {
      await own.close();
    }
  });

  it('tells people when it cannot go on, and once of all its parts', async () => {
    const own = await startHarness();
    try {
      const round = (operationId: string, input: BackUpSitesInput) =>
        own.client.temporal.workflow.execute('backUpSites', {
          taskQueue: 'sitewright',
          workflowId: `backUpSites:${input.account}:${operationId}`,
          args: [input],
        }) as Promise<FleetBackups>;
      expect(await round('lost', { ...REQUEST, account: 'gone' })).toMatchObject({
        backedUp: 0,
        stopped: expect.stringMatching(/^unknown account "gone"/) as string,
      });
      const failures = ['a: 1', 'b: 2', 'c: 3', 'd: 4', 'e: 5', 'f: 6'];
      const soFar = { backedUp: 50, failed: 7, failures };
      expect(await round('last-part', { ...REQUEST, soFar })).toEqual(soFar);
      expect(own.notifications).toEqual([
        {
          operationId: 'lost',
          kind: 'backup-all',
          site: 'gone',
          message: expect.stringMatching(
            /^backed up 0, failed 0, then stopped: unknown account "gone"/,
          ) as string,
        },
        {
          operationId: 'last-part',
          kind: 'backup-all',
          site: 'main',
          message: 'backed up 50, failed 7; a: 1; b: 2; c: 3; d: 4; e: 5; and 2 more',
        },
      ]);
    } finally {
      await own.close();
    }
  });
});
