import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import { command, internal, read, undo, wait } from './activity-options.js';

/** Every activity of the ledger's queue says in the UI what it is for. */
const internally = (summary: string) => proxyActivities<Activities>({ ...internal, summary });

export const { openOperation } = internally('check the input, open the ledger record');
export const { lockOperation } = internally('take the locks');
export const { unlockOperation } = internally('give the locks back');
export const { judgeDecision } = internally('judge a decision');
export const { judgeResolution } = internally('judge a resolution');
export const { raiseAttention } = internally('call for attention');
export const { closeOperation } = internally('close the ledger record, release the locks');
export const { reconcileOperations } = internally('look over everything open');
export const { diagnose } = internally('look at what this worker depends on');
export const { claimSecret } = internally('hand a secret over to who claims it first');
export const { settleOrphan } = internally('resolve an operation without a run');

export const { planProvision, readTracker } = proxyActivities<Activities>(read);

export const { createSite, setConfig, addDomain, setAppPlan, handOverLoginLink, handOverPassword } =
  proxyActivities<Activities>(command);

export const { awaitDns, verifyProvision } = proxyActivities<Activities>(wait);

/** By name, because compensations are data. */
export const undoActivities = proxyActivities<Pick<Activities, 'removeSite'>>(undo);
