import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, siteIn } from '../provision/support.js';
import { PATIENT, anActiveSite, BACK, failsAt, THERE, upgrade } from './support.js';

/** Nobody is asked: what approvals do is tested with provision. */
const FREE = { upgrade: [{ name: 'all', when: {}, approval: 'none' }] } as const;

describe('an upgrade on shared benches', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ speed: 400, timing: PATIENT, policy: FREE });
  });
  afterAll(() => harness.close());

  it.concurrent('brings the site to the next version, with a copy made before', async () => {
    const site = await anActiveSite(harness);
    const { details, operationId } = await upgrade(harness, site, 'succeeded');
    expect(details).toMatchObject({ version: 'Version 15', group: 'bench-0001' });
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', group: 'bench-0001' });
    expect(effectsOn(harness, site)).toEqual([
      'site.create',
      'backup.create',
      'site.login',
      'update.create',
      'upgrade.create',
    ]);
    const steps = (await harness.ledger.commandsOf(operationId)).map(({ step }) => step);
    expect(steps).toEqual(['backup', 'upgrade']);
  });

  it.concurrent('that Press recovers has gone back', async () => {
    const site = await anActiveSite(harness);
    harness.simulator.addFault(failsAt(site, THERE, 'Migrate Site'));
    const { reason } = await upgrade(harness, site, 'rolled_back');
    expect(reason).toContain('upgrade failed in "Migrate Site", and Press has put everything back');
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', group: 'bench-0002' });
  });

  it.concurrent('that goes fatal where it came from is restored from its copy', async () => {
    const site = await anActiveSite(harness);
    const data = siteIn(harness, site)?.data.database;
    harness.simulator.addFault(failsAt(site, THERE, 'Migrate Site'));
    harness.simulator.addFault(failsAt(site, BACK, 'Restore Touched Tables'));
    const { reason } = await upgrade(harness, site, 'rolled_back');
    expect(reason).toContain('Press could not put it back');
    expect(siteIn(harness, site)).toMatchObject({
      status: 'Active',
      group: 'bench-0002',
      fatalUpdate: null,
      maintenance: false,
      data: { database: data },
    });
  });
});
