import { describe, expect, it } from 'vitest';
import { archiveCommand } from '../../../src/activities/archive/archive-command.js';
import type { ActivityDeps } from '../../../src/activities/deps.js';
import type { Account } from '../../../src/frappe-cloud/index.js';
import { pressThat } from '../frappe-cloud/support/press-that.js';

const SITE = 'shop.frappe.cloud';
const KEY = { operationId: 'op1', step: 'archive', round: 1 };

/** Looks for an earlier send, at a Press that knows of one archive. */
async function locate(activity: { readonly reason: string; readonly job: string | null }) {
  const { press } = await pressThat((_, { doctype }) => {
    const row = { name: 'a1', action: 'Archive', owner: 'ops', creation: '2026-11-20 10:00:00.0' };
    return { body: { message: doctype === 'Site Activity' ? [{ ...row, ...activity }] : [] } };
  });
  const asked = { site: SITE, force: false, finalBackup: true };
  return archiveCommand({} as ActivityDeps, { press } as Account, KEY, asked, {}).locate(0);
}

describe('an archive that was sent before', () => {
  it('is found by its reason, with its job', async () => {
    expect(await locate({ reason: 'op1/archive/1', job: 'job-1' })).toMatchObject({
      state: 'found',
      tracker: { kind: 'site-archive', site: SITE, job: 'job-1' },
    });
  });

  it('is not that of another operation', async () => {
    expect(await locate({ reason: 'op2/archive/1', job: 'job-1' })).toEqual({ state: 'none' });
  });

  it('is for a person when Press does not name its job: nothing tells how it ends', async () => {
    expect(await locate({ reason: 'op1/archive/1', job: null })).toMatchObject({
      state: 'ambiguous',
      reason: expect.stringContaining('not of its job') as string,
    });
  });
});
