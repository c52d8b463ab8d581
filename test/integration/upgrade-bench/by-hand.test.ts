import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { siteIn } from '../provision/support.js';
import { anActiveSite, upgrade } from '../upgrade/support.js';
import { benchesOf, FREE, OWN, titled } from './support.js';

describe('an upgrade with a bench of its own', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ speed: 400, policy: FREE });
  });
  afterAll(() => harness.close());

  it.concurrent('builds the bench, then copies and upgrades', async () => {
    const site = await anActiveSite(harness, OWN);
    const { details, operationId } = await upgrade(harness, site, 'succeeded', { newBench: {} });
    const [group] = titled(harness, `${site} Version 16`);
    expect(group).toMatchObject({ version: 'Version 16', apps: ['frappe', 'erpnext'] });
    expect(details).toMatchObject({ version: 'Version 16', group: group?.name });
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', group: group?.name });
    const steps = (await harness.ledger.commandsOf(operationId)).map(({ step }) => step);
    expect(steps).toEqual(['add apps', 'backup', 'build bench', 'new group', 'upgrade']);
  });

  it.concurrent('leaves nothing behind when the build fails', async () => {
    const site = await anActiveSite(harness, OWN);
    const title = `own ${site}`;
    harness.simulator.addFault({
      build: { title },
      fault: { kind: 'fail', error: 'erpnext: npm ERR! code ELIFECYCLE' },
      times: 'always',
    });
    const { reason } = await upgrade(harness, site, 'rolled_back', { newBench: { title } });
    expect(reason).toContain('ELIFECYCLE');
    expect(titled(harness, title)).toEqual([]);
    expect(benchesOf(harness, title)).toEqual([]);
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', group: OWN.group });
  });
});
