import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallFault } from '../../../simulators/press/index.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { callsOf, endOf, eventually } from '../provision/support.js';
import { approveBy, liveSite } from '../safety-copy/support.js';

/** What an old owner is told, and others too (C 8.2). */
const DENIED: CallFault = {
  kind: 'exception',
  excType: 'PermissionError',
  message: 'Not permitted',
};

describe('readings of a transfer that contradict each other', () => {
  let harness: Harness;
  beforeAll(async () => {
    // Long enough to be seen on a busy machine: what stands between two looks is shown meanwhile only.
    harness = await startHarness({ timing: { horizon: 4_000 } });
  });
  afterAll(() => harness.close());

  function denyOnce(site: string): void {
    harness.simulator.addFault({
      call: { method: 'press.api.client.get', body: { name: site } },
      fault: DENIED,
      times: 1,
    });
    harness.simulator.addFault({
      call: { method: 'press.api.site.running_jobs', body: { name: site } },
      fault: DENIED,
      times: 1,
    });
  }

  /** One look finds the site gone to somebody else, the next one does not. */
  async function contradicted(site: string, workflowId: string): Promise<number> {
    denyOnce(site);
    const { waiting } = await harness.until(
      workflowId,
      (status) => status.waiting?.what === 'a second look',
    );
    // That look has to be over before anything else is denied.
    const looks = () => callsOf(harness, 'press.api.client.get', site);
    const before = looks();
    await eventually(() => looks() > before);
    return Date.parse(waiting?.until ?? '') - Date.parse(waiting?.since ?? '');
  }

  it('are told once, looked at less and less often, and can be given up', async () => {
    const site = await liveSite(harness);
    const handle = await harness.client.start('transfer', {
      account: 'main',
      requestedBy: 'ops',
      site,
      to: harness.simulator.accounts.other.user,
    });
    await approveBy(harness, handle);
    await harness.until(handle.workflowId, ({ choices }) => choices.includes('give_up'));
    const first = await contradicted(site, handle.workflowId);
    expect(await contradicted(site, handle.workflowId)).toBe(2 * first);

    const events = await harness.ledger.events(handle.operationId);
    expect(events.filter(({ type }) => type === 'operation.attention')).toHaveLength(1);
    denyOnce(site);
    await harness.until(
      handle.workflowId,
      ({ waiting, choices }) => waiting?.what === 'a second look' && choices.includes('give_up'),
    );
    await harness.client.resolve(handle.workflowId, 'give_up', { by: 'kim' });
    await endOf(harness, handle.workflowId, 'abandoned');
  });
});
