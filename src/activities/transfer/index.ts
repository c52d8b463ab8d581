import type { PlanArgs } from '../../domain/activity-types.js';
import type { TransferSiteInput } from '../../domain/inputs.js';
import type { AwaitTransferArgs, SendTransferArgs } from '../../domain/transfers.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { awaitTransfer } from './await-transfer.js';
import { planTransfer } from './plan-transfer.js';
import { sendTransfer } from './send-transfer.js';

/** What it takes to give a site to another team (C 8). */
export function createTransferActivities(deps: ActivityDeps) {
  return {
    planTransfer: (args: PlanArgs<TransferSiteInput>) =>
      whileBeating(() => planTransfer(deps, args)),
    sendTransfer: (args: SendTransferArgs) => sendTransfer(deps, args),
    awaitTransfer: (args: AwaitTransferArgs) =>
      whileBeating((signal) => awaitTransfer(deps, args, { signal })),
  };
}
