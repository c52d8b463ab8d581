import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf } from '../provision/support.js';
import { actOn } from '../safety-copy/support.js';
import { adjust, ask, aSite } from './support.js';

const GROUP = { group: 'bench-0002', version: 'Version 14' };
const AT = '2099-02-01T10:00:00.000Z';

describe('a scheduled update', () => {
  let harness: Harness;
  let site: string;
  beforeAll(async () => {
    harness = await startHarness();
    site = await aSite(harness, GROUP);
    harness.simulator.releaseUpdate(GROUP.group);
    await actOn(harness, site, 'schedule_update', { scheduled_time: '2099-01-01 10:00:00' });
  });
  afterAll(() => harness.close());

  const updates = () => harness.simulator.estate().updates.filter(({ site: of }) => of === site);

  it('is put off; what is not said stays as it is', async () => {
    const { details } = await adjust(harness, 'edit-scheduled-update', site, { at: AT });
    const [update] = updates();
    expect(update).toMatchObject({ status: 'Scheduled', scheduledTime: AT, skipBackups: false });
    expect(details).toMatchObject({ update: update?.name, at: AT });
  });

  it('asks somebody before it drops the backup', async () => {
    const { workflowId } = await ask(harness, 'edit-scheduled-update', site, { skipBackups: true });
    const { plan } = await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    expect(plan?.material.mayLose.join()).toMatch(/Press makes no backup/);
    await harness.client.approve(workflowId, {
      by: 'kim',
      reason: 'it is backed up',
      acknowledges: plan?.approval?.acknowledge ?? [],
    });
    await endOf(harness, workflowId, 'succeeded');
    expect(updates()).toMatchObject([{ scheduledTime: AT, skipBackups: true }]);
  });

  it('is not begun in the past', async () => {
    const at = '2020-01-01T00:00:00Z';
    const { reason } = await adjust(harness, 'edit-scheduled-update', site, { at }, 'refused');
    expect(reason).toMatch(/2020-01-01T00:00:00Z has gone by/);
  });

  it('of another site is none of this one', async () => {
    const other = await aSite(harness);
    const [update] = updates();
    const named = { update: update?.name ?? '' };
    const kind = 'cancel-scheduled-update';
    const { reason } = await adjust(harness, kind, other, named, 'refused');
    expect(reason).toMatch(/update: no \w+ for/);
  });

  it('is withdrawn, once', async () => {
    const [update] = updates();
    const kind = 'cancel-scheduled-update';
    const { details } = await adjust(harness, kind, site, {});
    expect(details).toMatchObject({ update: update?.name });
    expect(updates()).toMatchObject([{ status: 'Cancelled' }]);
    const named = { update: update?.name ?? '' };
    const { reason } = await adjust(harness, kind, site, named, 'refused');
    expect(reason).toMatch(/is Cancelled: it waits no more/);
  });
});
