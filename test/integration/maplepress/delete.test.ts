import { afterAll, beforeAll, describe, it } from 'vitest';
import { deleteSite } from '../../../src/maplepress/index.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf } from '../provision/support.js';
import {
  activePast,
  aDomain,
  effectsOn,
  register,
  registerPast,
  siteIn,
  waits,
} from './support.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

const request = (site: string) => ({ account: 'main', requestedBy: 'ops', site });

const start = (site: string) => harness.client.start('maplepress-delete', request(site));

const asked = async (site: string) => {
  const handle = await start(site);
  const status = await harness.until(
    handle.workflowId,
    ({ state }) => state === 'waiting_approval',
  );
  return { ...handle, plan: status.plan };
};

const approve = async (workflowId: string, typedName: string) => {
  for (const by of ['kim', 'lee']) await harness.client.approve(workflowId, { by, typedName });
};

const gone = (id: string) =>
  deleteSite(harness.deps.tenants.get('main').maplePress, id, { timeoutMs: 20_000 });

describe('a deletion', () => {
  it.concurrent(
    'takes two people who type the domain, and writes down what goes',
    async ({ expect }) => {
      const { domain, id, apiKey } = await activePast(harness);
      harness.maplePress.pluginRequest({ apiKey, pages: 3, bytes: 1_536, searches: 7 });
      const { workflowId, operationId, plan } = await asked(domain);
      expect(plan?.material).toMatchObject({
        pointOfNoReturn: 'delete',
        mayLose: [
          'its API key, at once: the plugin is refused',
          `its search index site_${id}`,
          'its usage statistics and its settings; a new registration begins with nothing',
        ],
      });
      const unnamed = await harness.client.approve(workflowId, { by: 'kim' });
      expect(unnamed.reason).toBe(`an approval of this has to name the site: ${domain}`);
      await approve(workflowId, domain);
      const { details } = await endOf(harness, workflowId, 'succeeded');
      expect(details).toMatchObject({ registration: id, usage: '3 pages, 1.5 KB, 7 searches' });
      expect(siteIn(harness, domain)).toBeUndefined();
      expect(effectsOn(harness, domain)).toEqual(['site.create', 'site.delete']);
      const events = await harness.ledger.events(operationId);
      const exported = events.find(({ type }) => type === 'registration.exported');
      expect(exported?.data).toMatchObject({
        domain,
        totalPagesIndexed: 3,
        searchRequestsCount: 7,
      });
      expect(JSON.stringify(events)).not.toContain(apiKey);
    },
  );

  it.concurrent('is approved for a site that goes on working meanwhile', async ({ expect }) => {
    const { domain, apiKey } = await activePast(harness);
    const { workflowId } = await asked(domain);
    harness.maplePress.pluginRequest({ apiKey, pages: 5 });
    await approve(workflowId, domain);
    await endOf(harness, workflowId, 'succeeded');
    expect(effectsOn(harness, domain)).toEqual(['site.create', 'site.delete']);
  });

  it.concurrent('wipes key and token that nobody has claimed', async ({ expect }) => {
    const domain = aDomain();
    const registration = await register(harness, domain);
    await harness.until(registration.workflowId, waits);
    harness.maplePress.connectPlugin(domain);
    await endOf(harness, registration.workflowId, 'succeeded');
    const { workflowId } = await asked(domain);
    await approve(workflowId, domain);
    await endOf(harness, workflowId, 'succeeded');
    const waiting = await harness.ledger.unclaimedHandovers();
    const left = waiting.filter(({ operationId }) => operationId === registration.operationId);
    expect(left).toEqual([]);
  });

  it.concurrent('of what is gone already is a success, and asks nobody', async ({ expect }) => {
    const { domain, id } = await registerPast(harness);
    const first = await asked(domain);
    await approve(first.workflowId, domain);
    await endOf(harness, first.workflowId, 'succeeded');
    const { workflowId } = await start(domain);
    const { details } = await endOf(harness, workflowId, 'succeeded');
    expect(details).toMatchObject({ registration: 'gone already' });
    const { plan } = await harness.client.status(workflowId);
    expect(plan?.checks).toMatchObject([{ result: 'pass', detail: 'gone already' }]);
    expect(siteIn(harness, domain)?.id).not.toBe(id);
    expect(effectsOn(harness, domain)).toEqual(['site.create', 'site.delete']);
  });

  it.concurrent(
    'of what was never known says so, and what it may have meant',
    async ({ expect }) => {
      const { domain } = await registerPast(harness);
      const slip = domain.replace('shop-', 'shpo-');
      const { plan } = await harness.client.plan('maplepress-delete', request(slip));
      const said = `never known here: is it spelled right? Registered: ${domain}`;
      expect(plan?.checks).toMatchObject([{ result: 'warn', detail: said }]);
      expect(plan?.summary).toContain(said);
      const { workflowId } = await start(slip);
      const { details } = await endOf(harness, workflowId, 'succeeded');
      expect(details).toMatchObject({
        registration: 'never known here: is it spelled right?',
        registered: domain,
      });
      // Having asked once makes it no better known.
      const again = await endOf(harness, (await start(slip)).workflowId, 'succeeded');
      expect(again.details).toEqual(details);
      expect(effectsOn(harness, slip)).toEqual([]);
      expect(siteIn(harness, domain)).toBeDefined();
    },
  );

  it.concurrent('of what somebody deletes meanwhile is a success', async ({ expect }) => {
    const { domain, id } = await registerPast(harness);
    const { workflowId } = await asked(domain);
    await gone(id);
    await approve(workflowId, domain);
    const { details } = await endOf(harness, workflowId, 'succeeded');
    expect(details).toMatchObject({ registration: 'gone already' });
    expect(effectsOn(harness, domain)).toEqual(['site.create', 'site.delete']);
  });

  it.concurrent('of a domain that was registered anew is asked for again', async ({ expect }) => {
    const { domain, id } = await registerPast(harness);
    const { workflowId } = await asked(domain);
    await gone(id);
    const anew = await registerPast(harness, domain);
    await approve(workflowId, domain);
    const { reason, plan } = await harness.until(
      workflowId,
      (status) => status.state === 'waiting_approval' && status.reason !== null,
    );
    expect(reason).toContain('the plan changed after it was approved');
    expect(plan?.material.target).toMatchObject({ id: anew.id });
    expect(siteIn(harness, domain)?.id).toBe(anew.id);
    await approve(workflowId, domain);
    await endOf(harness, workflowId, 'succeeded');
    expect(siteIn(harness, domain)).toBeUndefined();
  });

  it.concurrent('leaves the same domain of another tenant alone', async ({ expect }) => {
    const { domain } = await registerPast(harness, aDomain(), 'other');
    const { workflowId } = await start(domain);
    const { details } = await endOf(harness, workflowId, 'succeeded');
    expect(details).toMatchObject({ registration: 'never known here: is it spelled right?' });
    expect(siteIn(harness, domain)?.tenantId).toBe(harness.maplePress.tenants.other.tenantId);
  });
});
