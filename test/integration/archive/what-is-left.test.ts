import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { OperationHandle } from '../../../src/client.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, endOf, eventually, onJob, siteIn } from '../provision/support.js';
import {
  approveBy,
  breakDown,
  copyOf,
  NOBODY_ASKED,
  offsiteBackup,
  startReinstall,
  switchOff,
} from '../safety-copy/support.js';
import { activeSite, archive } from './support.js';

describe('what an archive leaves to bring the site back with', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ policy: NOBODY_ASKED });
  });
  afterAll(() => harness.close());

  /** An archive of a site that is off, for which an older copy stands in. */
  const approved = async (site: string): Promise<OperationHandle> => {
    await switchOff(harness, site);
    const handle = await archive(harness, site);
    await approveBy(harness, handle);
    return handle;
  };

  it.concurrent('is the offsite backup that stood in', async ({ expect }) => {
    const site = await activeSite(harness);
    const backup = await offsiteBackup(harness, site);
    const { workflowId } = await approved(site);
    const { details } = await endOf(harness, workflowId, 'succeeded');
    expect(details).toMatchObject({ safetyCopy: backup, finalBackup: 'not asked for' });
  });

  it.concurrent('is told when a newer backup has pushed that out', async ({ expect }) => {
    const site = await activeSite(harness);
    const backup = await offsiteBackup(harness, site);
    harness.simulator.addFault(onJob(site, 'Archive Site', { kind: 'slow', factor: 60 }));
    const { workflowId } = await approved(site);
    await eventually(() => effectsOn(harness, site).includes('site.archive'));
    // Press takes its daily one.
    const newer = await offsiteBackup(harness, site);
    const { exceptions } = await endOf(harness, workflowId, 'succeeded_with_exceptions');
    const lost = `the backup ${backup} that is relied on was not kept; the newest at Press is ${newer}`;
    expect(exceptions).toEqual([expect.stringContaining(lost)]);
  });

  it.concurrent('is told when there is nothing', async ({ expect }) => {
    const site = await activeSite(harness);
    await switchOff(harness, site);
    const handle = await archive(harness, site, { finalBackup: false });
    await approveBy(harness, handle);
    const { exceptions } = await endOf(harness, handle.workflowId, 'succeeded_with_exceptions');
    expect(exceptions).toEqual([
      'verify: there is no copy of it, and no final backup was made; Press has no backup of it',
    ]);
  });

  it.concurrent('is read through before it is relied on', async ({ expect }) => {
    const site = await activeSite(harness);
    const { workflowId: first } = await startReinstall(harness, site);
    await endOf(harness, first, 'succeeded');
    const { handle: copy } = await copyOf(harness, site);
    const dump = path.join(harness.deps.vault.location, copy, 'database.sql.gz');
    await writeFile(dump, (await readFile(dump)).fill(0));

    const { workflowId } = await approved(site);
    const { reason } = await endOf(harness, workflowId, 'refused');
    expect(reason).toMatch(`the copy ${copy} that was to stand in is damaged: database `);
    expect(effectsOn(harness, site)).not.toContain('site.archive');
    expect(siteIn(harness, site)?.status).toBe('Inactive');
  });

  it.concurrent('is not asked for of a site that stays as Broken as it was', async ({ expect }) => {
    const site = await activeSite(harness);
    await offsiteBackup(harness, site);
    await breakDown(harness, site);
    harness.simulator.setResponsive(site, false);
    harness.simulator.addFault(
      onJob(site, 'Archive Site', { kind: 'fail_step', step: 'Archive Site' }),
    );
    const handle = await archive(harness, site);
    await approveBy(harness, handle);
    const { exceptions } = await endOf(harness, handle.workflowId, 'rolled_back');
    expect(exceptions).toEqual(['Database Users: if it had any, they have to be made again']);
    expect(siteIn(harness, site)?.status).toBe('Broken');
  });
});
