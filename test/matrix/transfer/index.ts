import type { CallFault } from '../../../simulators/press/index.js';
import type { TransferSiteInput } from '../../../src/client.js';
import { makeActive } from '../../integration/provision/support.js';
import { killed, killedWorld } from '../killed.js';
import { called, did, follows } from '../provision/common.js';
import type { Act, Asked, Matrix, Row } from '../row.js';
import { NO } from '../sending.js';

type TransferRow = Row<TransferSiteInput>;

const PATH = 'A site of ours';
const STEP = 'send request';
const SEND = 'press.api.site.send_change_team_request';
const OURS = 'the site, Active';
const THEIRS = 'the site of another team, Active';

/** Somebody of the other team follows the link, once it was mailed. */
const theyFollow: Act = {
  do: 'meddle',
  when: did('site.transfer_request'),
  deed: ({ harness, site }) => void harness.simulator.confirmTransfer(site),
};
const follow: Asked['after'] = ({ harness, site }) => void harness.simulator.confirmTransfer(site);

const onSend =
  (fault: CallFault) =>
  ({ site }: { readonly site: string }) => [
    { call: { method: SEND, body: { name: site } }, fault },
  ];

const ASKED = ['attention: OutcomeUnknown'] as const;
const DONE = {
  outcome: 'succeeded',
  effects: ['site.transfer_request', 'site.transfer'],
  left: THEIRS,
  ledger: ['send request sent'],
} as const;

const row = (told: Omit<TransferRow, 'path'>): TransferRow => ({ path: PATH, ...told });

/** The answer is lost, in ways of which only a person can tell the end. */
const lostRows: readonly TransferRow[] = [
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
    usual: {
      speed: 400,
      commandMs: 800,
      policy: { transfer: [{ name: 'all', when: {}, approval: 'none' }] },
    },
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
