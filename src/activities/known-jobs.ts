import type { CommandKey } from '../domain/operations.js';
import type { ActivityDeps } from './deps.js';

/** Jobs that other commands of this operation have: an earlier round's is not that of this one. */
export async function knownJobs(
  { ledger }: Pick<ActivityDeps, 'ledger'>,
  { operationId }: CommandKey,
): Promise<readonly string[]> {
  const commands = await ledger.commandsOf(operationId);
  return commands.flatMap(({ tracker }) => {
    if (tracker === null) return [];
    if ('jobs' in tracker) return tracker.jobs;
    return 'job' in tracker && tracker.job !== null ? [tracker.job] : [];
  });
}
