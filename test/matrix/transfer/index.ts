import type { TransferSiteInput } from '../../../src/client.js';
import { makeActive } from '../../integration/provision/support.js';
import { killed, killedWorld } from '../killed.js';
import { called, did, follows } from '../provision/common.js';
import type { Matrix } from '../row.js';
import { NO } from '../sending.js';
import {
  ANOTHER_TEAM,
  ASKED,
  DONE,
  follow,
  onSend,
  OURS,
  row,
  SEND,
  STEP,
  theyFollow,
  type TransferRow,
  USUAL,
} from './common.js';
import { lookAlikes } from './look-alikes.js';
import { lostRows } from './sending.js';

export const transferRows: readonly TransferRow[] = [
  row({
    step: 'preflight',
    accident: 'nothing goes wrong',
    acts: [theyFollow],
    expect: DONE,
  }),
  row({
    step: STEP,
    accident: 'Press refuses, e.g. because nobody there owns a team',
    faults: onSend(NO),
    expect: {
      outcome: 'refused',
      effects: [],
      left: OURS,
      ledger: ['send request refused'],
      says: /not today/,
    },
  }),
  row({
    step: STEP,
    accident: 'an error of the server, e.g. a deadlock: a person has it sent again',
    faults: onSend({ kind: 'exception', excType: 'QueryDeadlockError' }),
    asks: [{ problem: 'OutcomeUnknown', says: 'retry' }],
    input: () => ({ patienceDays: 1 / 86_400 }),
    expect: {
      outcome: 'abandoned',
      effects: ['site.transfer_request'],
      left: OURS,
      ledger: [...ASKED, 'says: retry', 'send request sent'],
    },
  }),
  ...lostRows,
  ...lookAlikes,
  row({
    step: 'confirmation',
    accident: 'nobody follows the link in time',
    input: () => ({ patienceDays: 1 / 86_400 }),
    expect: {
      outcome: 'abandoned',
      effects: ['site.transfer_request'],
      left: OURS,
      ledger: ['send request sent'],
      says: /cannot be withdrawn and still works/,
    },
  }),
];

/** The worker dies while the call is on its way, and while the other team is waited for. */
export const killRows: readonly TransferRow[] = [
  killed<TransferSiteInput>({
    step: STEP,
    accident: 'before Press has the call: a person leaves it',
    faults: onSend({ kind: 'hang', effect: false }),
    when: called(SEND),
    asks: [{ problem: 'OutcomeUnknown', says: 'abandon' }],
    expect: {
      outcome: 'abandoned',
      effects: [],
      left: OURS,
      ledger: [...ASKED, 'says: abandon'],
    },
  }),
  killed<TransferSiteInput>({
    step: STEP,
    accident: 'after Press has mailed: a person has asked there',
    faults: onSend({ kind: 'hang' }),
    when: did('site.transfer_request'),
    asks: [{ problem: 'OutcomeUnknown', says: 'accept', after: follow }],
    expect: { ...DONE, ledger: [...ASKED, 'says: accept'] },
  }),
  killed<TransferSiteInput>({
    step: 'confirmation',
    accident: 'while it is waited for, and confirmed meanwhile',
    acts: [{ ...theyFollow, when: follows(STEP) }],
    when: did('site.transfer'),
    expect: DONE,
  }),
];

/** Every accident of a transfer that we could think of, and how it ends. */
export const transferMatrix: Matrix<TransferSiteInput> = {
  kind: 'transfer',
  introduction:
    'Nothing at Press shows a request for a transfer, so that one whose answer is lost is never sent ' +
    'again by itself: a person asks the other team.',
  worlds: {
    usual: USUAL,
    [ANOTHER_TEAM]: USUAL,
    ...killedWorld,
  },
  prepare: async ({ harness, subdomain }) => {
    await makeActive(harness, subdomain, {});
  },
  start: ({ client, simulator }, input, { site }) =>
    client.start('transfer', {
      account: 'main',
      requestedBy: 'ops',
      site,
      to: simulator.accounts.other.user,
      ...input,
    }),
  rows: [...transferRows, ...killRows],
};
