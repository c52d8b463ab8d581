import type {
  RecentCopyArgs,
  RequestBackupArgs,
  StandInArgs,
  StoreCopyArgs,
} from '../../domain/safety-copy.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { takeRecentCopy, takeStandIn } from './chosen-copy.js';
import { requestBackup } from './request-backup.js';
import { storeCopy } from './store-copy.js';

/** What it takes to have a copy that brings a site back (D 4.4). */
export function createSafetyCopyActivities(deps: ActivityDeps) {
  return {
    requestBackup: (args: RequestBackupArgs) => requestBackup(deps, args),
    storeCopy: (args: StoreCopyArgs) => storeCopy(deps, args),
    takeRecentCopy: (args: RecentCopyArgs) =>
      whileBeating((signal) => takeRecentCopy(deps, args, { signal })),
    takeStandIn: (args: StandInArgs) =>
      whileBeating((signal) => takeStandIn(deps, args, { signal })),
  };
}
