import {
  abandonedRow,
  ledgerOfCall,
  lostRows,
  refusedRow,
  repeatedRow,
  retriedRow,
} from '../sending.js';
import type { UnplacedRow } from '../row.js';
import { type Case, CASES, INSTALL_APP, UPDATE_CONFIG } from './calls.js';
import type { AdjustmentRow } from './common.js';

/** A row of one kind, under its heading. */
export const rowOf = (of: Case, row: UnplacedRow): AdjustmentRow => ({
  before: of.before,
  ...row,
  path: of.path,
  input: of.input,
});

/** Every kind: the answer is lost, the request is lost, Press says no. */
const everyCall: readonly AdjustmentRow[] = CASES.flatMap((of) =>
  [
    {
      step: of.step,
      accident: 'the answer is lost',
      ...of.wrong({ kind: 'lose_answer' }),
      expect: { ...of.done, ledger: ledgerOfCall(of, `${of.step} adopted`) },
    },
    {
      step: of.step,
      accident: 'the request is lost',
      ...of.wrong({ kind: 'lose_request' }),
      expect: of.done,
    },
    refusedRow(of, of.untouched),
  ].map((row) => rowOf(of, row)),
);

const TOLD_ABOVE = ['the answer is lost', 'the request is lost'];

/** What else can become of a call; it does not depend on the kind, but on how it may be repeated. */
const otherwise = [INSTALL_APP, UPDATE_CONFIG].flatMap((of) =>
  [
    ...lostRows(of).filter(({ accident }) => !TOLD_ABOVE.includes(accident)),
    repeatedRow(of),
    retriedRow(of),
    abandonedRow(of, of.untouched),
  ].map((row) => rowOf(of, row)),
);

export const sendingRows: readonly AdjustmentRow[] = [...everyCall, ...otherwise];
