import { createAdjustmentActivities } from './adjustments/index.js';
import { createBackupActivities } from './backup/plan-backup.js';
import { createReportRoundActivities } from './backup/report-round.js';
import { createArchiveActivities } from './archive/archive-site.js';
import { createPlanArchiveActivities } from './archive/plan-archive.js';
import { createVerifyArchiveActivities } from './archive/verify-archive.js';
import { createBenchGroupActivities } from './bench-group/bench-group.js';
import { createDropGroupActivities } from './bench-group/drop-group.js';
import { createShapeGroupActivities } from './bench-group/shape-group.js';
import { createClaimActivities } from './claim-secret.js';
import { createConfiguredAccountsActivities } from './configured-accounts.js';
import { CredentialAlarm } from './credential-alarm.js';
import type { ActivityDeps } from './deps.js';
import { createDeployActivities } from './deploy/commands.js';
import { createPlanDeployActivities } from './deploy/plan-deploy.js';
import { createRestoreBranchActivities } from './deploy/restore-branch.js';
import { createStandsActivities } from './deploy/stands.js';
import { createUndoDeployActivities } from './deploy/undo-deploy.js';
import { createUpdateStatesActivities } from './deploy/update-states.js';
import { createVerifyDeployActivities } from './deploy/verify-deploy.js';
import { createDiagnoseActivities } from './diagnose.js';
import { createEnvelopeActivities } from './envelope.js';
import { createHandOverActivities } from './hand-over.js';
import { createWordPressActivities } from './maplepress/index.js';
import { createPlanProvisionActivities } from './provision/plan-provision.js';
import { createReconcileActivities } from './reconcile.js';
import { createPlanReinstallActivities } from './reinstall/plan-reinstall.js';
import { createReinstallActivities } from './reinstall/reinstall-site.js';
import { createRemoveSiteActivities } from './provision/remove-site.js';
import { createMigrateActivities } from './migrate/commands.js';
import { createPlanLoginLinkActivities } from './login-link/plan-login-link.js';
import { createPlanMigrateActivities } from './migrate/plan-migrate.js';
import { createPlanRestoreActivities } from './restore/plan-restore.js';
import { createRestoreActivities } from './restore/restore-site.js';
import { createSiteLookActivities } from './restore/look-at-site.js';
import { createSafetyCopyActivities } from './safety-copy/safety-copies.js';
import { createSettleOrphanActivities } from './settle-orphan.js';
import { createPlanSwitchActivities } from './site-switch/plan-switch.js';
import { createSiteSwitchActivities } from './site-switch/switch-site.js';
import { createSiteActivities } from './provision/sites.js';
import { createMoveActivities } from './move/index.js';
import { createTransferActivities } from './transfer/index.js';
import { createPlanUnarchiveActivities } from './unarchive/plan-unarchive.js';
import { toFailure } from './to-failure.js';
import { createTrackerActivities } from './trackers.js';
import { createUpgradeActivities } from './upgrade/commands.js';
import { createPlanUpdateActivities } from './upgrade/plan-update.js';
import { createPlanUpgradeActivities } from './upgrade/plan-upgrade.js';
import { createUpdateStandingActivities } from './upgrade/standing.js';
import { createVerifySiteActivities } from './site/verify-site.js';
import { createVerifyActivities } from './provision/verify-provision.js';

/** Activities of the queue `sitewright`: ledger, policy, people. */
export function createInternalActivities(deps: ActivityDeps) {
  return withFailures(deps, {
    ...createEnvelopeActivities(deps),
    ...createReconcileActivities(deps),
    ...createDiagnoseActivities(deps),
    ...createSettleOrphanActivities(deps),
    ...createClaimActivities(deps),
    ...createConfiguredAccountsActivities(deps),
    ...createReportRoundActivities(deps),
    ...createUpdateStatesActivities(deps),
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
    ...createPlanDeployActivities(deps),
    ...createDeployActivities(deps),
    ...createStandsActivities(deps),
    ...createVerifyDeployActivities(deps),
    ...createUndoDeployActivities(deps),
    ...createRestoreBranchActivities(deps),
    ...createPlanArchiveActivities(deps),
    ...createPlanUnarchiveActivities(deps),
    ...createArchiveActivities(deps),
    ...createVerifyArchiveActivities(deps),
    ...createSafetyCopyActivities(deps),
    ...createPlanReinstallActivities(deps),
    ...createReinstallActivities(deps),
    ...createPlanRestoreActivities(deps),
    ...createRestoreActivities(deps),
    ...createSiteLookActivities(deps),
    ...createSiteSwitchActivities(deps),
    ...createPlanSwitchActivities(deps),
    ...createPlanUpgradeActivities(deps),
    ...createPlanUpdateActivities(deps),
    ...createPlanMigrateActivities(deps),
    ...createUpgradeActivities(deps),
    ...createBenchGroupActivities(deps),
    ...createShapeGroupActivities(deps),
    ...createDropGroupActivities(deps),
    ...createMigrateActivities(deps),
    ...createUpdateStandingActivities(deps),
    ...createVerifySiteActivities(deps),
    ...createAdjustmentActivities(deps),
    ...createBackupActivities(deps),
    ...createPlanLoginLinkActivities(deps),
    ...createTransferActivities(deps),
    ...createMoveActivities(deps),
  };
  return withFailures(deps, activities, new CredentialAlarm(deps.notify));
}

/** Activities of the queue `sitewright-maplepress`: everything that speaks to MaplePress. */
export function createMaplePressActivities(deps: ActivityDeps) {
  return withFailures(deps, createWordPressActivities(deps), new CredentialAlarm(deps.notify));
}

/** The port that workflows see. */
export type Activities = ReturnType<typeof createInternalActivities> &
  ReturnType<typeof createFrappeCloudActivities> &
  ReturnType<typeof createMaplePressActivities>;

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
