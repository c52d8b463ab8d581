import { type ActivityInterfaceFor, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import type { Undo } from '../domain/saga.js';
import { atMaplePress, command, internal, read, transfer, undo, wait } from './activity-options.js';

/** Every activity of the ledger's queue says in the UI what it is for. */
const internally = (summary: string) => proxyActivities<Activities>({ ...internal, summary });

export const { openOperation } = internally('check the input, open the ledger record');
export const { lockOperation } = internally('take the locks');
export const { unlockOperation } = internally('give the locks back');
export const { releaseLocks } = internally('leave locks to others');
export const { judgeDecision } = internally('judge a decision');
export const { judgeResolution } = internally('judge a resolution');
export const { raiseAttention } = internally('call for attention');
export const { closeOperation } = internally('close the ledger record, release the locks');
export const { reconcileOperations } = internally('look over everything open');
export const { diagnose } = internally('look at what this worker depends on');
export const { configuredAccounts } = internally('which accounts are configured');
export const { reportRound } = internally('log how a round has ended');
export const { claimSecret } = internally('hand a secret over to who claims it first');
export const { settleOrphan } = internally('resolve an operation without a run');

export const { planProvision, readTracker } = proxyActivities<Activities>(read);

export const { createSite, handOverLoginLink, handOverPassword } =
  proxyActivities<Activities>(command);

export const { awaitDns, verifyProvision } = proxyActivities<Activities>(wait);

export const { restoreFiles, restoreSnapshot, deactivateSite, activateSite } =
  proxyActivities<Activities>(command);
export const { planRestore, findOffsiteFiles, lookAtSite } = proxyActivities<Activities>(read);
export const { awaitServed } = proxyActivities<Activities>(wait);
export const { checkCopy, uploadCopyFile } = proxyActivities<Activities>(transfer);

export const { requestBackup } = proxyActivities<Activities>(command);
export const { takeRecentCopy, takeStandIn } = proxyActivities<Activities>(read);
export const { storeCopy } = proxyActivities<Activities>(transfer);
export const { planReinstall } = proxyActivities<Activities>(read);
export const { reinstallSite } = proxyActivities<Activities>(command);

export const { planUpgrade, planUpdate, planMigrate, readUpdateStanding } =
  proxyActivities<Activities>(read);
export const { startUpgrade, startUpdate, startMigration, addServer } =
  proxyActivities<Activities>(command);
export const { verifySite } = proxyActivities<Activities>(wait);

export const { planArchive, planUnarchive, planDeactivate, planActivate } =
  proxyActivities<Activities>(read);
export const { beginArchive, setPrimaryDomain, renewAppPlan } =
  proxyActivities<Activities>(command);
export const { verifyArchive, verifyBroughtBack } = proxyActivities<Activities>(wait);

export const { readUpdateStates } = internally('how the updates of sites stand');
export const { planDeployBench, readStands } = proxyActivities<Activities>(read);
export const { switchBranch, startDeploy, redoDeploy } = proxyActivities<Activities>(command);
export const { verifyDeploy } = proxyActivities<Activities>(wait);

export const { makeGroup, addGroupApps, addGroupCustomApp, deployGroup, orderBench } =
  proxyActivities<Activities>(command);

export const { planAdjustment } = proxyActivities<Activities>(read);
export const { makeChange } = proxyActivities<Activities>(command);
export const { verifyChange } = proxyActivities<Activities>(wait);

export const { planBackup, planLoginLink, listActiveSites } = proxyActivities<Activities>(read);
export const { verifyBackup } = proxyActivities<Activities>(wait);

export const { planTransfer } = proxyActivities<Activities>(read);
export const { sendTransfer } = proxyActivities<Activities>(command);
export const { awaitTransfer } = proxyActivities<Activities>(wait);

export const { planMove, lookAtMove } = proxyActivities<Activities>(read);
export const { startMove } = proxyActivities<Activities>(command);
export const { verifyMove } = proxyActivities<Activities>(wait);

export const {
  planRegistration,
  planKeyRotation,
  planDeletion,
  readRegistration,
  exportRegistration,
  wipeSecrets,
} = proxyActivities<Activities>(atMaplePress(read));
export const { sendRegistration, rotateKey, deleteRegistration } = proxyActivities<Activities>(
  atMaplePress(command),
);
export const { awaitVerification, awaitSignOfLife, verifyDeletion } = proxyActivities<Activities>(
  atMaplePress(wait),
);

/** By name, because compensations are data. */
const { removeSite, dropGroup, restoreBranch, undoDeploy } = proxyActivities<Activities>(undo);
const { undoRegistration } = proxyActivities<Activities>(atMaplePress(undo));
export const undoActivities = {
  removeSite,
  dropGroup,
  restoreBranch,
  undoDeploy,
  undoRegistration,
} satisfies Pick<ActivityInterfaceFor<Activities>, Undo>;
