import { createClaimActivities } from './claim-secret.js';
import { CredentialAlarm } from './credential-alarm.js';
import type { ActivityDeps } from './deps.js';
import { createDiagnoseActivities } from './diagnose.js';
import { createEnvelopeActivities } from './envelope.js';
import { createHandOverActivities } from './hand-over.js';
import { createPlanProvisionActivities } from './provision/plan-provision.js';
import { createReconcileActivities } from './reconcile.js';
import { createRemoveSiteActivities } from './provision/remove-site.js';
import { createSettleOrphanActivities } from './settle-orphan.js';
import { createSiteActivities } from './provision/sites.js';
import { toFailure } from './to-failure.js';
import { createTrackerActivities } from './trackers.js';
import { createVerifyActivities } from './provision/verify-provision.js';

/** Activities of the queue `sitewright`: ledger, policy, people. */
export function createInternalActivities(deps: ActivityDeps) {
  return withFailures(deps, {
    ...createEnvelopeActivities(deps),
    ...createReconcileActivities(deps),
    ...createDiagnoseActivities(deps),
    ...createSettleOrphanActivities(deps),
    ...createClaimActivities(deps),
  });
}

/** Activities of the queue `sitewright-frappe-cloud`: everything that speaks to Press. */
export function createFrappeCloudActivities(deps: ActivityDeps) {
  const activities = {
    ...createPlanProvisionActivities(deps),
    ...createSiteActivities(deps),
    ...createTrackerActivities(deps),
    ...createVerifyActivities(deps),
    ...createHandOverActivities(deps),
    ...createRemoveSiteActivities(deps),
  };
  return withFailures(deps, activities, new CredentialAlarm(deps.notify));
}

/** The port that workflows see. */
export type Activities = ReturnType<typeof createInternalActivities> &
  ReturnType<typeof createFrappeCloudActivities>;

/** Every activity fails through to-failure.ts, so that retryability is decided in one place. */
function withFailures<T extends Record<string, (...args: never[]) => Promise<unknown>>>(
  deps: ActivityDeps,
  activities: T,
  alarm?: CredentialAlarm,
): T {
  const wrapped = Object.entries(activities).map(([name, run]) => [
    name,
    async (...args: never[]) => {
      const [first] = args;
      try {
        const answer = await run(...args);
        if (first !== undefined) alarm?.passed(first);
        return answer;
      } catch (error) {
        const failure = toFailure(error, deps.timing);
        if (first !== undefined) alarm?.failed(first, failure);
        throw failure;
      }
    },
  ]);
  return Object.fromEntries(wrapped) as T;
}
