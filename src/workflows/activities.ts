import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import { command, internal, read, undo, wait } from './activity-options.js';

/** The envelope's own activities: ledger, policy, notifications. */
export const {
  openOperation,
  lockOperation,
  unlockOperation,
  judgeDecision,
  judgeResolution,
  raiseAttention,
  closeOperation,
  reconcileOperations,
  diagnose,
  settleOrphan,
} = proxyActivities<Activities>(internal);

export const { planProvision, readTracker } = proxyActivities<Activities>(read);

export const { createSite, setConfig, addDomain, setAppPlan } =
  proxyActivities<Activities>(command);

export const { awaitDns, verifyProvision } = proxyActivities<Activities>(wait);

/** By name, because compensations are data. */
export const undoActivities = proxyActivities<Pick<Activities, 'removeSite'>>(undo);
