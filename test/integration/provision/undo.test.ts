import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../simulators/press/index.js';
import { type Harness, startHarness } from '../../support/harness.js';
import {
  aName,
  callsOf,
  effectsOn,
  endOf,
  eventually,
  fullName,
  onJob,
  provision,
  siteIn,
  slowly,
} from './support.js';

describe('undoing a provision', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  /** A creation that fails, and what else goes wrong; answers when a person is asked. */
  const untilUndoFailed = async (fault: (site: string) => FaultRule, message: RegExp) => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    harness.simulator.addFault(onJob(site, 'New Site', { kind: 'fail_step', step: 0 }));
    harness.simulator.addFault(fault(site));
    const { workflowId } = await harness.client.provision(harness.input({ subdomain }));
    const status = await harness.until(workflowId, ({ state }) => state === 'needs_human');
    expect(status).toMatchObject({
      needsAttention: true,
      problem: { type: 'UndoFailed', message: expect.stringMatching(message) as string },
      choices: ['retry', 'abandon'],
      undone: [{ label: 'archive the half-made site', result: 'failed' }],
    });
    return { workflowId, site };
  };

  it.concurrent('that fails on the server: a person says retry, and it works', async () => {
    const { workflowId, site } = await untilUndoFailed(
      (name) => onJob(name, 'Archive Site', { kind: 'fail_step', step: 'Archive Site' }),
      /could not archive .*: it is Broken/,
    );
    await harness.client.resolve(workflowId, 'retry', { by: 'ops' });
    const result = await endOf(harness, workflowId, 'rolled_back');
    expect(result.reason).toMatch(/^create failed/);
    expect(effectsOn(harness, site)).toEqual(['site.create', 'site.archive', 'site.archive']);
    expect(siteIn(harness, site)).toBeUndefined();
  });

  it.concurrent('that fails on the proxy: not before the other job has come to rest', async () => {
    const { workflowId, site } = await untilUndoFailed(
      (name) => onJob(name, 'Remove Site from Upstream', { kind: 'fail_step', step: 0 }),
      /could not archive .*: it is Broken/,
    );
    const jobs = harness.simulator.estate().jobs.filter((job) => job.site === site);
    expect(jobs.filter(({ status }) => !/Success|Failure/.test(status))).toEqual([]);
    await harness.client.resolve(workflowId, 'retry', { by: 'ops' });
    await endOf(harness, workflowId, 'rolled_back');
  });

  it.concurrent('that an agent refuses, which leaves the site Pending for ever', async () => {
    const { workflowId, site } = await untilUndoFailed(
      (name) => onJob(name, 'Archive Site', { kind: 'agent_refuses' }),
      /could not archive .*: it is Pending/,
    );
    await harness.client.resolve(workflowId, 'abandon', { by: 'ops' });
    const result = await endOf(harness, workflowId, 'abandoned');
    expect(result.reason).toMatch(/^create failed.*it is Pending/s);
    expect(siteIn(harness, site)).toMatchObject({ status: 'Pending' });
  });

  it.concurrent('waits until both jobs of the creation rest, then acts once', async () => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    harness.simulator.addFault(onJob(site, 'New Site', { kind: 'fail_step', step: 0 }));
    harness.simulator.addFault(onJob(site, 'Add Site to Upstream', { kind: 'slow', factor: 50 }));
    await provision(harness, { subdomain }, 'rolled_back');
    expect(effectsOn(harness, site)).toEqual(['site.create', 'site.archive']);
    expect(callsOf(harness, 'Site.archive', site)).toBe(1);
    const upstream = harness.simulator
      .estate()
      .jobs.find((job) => job.jobType === 'Add Site to Upstream' && job.site?.startsWith(site));
    expect(upstream?.status).toBe('Success');
  });

  it.concurrent('of a site that is still installing waits for it, then acts once', async () => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    harness.simulator.addFault(slowly(site));
    const { workflowId } = await harness.client.provision(harness.input({ subdomain }));
    await eventually(() => siteIn(harness, site)?.status === 'Installing');
    await harness.client.cancel(workflowId, { by: 'ops' });
    await endOf(harness, workflowId, 'cancelled');
    expect(callsOf(harness, 'Site.archive', site)).toBe(1);
    expect(effectsOn(harness, site)).toEqual(['site.create', 'site.archive']);
  });
});
