import {
  activePast,
  onDelete,
  onRotate,
  registerPast,
  siteIn,
} from '../../integration/maplepress/support.js';
import { rotateApiKey } from '../../../src/maplepress/index.js';
import { called, callRows, did, hidden, lateRow, waits } from '../maplepress-shared/calls.js';
import {
  AWAY_FOR_A_MOMENT,
  AWAY_ONCE_KEPT,
  NO_FIRST_KEY,
  NO_TOKEN,
} from '../maplepress-shared/ledgers.js';
import { DELETES, NOBODY } from '../maplepress-shared/worlds.js';
import { DONE, LOCATED, later, type RegisterRow, SOON, UNDONE, wrong } from './common.js';

const PATH = 'A domain that nobody has registered';
const VERIFICATION = 'verification';
const PENDING = 'the registration, pending; waiting: its key, its token';

const register = {
  path: PATH,
  step: 'register',
  wrong,
  done: DONE,
  lost: LOCATED,
  lostInput: SOON,
  hollow: LOCATED,
  twice: LOCATED,
};

const row = (told: Omit<RegisterRow, 'path'>): RegisterRow => ({ path: PATH, ...told });

/** The registration is located, and so many rotations are answered into the void. */
const lostRotations = (times: number): RegisterRow =>
  row({
    step: 'rotate key',
    accident: `the answer is lost, and those of ${times === 1 ? 'a rotation' : 'two rotations'}`,
    before: wrong({ kind: 'hang' }),
    input: SOON,
    acts: [
      {
        do: 'meddle',
        when: did('site.create'),
        deed: later(onRotate, { kind: 'lose_answer' }, times),
      },
    ],
    expect: {
      ...LOCATED,
      effects: ['site.create', ...Array.from({ length: times + 1 }, (): string => 'key.rotate')],
      ledger: [
        'register adopted',
        'rotate key adopted',
        'rotate key sent',
        'attention: OutcomeUnknown',
      ],
    },
  });

/** What becomes of the secrets when the ledger cannot take them. */
const ledgerRows: readonly RegisterRow[] = [
  row({
    step: 'register',
    accident: 'the ledger is away for a moment right after the answer: key and token are held',
    world: AWAY_FOR_A_MOMENT,
    expect: DONE,
  }),
  row({
    step: 'register',
    accident: 'the ledger is away for long right after the answer',
    world: NO_TOKEN,
    input: SOON,
    expect: LOCATED,
  }),
  row({
    step: 'register',
    accident: 'the ledger is away once it has the token',
    world: NO_FIRST_KEY,
    expect: {
      ...DONE,
      effects: ['site.create', 'key.rotate'],
      ledger: ['register adopted', 'rotate key sent'],
      says: /^$/,
    },
  }),
  row({
    step: 'register',
    accident: 'the ledger is away once it has key and token: located, and they are the valid ones',
    world: AWAY_ONCE_KEPT,
    expect: { ...DONE, ledger: ['register adopted'] },
  }),
];

