import type { CommandKey } from '../domain/operations.js';
import {
  type Account,
  archiveBench,
  type Bench,
  type CallOptions,
  listBenches,
  listGroupJobs,
} from '../frappe-cloud/index.js';
import { runCommand } from './commands.js';
import type { ActivityDeps } from './deps.js';
import { NotYet, UndoFailed } from './errors.js';

const FINISHED = ['Success', 'Failure', 'Delivery Failure'];

/** Whose undo archives, and which benches of which group. */
export interface BenchesToArchive {
  readonly operationId: string;
  readonly round: number;
  readonly group: string;
  readonly isMeant: (bench: Bench) => boolean;
}

/**
 * Archives benches one at a time, each asked for once, and returns when none of them is left (A 3.7).
 *
 * @throws NotYet while one is being archived; UndoFailed when one could not be
 */
export async function archiveBenches(
  deps: ActivityDeps,
  account: Account,
  { operationId, round, group, isMeant }: BenchesToArchive,
  options: CallOptions,
): Promise<void> {
  const { press } = account;
  const wait = deps.timing.undoInterval;
  const jobs = await listGroupJobs(press, { group, job_types: ['Archive Bench'] }, options);
  const running = jobs.filter(({ status }) => !FINISHED.includes(status));
  for (const bench of (await listBenches(press, { group }, options)).filter(isMeant)) {
    if (bench.status === 'Archived') continue;
    if (running.some((job) => job.bench === bench.name)) {
      throw new NotYet(`bench ${bench.name} is being archived`, wait);
    }
    const key: CommandKey = { operationId, step: `undo bench ${bench.name}`, round };
    const asked = await deps.ledger.getCommand(key);
    if (asked?.state === 'settled') {
      throw new UndoFailed(`bench ${bench.name} could not be archived: it is ${bench.status}`, {
        group,
        status: bench.status,
      });
    }
    await runCommand(deps, {
      key,
      account,
      endpoint: 'press.api.client.run_doc_method Bench.archive',
      payload: { bench: bench.name },
      repeat: 'at_once',
      async locate() {
        const left = await listBenches(press, { group }, options);
        const there = left.some(({ name, status }) => name === bench.name && status !== 'Archived');
        return there
          ? { state: 'none' }
          : { state: 'found', tracker: { kind: 'done' }, evidence: {} };
      },
      async send() {
        await archiveBench(press, { bench: bench.name }, options);
        return { kind: 'done' };
      },
    });
    throw new NotYet(`bench ${bench.name} is being archived`, wait);
  }
}
