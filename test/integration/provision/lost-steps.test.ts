import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallFault, FaultRule } from '../../../simulators/press/index.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { aName, callsOf, effectsOn, fullName, onJob, onMethod, provision } from './support.js';

const LOST: readonly (readonly [string, CallFault])[] = [
  ['the answer', { kind: 'lose_answer' }],
  ['the request', { kind: 'lose_request' }],
  ['the connection, by a 502', { kind: 'gateway_error', status: 502 }],
];

describe('what gets lost after the creation', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ commandMs: 1_000 });
  });
  afterAll(() => harness.close());

  it.concurrent.each(LOST)('%s of the archive that undoes it: archived once', async (_, fault) => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    harness.simulator.addFault(onJob(site, 'New Site', { kind: 'fail_step', step: 0 }));
    harness.simulator.addFault(onMethod(site, 'archive', fault));
    await provision(harness, { subdomain }, 'rolled_back');
    expect(effectsOn(harness, site)).toEqual(['site.create', 'site.archive']);
    const landed = fault.kind !== 'lose_request';
    expect(callsOf(harness, 'Site.archive', site)).toBe(landed ? 1 : 2);
  });

  it.concurrent.each(LOST)('%s of the configuration', async (_, fault) => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    harness.simulator.addFault(onMethod(site, 'update_config', fault));
    await provision(harness, { subdomain, config: { mail_server: 'mx.example.com' } }, 'succeeded');
    expect(effectsOn(harness, site)).toEqual(['site.create', 'config.update']);
    const { config } = harness.simulator.estate().sites.find(({ name }) => name === site) ?? {};
    expect(config).toMatchObject({ mail_server: 'mx.example.com' });
  });

  it.concurrent.each(LOST)('%s of a domain', async (_, fault) => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    const domain = `www.${subdomain}.example.com`;
    harness.simulator.setDns(domain, { CNAME: [site] });
    const call = { method: 'press.api.site.add_domain', body: { name: site } };
    harness.simulator.addFault({ call, fault } satisfies FaultRule);
    const result = await provision(harness, { subdomain, customDomains: [domain] }, 'succeeded');
    expect(result.exceptions).toEqual([]);
    expect(effectsOn(harness, site)).toEqual(['site.create', 'domain.add']);
  });

  it.concurrent.each(LOST)('%s of an app plan', async (_, fault) => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    const plan = 'MARKETPLACE-PLAN-insights-002';
    const call = { method: 'press.api.marketplace.change_app_plan', body: { new_plan: plan } };
    harness.simulator.addFault({ call, fault } satisfies FaultRule);
    const change = { subdomain, apps: ['frappe', 'insights'], appPlans: { insights: plan } };
    await provision(harness, change, 'succeeded');
    const subscriptions = harness.simulator.estate().subscriptions;
    expect(
      subscriptions.filter((row) => row.site === site && row.app === 'insights'),
    ).toMatchObject([{ plan, enabled: true }]);
  });
});
