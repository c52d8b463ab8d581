import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { aName, effectsOn, siteIn } from '../provision/support.js';
import { aGroup, benchesOf } from './groups.js';
import { PATIENT, anActiveSite, upgrade } from './support.js';

const OURS = { group: 'bench-0004', apps: ['frappe', 'erpnext'] };

describe('an upgrade into a group of ours', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      speed: 500,
      commandMs: 2_000,
      timing: { ...PATIENT, horizon: 3_000 },
      policy: { upgrade: [{ name: 'all', when: {}, approval: 'none' }] },
      simulator: { timings: { build: 60_000 } },
    });
  });
  afterAll(() => harness.close());

  it.concurrent('goes where a bench stands already', async () => {
    const [site, group] = await Promise.all([
      anActiveSite(harness, OURS),
      aGroup(harness, { title: aName() }),
    ]);
    const { details } = await upgrade(harness, site, 'succeeded', { group });
    expect(details).toMatchObject({ version: 'Version 16', group });
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', group });
  });

  it.concurrent('first puts the group up on the server of the site', async () => {
    const [site, group] = await Promise.all([
      anActiveSite(harness, OURS),
      aGroup(harness, { title: aName(), cluster: 'Frankfurt' }),
    ]);
    const { operationId } = await upgrade(harness, site, 'succeeded', { group });
    const steps = (await harness.ledger.commandsOf(operationId)).map(({ step }) => step);
    expect(steps).toEqual(['add server', 'backup', 'upgrade']);
    expect(benchesOf(harness, group).map(({ cluster, status }) => [cluster, status])).toEqual([
      ['Frankfurt', 'Active'],
      ['Mumbai', 'Active'],
    ]);
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', group });
  });

  it.concurrent('finds the server added when the answer is lost', async () => {
    const [site, group] = await Promise.all([
      anActiveSite(harness, OURS),
      aGroup(harness, { title: aName(), cluster: 'Frankfurt' }),
    ]);
    harness.simulator.addFault({
      call: { method: 'press.api.site.add_server_to_release_group', body: { name: site } },
      fault: { kind: 'lose_answer' },
    });
    await upgrade(harness, site, 'succeeded', { group });
    expect(effectsOn(harness, group).filter((effect) => effect === 'group.add_server')).toEqual([
      'group.add_server',
    ]);
  });

  it.concurrent('lists the server that was added when Press then refuses the upgrade', async () => {
    const [site, group] = await Promise.all([
      anActiveSite(harness, OURS),
      aGroup(harness, { title: aName(), cluster: 'Frankfurt' }),
    ]);
    harness.simulator.addFault({
      call: { method: 'press.api.site.version_upgrade', body: { name: site } },
      fault: { kind: 'exception', excType: 'ValidationError', status: 417, message: 'not today' },
    });
    const { exceptions, reason } = await upgrade(harness, site, 'rolled_back', { group });
    expect(reason).toContain('not today');
    expect(exceptions).toEqual([expect.stringContaining(`${group} stays on`)]);
  });

  it.concurrent('ends with nothing touched when no bench comes up there', async () => {
    const [site, group] = await Promise.all([
      anActiveSite(harness, OURS),
      aGroup(harness, { title: aName(), cluster: 'Frankfurt' }),
    ]);
    harness.simulator.addFault({
      job: { group, jobType: 'New Bench' },
      fault: { kind: 'fail_step', step: 'Deploy Bench', output: 'no space left on device' },
    });
    const { reason } = await upgrade(harness, site, 'rolled_back', { group });
    expect(reason).toContain('add server failed');
    expect(effectsOn(harness, site)).toEqual(['site.create']);
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', group: 'bench-0004' });
  });

  it.concurrent.each([
    ['was never deployed', { deploy: false }, /no active bench on .*: deploy the group first/],
    ['lacks an app of the site', { apps: [] }, /not on the bench: erpnext/],
  ])('is refused when the group %s', async (_, wanted, says) => {
    const [site, group] = await Promise.all([
      anActiveSite(harness, OURS),
      aGroup(harness, { title: aName(), ...wanted }),
    ]);
    const { reason } = await upgrade(harness, site, 'refused', { group });
    expect(reason).toMatch(says);
  });

  it.concurrent('is refused when the group is none of ours of the next version', async () => {
    const site = await anActiveSite(harness, OURS);
    const { reason } = await upgrade(harness, site, 'refused', { group: 'bench-0003' });
    expect(reason).toContain('bench-0003 is no enabled private group of ours of Version 16');
  });
});

describe('an upgrade that is not told where to go', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      speed: 500,
      timing: PATIENT,
      policy: { upgrade: [{ name: 'all', when: {}, approval: 'none' }] },
      simulator: { timings: { build: 60_000 } },
    });
  });
  afterAll(() => harness.close());

  it('takes the only group that will do, and asks where there are more', async () => {
    const site = await anActiveSite(harness, OURS);
    const none = await upgrade(harness, site, 'refused');
    expect(none.reason).toContain('this team has no group of Version 16');

    const first = await aGroup(harness, { title: aName(), cluster: 'Frankfurt' });
    const second = await aGroup(harness, { title: aName(), cluster: 'Frankfurt' });
    const many = await upgrade(harness, site, 'refused');
    expect(many.reason).toMatch(/more than one group of Version 16 might do/);
    expect(many.reason).toContain(first);
    expect(many.reason).toContain(second);

    const here = await aGroup(harness, { title: aName() });
    const { details } = await upgrade(harness, site, 'succeeded');
    expect(details['group']).toBe(here);
  });
});
