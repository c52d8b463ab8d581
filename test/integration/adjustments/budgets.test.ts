import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { activeDomain, actionsOf, adjust, aDomainOf, aSite, BASIC, PAID_APP } from './support.js';

/** D 11: what a small operation may cost. */
const SMALL = 20;
/** With a wait for DNS before, and for a certificate of some minutes. */
const WITH_DNS = 26;
/** With the safety copy before: a backup, its way into the vault, its proof. */
const WITH_COPY = 40;

describe('adjustments cost little:', () => {
  let harness: Harness;
  beforeAll(async () => {
    // Slow enough that there are as many looks as in production.
    harness = await startHarness({ speed: 50 });
  });
  afterAll(() => harness.close());

  it.concurrent('clear-cache', async ({ expect }) => {
    const site = await aSite(harness);
    const { workflowId } = await adjust(harness, 'clear-cache', site, {});
    expect(await actionsOf(harness, workflowId)).toBeLessThanOrEqual(SMALL);
  });

  it.concurrent('update-config', async ({ expect }) => {
    const site = await aSite(harness);
    const config = { currency: 'EUR' };
    const { workflowId } = await adjust(harness, 'update-config', site, { config });
    expect(await actionsOf(harness, workflowId)).toBeLessThanOrEqual(SMALL);
  });

  it.concurrent('change-plan', async ({ expect }) => {
    const site = await aSite(harness);
    const { workflowId } = await adjust(harness, 'change-plan', site, { plan: 'USD 50' });
    expect(await actionsOf(harness, workflowId)).toBeLessThanOrEqual(SMALL);
  });

  it.concurrent('add-domain, once its DNS is there', async ({ expect }) => {
    const site = await aSite(harness);
    const domain = aDomainOf(harness, site);
    const { workflowId } = await adjust(harness, 'add-domain', site, { domain });
    expect(await actionsOf(harness, workflowId)).toBeLessThanOrEqual(WITH_DNS);
  });

  it.concurrent('set-host-name', async ({ expect }) => {
    const site = await aSite(harness);
    const domain = await activeDomain(harness, site);
    const { workflowId } = await adjust(harness, 'set-host-name', site, { domain });
    expect(await actionsOf(harness, workflowId)).toBeLessThanOrEqual(SMALL);
  });

  it.concurrent('install-app; uninstall-app with its copy', async ({ expect }) => {
    const site = await aSite(harness);
    const app = { app: PAID_APP, plan: BASIC };
    const installed = await adjust(harness, 'install-app', site, app);
    expect(await actionsOf(harness, installed.workflowId)).toBeLessThanOrEqual(SMALL);
    const gone = await adjust(harness, 'uninstall-app', site, { app: PAID_APP });
    expect(await actionsOf(harness, gone.workflowId)).toBeLessThanOrEqual(WITH_COPY);
  });
});
