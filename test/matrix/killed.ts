import type { CallFault, JobFault } from '../../simulators/press/index.js';
import { onJob } from '../integration/provision/support.js';
import type { HarnessOptions } from '../support/harness.js';
import { called, did, follows, runs } from './provision/common.js';
import type { Ending, Moment, Row } from './row.js';
import { type Call, ledgerOfCall } from './sending.js';

/** A call that Press never gets; only the kill ends it: the worker waits two minutes of real time. */
export const BEFORE: CallFault = { kind: 'hang', effect: false };
/** A call that Press has carried out, and never answers. */
export const AFTER: CallFault = { kind: 'hang' };
/** A job that still runs when every row has come to its moment. */
export const SLOW: JobFault = { kind: 'slow', factor: 20 };

const KILLED = { path: 'When the worker is killed', world: 'a worker that is killed' } as const;

/** One worker process, which is killed when all rows have come to their moment. */
export const killedWorld = {
  [KILLED.world]: { speed: 200, startWorkers: false, commandMs: 120_000 },
} satisfies Record<string, HarnessOptions>;

/** A row in which the worker dies at a moment, after what else is to happen. */
export const killed = <Input = object>({
  when,
  acts = [],
  ...told
}: Omit<Row<Input>, 'path' | 'world'> & {
  readonly path?: string;
  readonly when: Moment;
}): Row<Input> => ({ ...KILLED, ...told, acts: [...acts, { do: 'kill', when }] });

/** A call in which the worker dies. */
interface KilledCall extends Call {
  /** Method of the call, as the simulator names it. */
  readonly method: string;
  /** What the call does at Press. */
  readonly effect: string;
  /** Done with the answer, and harmless when sent twice; else it begins something that is searched for. */
  readonly isHarmless?: boolean;
}

/** The worker dies before Press has the call, and after it has carried it out. */
export const killedInCall = (call: KilledCall): readonly Row<object>[] => [
  killed({
    step: call.step,
    accident: `before Press has the call: sent again ${call.isHarmless ? 'at once' : 'after five minutes'}`,
    ...call.wrong(BEFORE),
    when: called(call.method),
    expect: call.done,
  }),
  killed({
    step: call.step,
    accident: `after Press has ${call.isHarmless ? 'done it' : 'begun'}: found`,
    ...call.wrong(AFTER),
    when: did(call.effect),
    expect: { ...call.done, ledger: ledgerOfCall(call, `${call.step} adopted`) },
  }),
];

/** The worker dies while Press makes the backup for the safety copy. */
export const killedInBackup = (expect: Ending, step = 'safety copy'): Row<object> =>
  killed({
    step,
    accident: 'while the backup is made',
    // Slower than others: it is the shortest of all jobs.
    faults: ({ site }) => [onJob(site, 'Backup Site', { kind: 'slow', factor: 60 })],
    when: follows('backup'),
    expect,
  });

/** The worker dies while a job of the site runs. */
export const killedInJob = (
  step: string,
  jobType: string,
  expect: Ending,
  slow: JobFault = SLOW,
): Row<object> =>
  killed({
    step,
    accident: 'while the job runs',
    faults: ({ site }) => [onJob(site, jobType, slow)],
    when: runs(jobType),
    expect,
  });