/** The plugin does not come, or somebody comes between. */
const waitingRows: readonly RegisterRow[] = [
  row({
    step: VERIFICATION,
    accident: 'the plugin does not come in time: policy keeps it',
    world: NOBODY,
    input: SOON,
    expect: {
      ...DONE,
      outcome: 'succeeded_with_exceptions',
      left: PENDING,
      says: /stays registered, and pending/,
    },
  }),
  row({
    step: VERIFICATION,
    accident: 'the plugin does not come in time: policy deletes it',
    world: DELETES,
    input: SOON,
    expect: { ...UNDONE, outcome: 'rolled_back', says: /its time is up/ },
  }),
  row({
    step: VERIFICATION,
    accident: 'it answers 404 for a moment: it is not taken for deleted',
    acts: [{ do: 'meddle', when: waits, deed: hidden(3) }],
    expect: DONE,
  }),
  row({
    step: VERIFICATION,
    accident: 'somebody cancels',
    world: NOBODY,
    acts: [{ do: 'cancel', when: waits }],
    expect: { ...UNDONE, outcome: 'cancelled' },
  }),
  row({
    step: VERIFICATION,
    accident: 'somebody else replaces the key: ours is wiped',
    world: NOBODY,
    acts: [
      {
        do: 'meddle',
        when: waits,
        async deed({ harness, domain }) {
          const { maplePress } = harness.deps.tenants.get('main');
          await rotateApiKey(maplePress, siteIn(harness, domain)?.id ?? '');
        },
      },
      {
        do: 'meddle',
        when: (_, { exceptions }) => exceptions.length > 0,
        deed: ({ harness, domain }) => harness.maplePress.connectPlugin(domain),
      },
    ],
    expect: {
      ...DONE,
      outcome: 'succeeded_with_exceptions',
      effects: ['site.create', 'key.rotate'],
      left: 'the registration, active; waiting: its token',
      says: /^API key: replaced by another one meanwhile/m,
    },
  }),
  ...(
    [
      ['the answer to the deletion is lost', { kind: 'lose_answer' }, 'adopted'],
      ['the deletion is lost', { kind: 'lose_request' }, 'sent'],
      ['the deletion is executed twice', { kind: 'duplicate' }, 'sent'],
    ] as const
  ).map(([accident, fault, how]) =>
    row({
      step: 'way back',
      accident,
      world: NOBODY,
      acts: [
        { do: 'meddle', when: waits, deed: later(onDelete, fault) },
        { do: 'cancel', when: waits },
      ],
      expect: {
        ...UNDONE,
        outcome: 'cancelled',
        ledger: ['register sent', `undo register ${how}`],
      },
    }),
  ),
];

/** Somebody else has a hand in it. */
const foreignRows: readonly RegisterRow[] = [
  row({
    step: 'register',
    accident: 'the request is lost, and somebody else of the tenant registers the site: it works',
    before: wrong({ kind: 'hang', effect: false }),
    acts: [
      {
        do: 'meddle',
        when: called('POST /api/v1/sites'),
        deed: async ({ harness, domain }) => void (await activePast(harness, domain)),
      },
    ],
    asks: [{ problem: 'OutcomeUnknown', says: 'abandon' }],
    expect: {
      outcome: 'abandoned',
      effects: ['site.create'],
      left: 'the registration, active',
      ledger: ['attention: OutcomeUnknown', 'says: abandon'],
      says: /registered by somebody else/,
    },
  }),
  row({
    step: 'way back',
    accident: 'its plugin verifies it after all: it is not deleted',
    world: NOBODY,
    acts: [
      { do: 'meddle', when: waits, deed: later(onDelete, { kind: 'hang', effect: false }) },
      { do: 'cancel', when: waits },
      {
        do: 'meddle',
        when: called('DELETE /api/v1/sites/{id}'),
        deed: ({ harness, domain }) => harness.maplePress.connectPlugin(domain),
      },
    ],
    asks: [{ problem: 'UndoFailed', says: 'abandon' }],
    expect: {
      ...DONE,
      outcome: 'abandoned',
      ledger: ['register sent', 'attention: UndoFailed', 'says: abandon'],
      says: /has verified it meanwhile, it works/,
    },
  }),
];

export const rows: readonly RegisterRow[] = [
  row({ step: 'preflight', accident: 'nothing goes wrong', expect: DONE }),
  row({
    step: 'register',
    accident: 'another tenant has the domain',
    before: async ({ harness, domain }) => {
      await registerPast(harness, domain, 'other');
      harness.maplePress.connectPlugin(domain);
    },
    expect: {
      outcome: 'refused',
      effects: [],
      left: 'the registration of another tenant, active',
      ledger: ['register refused'],
      says: /already registered/,
    },
  }),
  ...callRows(register),
  lateRow(register, LOCATED),
  lostRotations(1),
  lostRotations(2),
  ...ledgerRows,
  ...waitingRows,
  ...foreignRows,
];
