import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../simulators/press/index.js';
import type { ProvisionSiteInput } from '../../../src/client.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { aName, effectsOn, endOf, fullName, onJob, provision, siteIn } from './support.js';

describe('a provision that fails at Press', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  /** Rolled back: one site made, archived once, and its name is free for somebody else. */
  const expectRolledBack = async (
    fault: (site: string) => FaultRule,
    reason: RegExp,
    change: Partial<ProvisionSiteInput> = {},
  ) => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    harness.simulator.addFault(fault(site));
    const result = await provision(harness, { ...change, subdomain }, 'rolled_back');
    expect(result.reason).toMatch(reason);
    const effects = effectsOn(harness, site);
    expect(effects.filter((effect) => effect === 'site.create')).toHaveLength(1);
    expect(effects.filter((effect) => effect === 'site.archive')).toHaveLength(1);
    expect(siteIn(harness, site)).toBeUndefined();
    return { subdomain, result };
  };

  it.concurrent(
    'an app cannot be installed: step and output are told, the name is free',
    async () => {
      const output = 'ImportError: no module named erpnext';
      const { subdomain, result } = await expectRolledBack(
        (site) => onJob(site, 'New Site', { kind: 'fail_step', step: 'Install Apps', output }),
        /^create failed in "Install Apps": ./,
      );
      const status = await harness.client.status(result.workflowId);
      expect(status.undone).toMatchObject([
        { label: 'archive the half-made site', result: 'undone' },
      ]);
      await provision(harness, { subdomain }, 'succeeded');
    },
  );

  it.concurrent('the proxy cannot be told of the site', () =>
    expectRolledBack(
      (site) => onJob(site, 'Add Site to Upstream', { kind: 'fail_step', step: 0 }),
      /^create failed in "Add Site File to Upstream Directory"/,
    ),
  );

  it.concurrent('the server is never reached', () =>
    expectRolledBack(
      (site) => onJob(site, 'New Site', { kind: 'delivery_failure', afterSeconds: 60 }),
      /the job was never delivered/,
    ),
  );

  it.concurrent('the agent of the server refuses', () =>
    expectRolledBack(
      (site) => onJob(site, 'New Site', { kind: 'agent_refuses', status: 400 }),
      /^create failed: ./,
    ),
  );

  it.concurrent('the configuration does not reach the site', () =>
    expectRolledBack(
      (site) => onJob(site, 'Update Site Configuration', { kind: 'fail_step', step: 0 }),
      /^config failed in "Update Site Configuration"/,
      { config: { mail_server: 'smtp.example.com' } },
    ),
  );

  it.concurrent('Press refuses the configuration: what was made is undone, and said so', () =>
    expectRolledBack(
      (site) => onJob(site, 'Clear Cache', { kind: 'slow', factor: 1 }),
      /developer mode/,
      { config: { developer_mode: true } },
    ),
  );

  it.concurrent('a certificate cannot be had: the domain is given up, the site stays', async () => {
    const subdomain = aName();
    const domain = `www.${subdomain}.example.com`;
    const site = fullName(harness, subdomain);
    harness.simulator.setDns(domain, { CNAME: [site], certificate: false });
    const change = { subdomain, customDomains: [domain] };
    const result = await provision(harness, change, 'succeeded_with_exceptions');
    expect(result.exceptions).toEqual([expect.stringMatching(`domain ${domain}: .*Broken`)]);
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active' });
  });

  it.concurrent('Press refuses a domain at the last moment: it is given up alone', async () => {
    const subdomain = aName();
    const domain = `www.${subdomain}.example.com`;
    const site = fullName(harness, subdomain);
    harness.simulator.setDns(domain, { CNAME: [site] });
    harness.simulator.addFault({
      call: { method: 'press.api.site.add_domain', body: { name: site } },
      fault: { kind: 'exception', excType: 'ValidationError', status: 417, message: 'unavailable' },
    });
    const change = { subdomain, customDomains: [domain] };
    const result = await provision(harness, change, 'succeeded_with_exceptions');
    expect(result.exceptions).toEqual([`domain ${domain}: unavailable`]);
    expect(effectsOn(harness, site)).toEqual(['site.create']);
  });

  it.concurrent('a read that nobody understands asks a person, and goes on', async () => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    harness.simulator.addFault({
      call: {
        method: 'press.api.client.get_list',
        body: { doctype: 'Site', 'filters.name': ['in', [site]] },
      },
      fault: { kind: 'wrong_shape', body: { not: 'a list' } },
    });
    const { workflowId } = await harness.client.provision(harness.input({ subdomain }));
    const stopped = await harness.until(workflowId, ({ state }) => state === 'needs_human');
    expect(stopped).toMatchObject({
      problem: { type: 'Defect', step: 'create' },
      choices: ['retry', 'roll_back', 'abandon'],
    });
    const answer = await harness.client.resolve(workflowId, 'retry', { by: 'ops' });
    expect(answer.accepted).toBe(true);
    await endOf(harness, workflowId, 'succeeded');
    expect(effectsOn(harness, site)).toEqual(['site.create']);
  });

  it.concurrent('a defect before anything was touched: retry, or abandon', async () => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    harness.simulator.addFault({
      call: { method: 'press.api.client.get', body: { doctype: 'Site', name: site } },
      fault: { kind: 'exception', excType: 'KeyError' },
    });
    const { workflowId } = await harness.client.provision(harness.input({ subdomain }));
    const stopped = await harness.until(workflowId, ({ state }) => state === 'needs_human');
    expect(stopped).toMatchObject({
      problem: { type: 'Defect', step: 'preflight' },
      choices: ['retry', 'abandon'],
      needsAttention: true,
    });
    expect(await harness.client.resolve(workflowId, 'retry', { by: 'ops' })).toMatchObject({
      accepted: true,
    });
    await endOf(harness, workflowId, 'succeeded');
  });
});
