import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeRecentCopy } from '../../../src/activities/safety-copy/chosen-copy.js';
import { planSafetyCopy } from '../../../src/activities/safety-copy/index.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { eventually, occupy, siteIn } from '../provision/support.js';
import { actOn, liveSite, offsiteBackup } from './support.js';

const HOUR_MS = 60 * 60_000;

describe('a recent backup as safety copy', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ startWorkers: false });
  });
  afterAll(() => harness.close());

  const planned = async (site: string) => {
    const account = harness.deps.accounts.get('main');
    const wish = { mode: 'recent', skip: false } as const;
    const { plan, checks, acknowledge } = await planSafetyCopy(harness.deps, account, site, wish);
    expect(acknowledge).toEqual([]);
    expect(plan).toMatchObject({ mode: 'recent' });
    return checks[0]?.detail;
  };
  const taken = async (site: string) => {
    await occupy(harness, site);
    const [{ operationId } = { operationId: '' }] = await harness.ledger.findOperations({ site });
    const args = { operationId, account: 'main', site };
    const { maxAgeMs } = harness.deps.policy.safetyCopy;
    return takeRecentCopy(harness.deps, { ...args, maxAgeMs });
  };

  it('is the newest offsite one, when it is young and whole', async () => {
    const site = await liveSite(harness);
    const backup = await offsiteBackup(harness, site);
    expect(await planned(site)).toContain(`${backup} of`);
    expect(await taken(site)).toMatchObject({
      where: 'offsite',
      handle: backup,
      version: 'Version 15',
      parts: ['database', 'public', 'private', 'config'],
    });
  });

  it('is none when there is only an old one', async () => {
    const site = await liveSite(harness);
    await offsiteBackup(harness, site);
    harness.simulator.clock.advance(7 * HOUR_MS);
    expect(await planned(site)).toMatch(/new backup .* too old/);
    expect(await taken(site)).toBeNull();
  });

  it('is none when its size cannot be', async () => {
    const site = await liveSite(harness);
    await offsiteBackup(harness, site);
    harness.simulator.setFileSizes(site, { database: 10_000_000 });
    await offsiteBackup(harness, site);
    expect(await planned(site)).toMatch(/new backup .* % of the size/);
    expect(await taken(site)).toBeNull();
  });

  it('is none when the site was updated since', async () => {
    const site = await liveSite(harness);
    await offsiteBackup(harness, site);
    harness.simulator.releaseUpdate(siteIn(harness, site)?.group ?? '');
    const update = { skip_failing_patches: false, skip_backups: false };
    await actOn(harness, site, 'schedule_update', update);
    await eventually(() => siteIn(harness, site)?.status === 'Active');
    expect(await planned(site)).toMatch(/new backup .* was updated since/);
    expect(await taken(site)).toBeNull();
  });
});
