import { type BackUpSitesInput, ROUND_TYPE } from '../../src/domain/fleet-backups.js';
import { workflowIdFor } from '../../src/domain/operations.js';
import { QUEUES } from '../../src/domain/queues.js';
import type { Stack } from '../../src/stack/stack.js';
import { failsAt } from './faults.js';
import { by } from './recording.js';

/** What a round is asked for by name on the command line: it is no operation, and has no kind. */
export const ROUND = 'backup-all';

/** Writes the history of a run down; without `runId` of the newest one. */
export type Save = (file: string, run: { workflowId: string; runId?: string }) => Promise<void>;

/** A round of backups that is recorded. The account has the sites of those before it, too. */
interface RoundRecording {
  readonly scenario: string;
  /** How many sites are added before. */
  readonly adds: number;
  readonly account?: string;
  /** Lets the backup of the first site fail for good. */
  readonly fails?: boolean;
  /** It goes on as a new run after a page of sites; the scenario of that. */
  readonly goesOnAs?: string;
}

const SITES = { group: 'bench-0001', plan: 'USD 25' };

const ROUNDS: readonly RoundRecording[] = [
  { scenario: 'complete', adds: 2 },
  { scenario: 'incomplete', adds: 0, fails: true },
  { scenario: 'stopped', adds: 0, account: 'gone' },
  { scenario: 'continued', adds: 50, goesOnAs: 'last-part' },
];

/** One after the other, on a stack of their own: they back up whatever is there. */
export async function recordRounds(stack: Stack, save: Save): Promise<void> {
  for (const round of ROUNDS) await record(stack, save, round);
}

async function record(
  { client, simulator, record: { account: usual } }: Stack,
  save: Save,
  { scenario, adds, account = usual, fails = false, goesOnAs }: RoundRecording,
): Promise<void> {
  if (adds > 0) simulator.addSites({ ...SITES, prefix: scenario, count: adds });
  const [first = ''] = simulator
    .estate()
    .sites.map(({ name }) => name)
    .sort();
  if (fails) simulator.addFault({ ...failsAt(first, 'Backup Site', 0), times: 2 });
  const input: BackUpSitesInput = { account, requestedBy: 'recorder' };
  const workflowId = `${ROUND_TYPE}:${account}:${scenario}`;
  const started = await client.temporal.workflow.start(ROUND_TYPE, {
    taskQueue: QUEUES.internal,
    workflowId,
    args: [input],
  });
  await started.result();
  const runId = started.firstExecutionRunId;
  await save(`${ROUND_TYPE}.${scenario}.json`, { workflowId, runId });
  if (goesOnAs !== undefined) await save(`${ROUND_TYPE}.${goesOnAs}.json`, { workflowId });
  if (!fails) return;
  const left = workflowIdFor('backup', first, `${scenario}-1`);
  await client.resolve(left, 'abandon', by);
  await client.wait(left);
}
