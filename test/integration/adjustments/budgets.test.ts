import { afterAll, beforeAll, describe, it } from 'vitest';
import type { AdjustmentKind } from '../../../src/domain/operations.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { actOn } from '../safety-copy/support.js';
import {
  activeDomain,
  actionsOf,
  adjust,
  type Adjusting,
  aDomainOf,
  aSite,
  BASIC,
  brokenDomain,
  PAID_APP,
  PRO,
} from './support.js';

/** D 11: what a small operation may cost. */
const SMALL = 20;
/** With the safety copy before: a backup, its way into the vault, its proof. */
const WITH_COPY = 40;

const UPDATES = { group: 'bench-0002', version: 'Version 14' };

describe('adjustments cost little:', () => {
  let harness: Harness;
  beforeAll(async () => {
    // Slow enough that there are as many looks as in production.
    harness = await startHarness({ speed: 50 });
  });
  afterAll(() => harness.close());

  async function costOf<K extends AdjustmentKind>(kind: K, site: string, change: Adjusting<K>) {
    const { workflowId } = await adjust(harness, kind, site, change);
    return actionsOf(harness, workflowId);
  }

  it.concurrent('clear-cache', async ({ expect }) => {
    const site = await aSite(harness);
    expect(await costOf('clear-cache', site, {})).toBeLessThanOrEqual(SMALL);
  });

  it.concurrent('update-config and delete-config', async ({ expect }) => {
    const site = await aSite(harness);
    const config = { currency: 'EUR' };
    expect(await costOf('update-config', site, { config })).toBeLessThanOrEqual(SMALL);
    expect(await costOf('delete-config', site, { key: 'currency' })).toBeLessThanOrEqual(SMALL);
  });

  it.concurrent('change-plan', async ({ expect }) => {
    const site = await aSite(harness);
    expect(await costOf('change-plan', site, { plan: 'USD 50' })).toBeLessThanOrEqual(SMALL);
  });

  it.concurrent('add-domain, once its DNS is there; remove-domain', async ({ expect }) => {
    const site = await aSite(harness);
    const domain = aDomainOf(harness, site);
    expect(await costOf('add-domain', site, { domain })).toBeLessThanOrEqual(SMALL);
    expect(await costOf('remove-domain', site, { domain })).toBeLessThanOrEqual(SMALL);
  });

  it.concurrent('retry-domain', async ({ expect }) => {
    const site = await aSite(harness);
    const domain = await brokenDomain(harness, site);
    harness.simulator.setDns(domain, { CNAME: [site] });
    expect(await costOf('retry-domain', site, { domain })).toBeLessThanOrEqual(SMALL);
  });

  it.concurrent('set-redirect, unset-redirect, set-host-name', async ({ expect }) => {
    const site = await aSite(harness);
    const domain = await activeDomain(harness, site);
    expect(await costOf('set-redirect', site, { domain })).toBeLessThanOrEqual(SMALL);
    expect(await costOf('unset-redirect', site, { domain })).toBeLessThanOrEqual(SMALL);
    expect(await costOf('set-host-name', site, { domain })).toBeLessThanOrEqual(SMALL);
  });

  it.concurrent('install-app, change-app-plan; uninstall-app with its copy', async ({ expect }) => {
    const site = await aSite(harness);
    const app = PAID_APP;
    expect(await costOf('install-app', site, { app, plan: BASIC })).toBeLessThanOrEqual(SMALL);
    expect(await costOf('change-app-plan', site, { app, plan: PRO })).toBeLessThanOrEqual(SMALL);
    expect(await costOf('uninstall-app', site, { app })).toBeLessThanOrEqual(WITH_COPY);
  });

  it.concurrent('edit-scheduled-update and cancel-scheduled-update', async ({ expect }) => {
    const site = await aSite(harness, UPDATES);
    harness.simulator.releaseUpdate(UPDATES.group);
    await actOn(harness, site, 'schedule_update', { scheduled_time: '2099-01-01 10:00:00' });
    const at = '2099-02-01T10:00:00.000Z';
    expect(await costOf('edit-scheduled-update', site, { at })).toBeLessThanOrEqual(SMALL);
    expect(await costOf('cancel-scheduled-update', site, {})).toBeLessThanOrEqual(SMALL);
  });
});
