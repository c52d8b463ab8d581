import type { CallFault } from '../../simulators/press/index.js';
import type { Choice } from '../../src/domain/messages.js';
import type { Ending, UnplacedRow } from './row.js';

/** Ways in which the answer to a call gets lost, and how the command then ends. */
const LOST: readonly (readonly [string, CallFault, 'adopted' | 'sent'])[] = [
  ['the answer is lost', { kind: 'lose_answer' }, 'adopted'],
  ['no answer ever comes', { kind: 'hang' }, 'adopted'],
  ['the request is lost', { kind: 'lose_request' }, 'sent'],
  ['502 without the effect', { kind: 'gateway_error', status: 502, effect: 'none' }, 'sent'],
  ['504 after the effect', { kind: 'gateway_error', status: 504 }, 'adopted'],
  [
    'Press begins a second after we hung up',
    { kind: 'late', seconds: 1, after: 'disconnect' },
    'adopted',
  ],
];

/** Press says no, and why. */
export const NO: CallFault = {
  kind: 'exception',
  excType: 'ValidationError',
  status: 417,
  message: 'not today',
};
const DEADLOCK: CallFault = { kind: 'exception', excType: 'QueryDeadlockError' };
const NONSENSE: CallFault = { kind: 'exception', excType: 'KeyError' };

/** A step that changes something at Press with one call. */
export interface Call {
  /** Name of the step, and of its command in the ledger. */
  readonly step: string;
  /** Lets the call go wrong. */
  readonly wrong: (fault: CallFault) => Pick<UnplacedRow, 'faults' | 'acts' | 'before'>;
  /** How it ends when nothing goes wrong. */
  readonly done: Ending;
}

/** The ledger of a call, with something else in the place of its `sent`. */
export const ledgerOfCall = (
  { step, done }: Pick<Call, 'step' | 'done'>,
  ...instead: readonly string[]
): readonly string[] =>
  done.ledger.flatMap((entry) => (entry === `${step} sent` ? instead : [entry]));

/** What stands in the ledger before the call. */
const ledgerBefore = ({ step, done: { ledger } }: Call): readonly string[] =>
  ledger.slice(0, ledger.indexOf(`${step} sent`));

/** The answer is lost: what was sent is found, or sent again. */
export const lostRows = (call: Call): readonly UnplacedRow[] =>
  LOST.map(([accident, fault, how]) => ({
    step: call.step,
    accident,
    ...call.wrong(fault),
    expect: { ...call.done, ledger: ledgerOfCall(call, `${call.step} ${how}`) },
  }));

/** Press refuses, before anything that would have to be undone. */
export const refusedRow = (
  call: Call,
  untouched: Pick<Ending, 'effects' | 'left'>,
  { accident, fault, says }: { accident: string; fault: CallFault; says?: RegExp } = {
    accident: 'Press refuses',
    fault: NO,
    says: /not today/,
  },
): UnplacedRow => ({
  step: call.step,
  accident,
  ...call.wrong(fault),
  expect: {
    outcome: 'refused',
    effects: untouched.effects,
    left: untouched.left,
    ledger: [...ledgerBefore(call), `${call.step} refused`],
    ...(says === undefined ? {} : { says }),
  },
});

/** Nothing came of it, which passes: it is sent once more. */
export const repeatedRow = (
  call: Call,
  accident = 'a database deadlock',
  fault = DEADLOCK,
): UnplacedRow => ({
  step: call.step,
  accident,
  ...call.wrong(fault),
  expect: { ...call.done, ledger: ledgerOfCall(call, `${call.step} failed`, `${call.step} sent`) },
});

const notUnderstood = (call: Call, says: Choice) =>
  ({
    step: call.step,
    accident: `Press answers with an error nobody understands: ${says}`,
    ...call.wrong(NONSENSE),
    asks: [{ problem: 'Defect', says }],
  }) as const;

/** An error of Press that nobody understands: a person has it sent again. */
export const retriedRow = (call: Call): UnplacedRow => ({
  ...notUnderstood(call, 'retry'),
  expect: {
    ...call.done,
    ledger: ledgerOfCall(
      call,
      `${call.step} failed`,
      'attention: Defect',
      'says: retry',
      `${call.step} sent`,
    ),
  },
});

/** An error of Press that nobody understands: a person leaves it there. */
export const abandonedRow = (
  call: Call,
  { effects, left }: Pick<Ending, 'effects' | 'left'>,
): UnplacedRow => ({
  ...notUnderstood(call, 'abandon'),
  expect: {
    outcome: 'abandoned',
    effects,
    left,
    ledger: [...ledgerBefore(call), `${call.step} failed`, 'attention: Defect', 'says: abandon'],
  },
});
