import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, siteIn } from '../provision/support.js';
import { copyOf } from '../safety-copy/support.js';
import { backedUpSite, dataOf, failsIn, FREE, restore } from './support.js';

describe('a restore', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ speed: 400, policy: FREE });
  });
  afterAll(() => harness.close());

  it.concurrent('from an own offsite backup, with a copy of today made before', async () => {
    const { site, backup, before, today } = await backedUpSite(harness);
    const { details } = await restore(harness, site, { backup }, 'succeeded');
    expect(dataOf(harness, site)).toEqual(before);
    expect(before).not.toEqual(today);
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', maintenance: false });
    expect(effectsOn(harness, site)).toEqual([
      'site.create',
      'backup.create',
      'backup.create',
      'site.login',
      'site.restore',
    ]);
    expect(details).toMatchObject({ safetyCopy: (await copyOf(harness, site)).handle });
  });

  it.concurrent('that fails goes back to the copy of today', async () => {
    const { site, backup, today } = await backedUpSite(harness);
    harness.simulator.addFault(failsIn(site, 'Restore Site'));
    const { reason } = await restore(harness, site, { backup }, 'rolled_back');
    expect(reason).toContain('restore failed in "Restore Site"');
    expect(dataOf(harness, site)).toEqual(today);
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', creationFailed: false });
  });
});
