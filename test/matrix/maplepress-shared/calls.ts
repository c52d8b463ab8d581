import type { CallFault } from '../../../simulators/maplepress/index.js';
import { onRead, siteIn } from '../../integration/maplepress/support.js';
import type { Ending, Moment, Row, Scene } from '../row.js';
import { effectsOf } from './left.js';

type AnyRow = Row<object>;

/** A step that changes something at MaplePress with one call. */
export interface Call {
  readonly path: string;
  /** Name of the step, and of its command in the ledger. */
  readonly step: string;
  /** Lets the call go wrong, once. */
  readonly wrong: (fault: CallFault) => (scene: Scene) => void;
  /** How it ends when nothing goes wrong. */
  readonly done: Ending;
  /** How it ends when it was done, and the answer never came. */
  readonly lost: Ending;
  /** What else rows ask for in which it was done, and what was in the answer only is lost. */
  readonly lostInput?: AnyRow['input'];
  /** How it ends when the answer is a good one that lacks the key, if there is to be one. */
  readonly hollow: Ending;
  /** How it ends when something on the way sends it twice. */
  readonly twice: Ending;
}

/** An answer that does not have what was due. */
const HOLLOW: CallFault = { kind: 'wrong_shape', body: { id: 'x', status: 'ok' } };
/** The request never got there, or did nothing. */
const UNDONE: readonly (readonly [string, CallFault])[] = [
  ['the request is lost', { kind: 'lose_request' }],
  ['no answer ever comes, and nothing was done', { kind: 'hang', effect: false }],
  ['502 without the effect', { kind: 'gateway_error', status: 502, effect: false }],
  ['a page instead of an answer, without the effect', { kind: 'html_page' }],
];

/** It was done, and the answer does not tell what is in no other one. */
const LOST: readonly (readonly [string, CallFault])[] = [
  ['the answer is lost', { kind: 'lose_answer' }],
  ['no answer ever comes', { kind: 'hang' }],
  ['500 after the effect', { kind: 'server_error', effect: true }],
  ['504 after the effect', { kind: 'gateway_error', status: 504 }],
  ['a page instead of the answer', { kind: 'html_page', effect: true }],
  ['an answer of another shape', { kind: 'wrong_shape' }],
];

/** The accidents that can befall any call. */
export function callRows({
  path,
  step,
  wrong,
  done,
  lost,
  lostInput,
  hollow,
  twice,
}: Call): readonly AnyRow[] {
  const row = (accident: string, fault: CallFault, expect: Ending): AnyRow => ({
    path,
    step,
    accident,
    before: wrong(fault),
    expect,
  });
  const lostRow = (accident: string, fault: CallFault, expect: Ending): AnyRow => ({
    ...row(accident, fault, expect),
    ...(lostInput !== undefined && { input: lostInput }),
  });
  const after = (...before: readonly string[]): Ending => ({
    ...done,
    ledger: [...before, ...done.ledger],
  });
  return [
    ...UNDONE.map(([accident, fault]) => row(accident, fault, done)),
    ...LOST.map(([accident, fault]) => lostRow(accident, fault, lost)),
    lostRow('an answer without a key', HOLLOW, hollow),
    lostRow('executed twice by something on the way', { kind: 'duplicate' }, twice),
    row('401 although the token is good, once', { kind: 'unauthorized' }, done),
    row('too many requests', { kind: 'rate_limited', retryAfter: 1 }, after(`${step} failed`)),
    row('503 without the effect', { kind: 'server_error', status: 503 }, after(`${step} failed`)),
    {
      ...row('500 without the effect: a person has it sent again', { kind: 'server_error' }, done),
      asks: [{ problem: 'Defect', says: 'retry' }],
      expect: after(`${step} failed`, 'attention: Defect', 'says: retry'),
    },
  ];
}

/**
 * Executed after the worker has hung up and has looked for it once.
 *
 * @param seconds after the call, of which the caller waits for 320; what is looked for during a horizon of
 *   300 more must come within it
 */
export const lateRow = (
  { path, step, wrong, lostInput }: Call,
  expect: Ending,
  seconds = 440,
): AnyRow => ({
  path,
  step,
  accident: 'MaplePress does it after we hung up, and have looked once',
  before: wrong({ kind: 'late', seconds }),
  ...(lostInput !== undefined && { input: lostInput }),
  expect,
});

/** It answers 404 so often, although the list names it: nobody has deleted it. */
export const hidden =
  (times: number) =>
  ({ harness, domain }: Scene): void =>
    void harness.maplePress.addFault(onRead(siteIn(harness, domain)?.id ?? '', times));

/** Something was done at MaplePress. */
export const did =
  (effect: string): Moment =>
  (scene) =>
    effectsOf(scene).includes(effect);

/** MaplePress was asked for it, and has answered or never will. */
export const called =
  (endpoint: string): Moment =>
  ({ harness, domain }) => {
    const id = siteIn(harness, domain)?.id ?? domain;
    return harness.maplePress
      .calls()
      .some(
        (call) =>
          call.endpoint === endpoint &&
          [id, domain].some((name) => JSON.stringify([call.path, call.args]).includes(name)),
      );
  };

/** It waits for people, and can be given up. */
export const waits: Moment = (_, { choices }) => choices.includes('give_up');
