import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TransferFault } from '../../../simulators/press/index.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, endOf, eventually, siteIn } from '../provision/support.js';
import {
  answer,
  backupsOf,
  copyOf,
  downloadsOf,
  liveSite,
  NOBODY_ASKED,
  startReinstall,
} from './support.js';

const MB = 1_000_000;

describe('the files of a safety copy on their way', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ policy: NOBODY_ASKED });
  });
  afterEach(() => harness.simulator.clearFaults());
  afterAll(() => harness.close());

  const downloadOf = (
    site: string,
    kind: string,
    fault: TransferFault,
    times: number | 'always' = 1,
  ) => {
    const name = `${site.replaceAll('.', '_')}-${kind}`;
    harness.simulator.addFault({ transfer: { direction: 'download', name }, fault, times });
  };

  it('go on where the line broke', async () => {
    const site = await liveSite(harness);
    harness.simulator.setFileSizes(site, { database: 40 * MB });
    downloadOf(site, 'database', { kind: 'cut', afterBytes: 30 * MB });
    const { workflowId } = await startReinstall(harness, site);
    await endOf(harness, workflowId, 'succeeded');

    const [first, second, ...more] = downloadsOf(harness, site, 'database');
    expect([first, more]).toEqual([0, []]);
    expect(second).toBeGreaterThan(10 * MB);
    const { handle } = await copyOf(harness, site);
    expect(await harness.deps.vault.verify(handle)).toEqual([]);
  });

  it('are fetched once more when they arrive damaged', async () => {
    const site = await liveSite(harness);
    downloadOf(site, 'database', { kind: 'corrupt', atByte: 50_000 });
    const { workflowId } = await startReinstall(harness, site);
    await endOf(harness, workflowId, 'succeeded');
    expect(downloadsOf(harness, site, 'database')).toEqual([0, 0]);
    expect(backupsOf(harness, site)).toHaveLength(1);
  });

  it('come from another backup when the first is damaged itself', async () => {
    const site = await liveSite(harness);
    downloadOf(site, 'database', { kind: 'corrupt', atByte: 50_000 }, 2);
    const { workflowId } = await startReinstall(harness, site);
    await endOf(harness, workflowId, 'succeeded');
    expect(backupsOf(harness, site)).toHaveLength(2);
  });

  it('come from another backup when they are gone', async () => {
    const site = await liveSite(harness);
    downloadOf(site, 'private-files', { kind: 'error', status: 404 });
    const { workflowId } = await startReinstall(harness, site);
    await endOf(harness, workflowId, 'succeeded');
    const [, second] = backupsOf(harness, site);
    expect(await copyOf(harness, site)).toMatchObject({ backup: second?.name });
  });

  it('are asked for with a fresh session when one has ended', async () => {
    const site = await liveSite(harness);
    downloadOf(site, 'files', { kind: 'error', status: 403 });
    const { workflowId } = await startReinstall(harness, site);
    await endOf(harness, workflowId, 'succeeded');
    expect(effectsOn(harness, site).filter((effect) => effect === 'site.login')).toHaveLength(2);
    expect(downloadsOf(harness, site, 'database')).toEqual([0]);
  });

  it('are waited for while the site is down, and a person is asked when that lasts', async () => {
    const site = await liveSite(harness);
    harness.simulator.setResponsive(site, false);
    const handle = await startReinstall(harness, site);
    await answer(harness, handle, 'retry', /HTTP 503/);
    harness.simulator.setResponsive(site, true);
    await endOf(harness, handle.workflowId, 'succeeded');
    expect(backupsOf(harness, site)).toHaveLength(1);
  });

  it('are given up when the operation is cancelled', async () => {
    const site = await liveSite(harness);
    downloadOf(site, 'files', { kind: 'error', status: 503 }, 'always');
    const { workflowId } = await startReinstall(harness, site);
    await eventually(() => downloadsOf(harness, site, 'files').length > 0);
    expect(await harness.client.cancel(workflowId, { by: 'kim' })).toMatchObject({
      accepted: true,
    });
    await endOf(harness, workflowId, 'cancelled');
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active' });
    expect(effectsOn(harness, site)).not.toContain('site.reinstall');
  });
});
