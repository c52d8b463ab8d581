import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import {
  aName,
  callsOf,
  effectsOn,
  endOf,
  fullName,
  makeSite,
  onCreate,
  provision,
  siteIn,
  untilCalled,
} from './support.js';

/** The name is taken after preflight has found it free: whose site is it? */
describe('a name taken between preflight and creation', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ commandMs: 1_000, timing: { horizon: 3_000 } });
  });
  afterAll(() => harness.close());

  /** Both plans see a free name, whatever is there. */
  const hideFromPreflight = (site: string) => {
    harness.simulator.addFault({
      call: { method: 'press.api.client.get', body: { doctype: 'Site', name: site } },
      fault: { kind: 'exception', excType: 'DoesNotExistError', status: 404 },
      times: 2,
    });
    harness.simulator.addFault({
      call: { method: 'press.api.site.domain_exists', body: { domain: site } },
      fault: { kind: 'wrong_shape', body: {} },
      times: 2,
    });
  };

  it.concurrent('by another team: refused, and their site is untouched', async () => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    await makeSite(harness, 'other', subdomain);
    hideFromPreflight(site);
    const result = await provision(harness, { subdomain }, 'refused');
    expect(result.reason).toMatch(/belongs to another team: the name was taken/);
    expect(callsOf(harness, 'press.api.site.new', subdomain)).toBe(2);
    expect(effectsOn(harness, site)).toEqual(['site.create']);
    expect(siteIn(harness, site)?.team).toBe(harness.simulator.accounts.other.team);
  });

  it.concurrent('by another team while our request is lost', async () => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    harness.simulator.addFault(onCreate(subdomain, { kind: 'lose_request' }));
    const { workflowId } = await harness.client.provision(harness.input({ subdomain }));
    await untilCalled(harness, 'press.api.site.new', subdomain);
    await makeSite(harness, 'other', subdomain);
    const result = await endOf(harness, workflowId, 'refused');
    expect(result.reason).toMatch(/belongs to another team/);
    expect(siteIn(harness, site)?.team).toBe(harness.simulator.accounts.other.team);
  });

  it.concurrent(
    'by another team while it is being cancelled: there is nothing to undo',
    async () => {
      const subdomain = aName();
      const site = fullName(harness, subdomain);
      harness.simulator.addFault(onCreate(subdomain, { kind: 'lose_request' }));
      const { workflowId } = await harness.client.provision(harness.input({ subdomain }));
      await untilCalled(harness, 'press.api.site.new', subdomain);
      await makeSite(harness, 'other', subdomain);
      await harness.client.cancel(workflowId, { by: 'ops' });
      const { state } = await harness.until(workflowId, (status) =>
        ['cancelled', 'refused', 'needs_human'].includes(status.state),
      );
      expect(['cancelled', 'refused']).toContain(state);
      expect(effectsOn(harness, site)).toEqual(['site.create']);
    },
  );

  it.concurrent('by our own team with another tool: older than we, so not ours', async () => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    await makeSite(harness, 'main', subdomain);
    hideFromPreflight(site);
    const result = await provision(harness, { subdomain }, 'refused');
    expect(result.reason).toMatch(/is older than this operation/);
    expect(effectsOn(harness, site)).toEqual(['site.create']);
  });

  it.concurrent('by our own team at the same moment, on another plan: a person looks', async () => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    harness.simulator.addFault(onCreate(subdomain, { kind: 'lose_request' }));
    const { workflowId } = await harness.client.provision(harness.input({ subdomain }));
    await untilCalled(harness, 'press.api.site.new', subdomain);
    await makeSite(harness, 'main', subdomain, { plan: 'USD 10' });
    const status = await harness.until(workflowId, ({ state }) => state === 'needs_human');
    expect(status.problem).toMatchObject({
      type: 'OutcomeUnknown',
      message: expect.stringContaining('plan USD 10: not as this operation asked') as string,
    });

    // Going back must not archive what may be somebody else's.
    await harness.client.resolve(workflowId, 'roll_back', { by: 'ops' });
    const again = await harness.until(workflowId, ({ problem }) => problem?.type === 'UndoFailed');
    expect(again.choices).toEqual(['retry', 'abandon']);
    await harness.client.resolve(workflowId, 'abandon', { by: 'ops' });
    await endOf(harness, workflowId, 'abandoned');
    expect(effectsOn(harness, site)).toEqual(['site.create']);
    expect(siteIn(harness, site)).toMatchObject({ plan: 'USD 10' });
  });
});
