import { ASKED, DONE, follow, onSend, OURS, row, STEP, type TransferRow } from './common.js';

/** The answer is lost, in ways of which only a person can tell the end. */
export const lostRows: readonly TransferRow[] = [
  row({
    step: STEP,
    accident: 'the answer is lost: a person has asked there, it has come',
    faults: onSend({ kind: 'lose_answer' }),
    asks: [{ problem: 'OutcomeUnknown', says: 'accept', after: follow }],
    expect: { ...DONE, ledger: [...ASKED, 'says: accept'] },
  }),
  row({
    step: STEP,
    accident: '504 after the effect: a person has asked there, it has come',
    faults: onSend({ kind: 'gateway_error', status: 504 }),
    asks: [{ problem: 'OutcomeUnknown', says: 'accept', after: follow }],
    expect: { ...DONE, ledger: [...ASKED, 'says: accept'] },
  }),
  row({
    step: STEP,
    accident: 'the request is lost: a person has it sent again',
    faults: onSend({ kind: 'lose_request' }),
    asks: [{ problem: 'OutcomeUnknown', says: 'retry' }],
    input: () => ({ patienceDays: 1 / 86_400 }),
    expect: {
      outcome: 'abandoned',
      effects: ['site.transfer_request'],
      left: OURS,
      ledger: [...ASKED, 'says: retry', 'send request sent'],
      says: /not confirmed in time/,
    },
  }),
  row({
    step: STEP,
    accident: 'the answer is lost: sent again by a person, two links',
    faults: onSend({ kind: 'lose_answer' }),
    asks: [{ problem: 'OutcomeUnknown', says: 'retry' }],
    input: () => ({ patienceDays: 1 / 86_400 }),
    expect: {
      outcome: 'abandoned',
      effects: ['site.transfer_request', 'site.transfer_request'],
      left: OURS,
      ledger: [...ASKED, 'says: retry', 'send request sent'],
    },
  }),
  row({
    step: STEP,
    accident: 'no answer ever comes: left as it is',
    faults: onSend({ kind: 'hang' }),
    asks: [{ problem: 'OutcomeUnknown', says: 'abandon' }],
    expect: {
      outcome: 'abandoned',
      effects: ['site.transfer_request'],
      left: OURS,
      ledger: [...ASKED, 'says: abandon'],
      says: /nothing there tells whether a link was mailed/,
    },
  }),
];
