import { countsOf, type ReportRoundArgs } from '../../domain/fleet-backups.js';
import type { ActivityDeps } from '../deps.js';

/** Failures that a message names; the result of the round names more. */
const NAMED = 5;

/**
 * Says in the worker's log how a round of backups has ended: it is no operation, so that no ledger
 * record can say it. `schedule list` shows it too.
 */
export function createReportRoundActivities({ notify }: ActivityDeps) {
  return {
    reportRound({ operationId, account, report }: ReportRoundArgs): Promise<void> {
      const { failed, failures } = report;
      const named = failures.slice(0, NAMED);
      const more = failed > named.length ? [`and ${failed - named.length} more`] : [];
      const message = [countsOf(report), ...named, ...more].join('; ');
      notify({ operationId, kind: 'backup-all', site: account, message });
      return Promise.resolve();
    },
  };
}
