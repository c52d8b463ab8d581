import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { aName, endOf } from './support.js';

const PRIVATE = 'USD 200 Private';

describe('provision on a private bench', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      speed: 1000,
      policy: { provision: [{ name: 'all', when: {}, approval: 'none' }] },
    });
  });
  afterAll(() => harness.close());

  it('follows the order through build, queue, bench and site', async () => {
    const subdomain = aName();
    const handle = await harness.client.provision(harness.input({ subdomain, plan: PRIVATE }));
    const seen = new Set<string>();
    await harness.until(handle.workflowId, (status) => {
      const detail = status.steps.find(({ name }) => name === 'create')?.detail;
      if (detail) seen.add(detail);
      return status.state !== 'running' && status.state !== 'preflight';
    });
    const result = await endOf(harness, handle.workflowId, 'succeeded');
    expect(result.details['plan']).toBe(PRIVATE);
    expect([...seen].join('\n')).toContain('build image');
    const { groups } = harness.simulator.estate();
    expect(groups.filter(({ title }) => title === subdomain)).toHaveLength(1);
  });

  it('leaves nothing behind when the build fails', async () => {
    const subdomain = aName();
    harness.simulator.addFault({
      build: { title: subdomain },
      fault: { kind: 'fail', error: 'erpnext: npm ERR! code ELIFECYCLE' },
      times: 'always',
    });
    const handle = await harness.client.provision(harness.input({ subdomain, plan: PRIVATE }));
    const result = await endOf(harness, handle.workflowId, 'rolled_back');
    expect(result.reason).toContain('ELIFECYCLE');
    const { groups, benches, sites } = harness.simulator.estate();
    expect(groups.filter(({ title }) => title === subdomain)).toEqual([]);
    expect(sites.filter(({ name }) => name === handle.site)).toEqual([]);
    expect(benches.filter(({ group }) => group.includes(subdomain))).toEqual([]);
  });
});
