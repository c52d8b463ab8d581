import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf, siteIn } from '../provision/support.js';
import {
  approvedDeploy,
  asks,
  benchesOf,
  deployBench,
  groupToDeploy,
  makeGroup,
  OWN_APP,
  sourcesOf,
} from './support.js';

describe('a bench deploy', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ speed: 400 });
  });
  afterAll(() => harness.close());

  it.concurrent('tells what would change, and who is affected', async () => {
    const { group, sites, hash } = await groupToDeploy(harness, { sites: 2 });
    const { workflowId } = await deployBench(harness, group, { sites: 'all' });
    const { plan } = await asks(harness, workflowId);
    expect(plan?.site).toBe(group);
    expect(plan?.summary).toContain(`${OWN_APP}`);
    expect(plan?.summary).toContain(hash.slice(0, 7));
    expect(plan?.material.target).toMatchObject({ sites: [...sites].sort(), errorBudget: 1 });
    expect(plan?.resources).toEqual([`group:${group}`]);
    await harness.client.reject(workflowId, { by: 'kim' });
    await endOf(harness, workflowId, 'rejected');
  });

  it.concurrent('puts up a new bench, and leaves the sites where they are', async () => {
    const { group, sites } = await groupToDeploy(harness, { sites: 1 });
    const [before] = benchesOf(harness, group);
    const { workflowId } = await approvedDeploy(harness, group);
    const { details } = await endOf(harness, workflowId, 'succeeded');
    const benches = benchesOf(harness, group);
    expect(benches).toHaveLength(2);
    expect(details['benches']).toBe(benches[1]?.name);
    expect(siteIn(harness, sites[0] ?? '')?.bench).toBe(before?.name);
  });

  it.concurrent('brings all sites to the new bench, each by an operation of its own', async () => {
    const { group, sites } = await groupToDeploy(harness, { sites: 3 });
    const { workflowId, operationId } = await approvedDeploy(harness, group, { sites: 'all' });
    const { details } = await endOf(harness, workflowId, 'succeeded');
    expect(details).toMatchObject({ updated: '3', failed: '0', not_begun: '' });
    for (const site of sites) expect(siteIn(harness, site)?.bench).toBe(details['benches']);
    const updates = await Promise.all(
      [1, 2, 3].map((n) => harness.ledger.getOperation(`${operationId}-${n}`)),
    );
    expect(updates.map((row) => row?.state)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  it.concurrent('takes an app from another branch', async () => {
    const { group } = await makeGroup(harness);
    const before = sourcesOf(harness, group)[OWN_APP];
    const { workflowId } = await approvedDeploy(harness, group, {
      branches: { [OWN_APP]: 'next' },
    });
    await endOf(harness, workflowId, 'succeeded');
    expect(sourcesOf(harness, group)[OWN_APP]).not.toBe(before);
    expect(benchesOf(harness, group)).toHaveLength(2);
  });

  it.concurrent('is refused when nothing has changed', async () => {
    const { group } = await makeGroup(harness);
    const { workflowId } = await deployBench(harness, group);
    const { reason } = await endOf(harness, workflowId, 'refused');
    expect(reason).toContain('nothing has changed since the last deploy');
  });
});
