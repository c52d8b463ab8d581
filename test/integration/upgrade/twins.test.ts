import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onNewGroup } from '../../matrix/upgrade/new-bench-rows.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { aName, endOf, eventually, makeActive, siteIn } from '../provision/support.js';
import { answer } from '../safety-copy/support.js';
import { benchesOf, FREE, OWN, titled } from '../upgrade-bench/support.js';
import { anActiveSite } from './support.js';

describe('an order of a bench that was delivered twice', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ speed: 400, policy: FREE });
  });
  afterAll(() => harness.close());

  /** Two groups come of the order, and the operation hears of one. */
  const orderTwice = async (title: string) => {
    const site = await anActiveSite(harness, OWN);
    harness.simulator.addFault(onNewGroup(title, { kind: 'duplicate' }));
    harness.simulator.addFault({
      call: {
        method: 'press.api.client.get_list',
        body: { doctype: 'Release Group', 'filters.title': title },
      },
      fault: { kind: 'gateway_error', status: 502 },
    });
    const input = { account: 'main', requestedBy: 'ops', site, newBench: { title } };
    return { site, handle: await harness.client.start('upgrade', input) };
  };
  const builtIn = (group: string): boolean =>
    harness.simulator.estate().builds.some((row) => row.group === group);
  /** Held while it builds; answers the group that it knows of, and the other one. */
  const heldWithTwo = async (workflowId: string, title: string) => {
    await eventually(() => titled(harness, title).some(({ name }) => builtIn(name)));
    await harness.client.hold(workflowId, { by: 'kim' });
    await harness.until(workflowId, ({ state }) => state === 'held');
    const names = titled(harness, title).map(({ name }) => name);
    expect(names).toHaveLength(2);
    const known = names.find(builtIn) ?? '';
    return { known, twin: names.find((name) => name !== known) ?? '' };
  };
  const names = (title: string) => titled(harness, title).map(({ name }) => name);

  it.concurrent('leaves none of them behind', async () => {
    const title = aName();
    harness.simulator.addFault({ build: { title }, fault: { kind: 'fail' }, times: 'always' });
    const { site, handle } = await orderTwice(title);
    await endOf(harness, handle.workflowId, 'rolled_back');
    expect(names(title)).toEqual([]);
    expect(benchesOf(harness, title)).toEqual([]);
    const dropped = harness.simulator.effects().filter(({ effect }) => effect === 'group.delete');
    const { groups } = harness.simulator.estate();
    const made = groups.flatMap((row) => (row.title.startsWith(title) ? [row.name] : []));
    expect(made).toHaveLength(2);
    expect(dropped.map(({ target }) => target)).toEqual(expect.arrayContaining(made));
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', group: OWN.group });
  });

  it.concurrent('leaves the one that somebody has put a site on, and says so', async () => {
    const title = aName();
    const { handle } = await orderTwice(title);
    const { twin } = await heldWithTwo(handle.workflowId, title);
    await harness.press('main', 'press.api.client.run_doc_method', {
      dt: 'Release Group',
      dn: twin,
      method: 'initial_deploy',
      args: {},
    });
    await eventually(() =>
      harness.simulator
        .estate()
        .benches.some(({ group, status }) => group === twin && status === 'Active'),
    );
    const theirs = { group: twin, version: 'Version 16', apps: ['frappe'] };
    const site = await makeActive(harness, aName(), theirs);
    await harness.client.cancel(handle.workflowId, { by: 'kim' });
    await answer(harness, handle, 'abandon', new RegExp(`${twin} came of the same order`));
    await endOf(harness, handle.workflowId, 'abandoned');
    expect(names(title)).toEqual([twin]);
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', group: twin });
  });
});
