import { proxyActivities, sleep } from '@temporalio/workflow';
import type { ProvisionTarget } from '../../src/domain/plan.js';
import { pollDelay, type TimingProfile } from '../../src/domain/timing.js';
import type { PlainActivities } from './activities.js';

const activities = proxyActivities<PlainActivities>({ startToCloseTimeout: '2m' });

/**
 * The same remote calls as `provisionSite`, written plainly: no ledger, no locks, no locating, no
 * approvals, no card. What throughput is compared with.
 */
export async function plainProvision(
  target: ProvisionTarget,
  timing: TimingProfile,
): Promise<void> {
  await activities.preflight(target);
  await activities.preflight(target);
  const job = await activities.create(target);
  const startedAt = Date.now();
  for (let n = 0; ; n += 1) {
    await sleep(pollDelay(timing, n, Date.now() - startedAt, Math.random()));
    if (await activities.isActive(target.site, job)) break;
  }
  await activities.verify(target.site);
}
