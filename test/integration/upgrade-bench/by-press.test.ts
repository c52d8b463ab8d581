import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, endOf, eventually, siteIn } from '../provision/support.js';
import { anActiveSite, startUpgrade, upgrade } from '../upgrade/support.js';
import { benchesOf, FREE, PUBLIC, titled } from './support.js';

describe('an upgrade from a public bench to one that Press makes', () => {
  let harness: Harness;
  beforeAll(async () => {
    // Press waits two hours for bench and copy: on a fast clock that is too short for a busy machine.
    harness = await startHarness({ speed: 150, policy: FREE });
  });
  afterAll(() => harness.close());

  it.concurrent('is begun by Press, after the copy', async () => {
    const site = await anActiveSite(harness, PUBLIC);
    const { details } = await upgrade(harness, site, 'succeeded', { newBench: {} });
    const [group] = titled(harness, `${site} Version 16`);
    expect(details).toMatchObject({ version: 'Version 16', group: group?.name });
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', group: group?.name });
    expect(effectsOn(harness, site)).toEqual([
      'site.create',
      'upgrade.create',
      'backup.create',
      'site.login',
      'update.create',
    ]);
  });

  it.concurrent('keeps no later upgrade away when its build fails', async () => {
    const site = await anActiveSite(harness, PUBLIC);
    const title = `own ${site}`;
    harness.simulator.addFault({ build: { title }, fault: { kind: 'fail' }, times: 'always' });
    await upgrade(harness, site, 'rolled_back', { newBench: { title } });
    expect(titled(harness, title)).toEqual([]);
    const { details } = await upgrade(harness, site, 'succeeded');
    expect(details).toMatchObject({ version: 'Version 16', group: 'bench-0003' });
  });

  it.concurrent('is withdrawn when it is held over its time', async () => {
    const site = await anActiveSite(harness, PUBLIC);
    const title = `own ${site}`;
    const workflowId = await startUpgrade(harness, site, { newBench: { title } });
    await eventually(() => effectsOn(harness, site).includes('site.login'));
    await harness.client.hold(workflowId, { by: 'kim' });
    await eventually(() => benchesOf(harness, title).length === 0);
    await harness.client.resume(workflowId, { by: 'kim' });
    const { reason } = await endOf(harness, workflowId, 'rolled_back');
    expect(reason).toContain('withdrawn before Press began');
    expect(effectsOn(harness, site)).not.toContain('update.create');
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', group: PUBLIC.group });
  });

  it.concurrent('is withdrawn when a person gives the operation up before its time', async () => {
    const site = await anActiveSite(harness, PUBLIC);
    const title = `own ${site}`;
    harness.simulator.addFault({
      call: {
        method: 'press.api.client.run_doc_method',
        body: { dn: site, method: 'schedule_backup' },
      },
      fault: { kind: 'exception', excType: 'KeyError' },
    });
    const workflowId = await startUpgrade(harness, site, { newBench: { title } });
    await harness.until(workflowId, ({ state }) => state === 'needs_human');
    await harness.client.resolve(workflowId, 'abandon', { by: 'kim' });
    const { reason } = await endOf(harness, workflowId, 'rolled_back');
    expect(reason).toContain('the order is withdrawn');
    expect(titled(harness, title)).toEqual([]);
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', group: PUBLIC.group });
  });

  it.concurrent('can be cancelled until shortly before its time', async () => {
    const site = await anActiveSite(harness, PUBLIC);
    const title = `own ${site}`;
    const workflowId = await startUpgrade(harness, site, { newBench: { title } });
    await eventually(() => effectsOn(harness, site).includes('backup.create'));
    await harness.client.cancel(workflowId, { by: 'kim' });
    await endOf(harness, workflowId, 'cancelled');
    expect(titled(harness, title)).toEqual([]);
    expect(benchesOf(harness, title)).toEqual([]);
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', group: PUBLIC.group });
  });
});
