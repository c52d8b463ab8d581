import { ROTATE } from '../../../src/domain/maplepress.js';
import { deleteSite, rotateApiKey, type Transport } from '../../../src/maplepress/index.js';
import { siteIn } from '../../integration/maplepress/support.js';
import { callRows, hidden, lateRow, waits } from '../maplepress-shared/calls.js';
import { AWAY_FOR_A_MOMENT, AWAY_ONCE_KEPT, NO_FIRST_KEY } from '../maplepress-shared/ledgers.js';
import { NOBODY } from '../maplepress-shared/worlds.js';
import type { Act, Scene } from '../row.js';
import { ANOTHER, DONE, KEY_WAITS, type RotationRow, wrong } from './common.js';

const PATH = 'A site that its plugin has verified';
const SIGN_OF_LIFE = 'sign of life';
/** Of the site: by the preflight, and again under the lock. */
const READINGS_BEFORE = 2;
const BOTH = { ...DONE, effects: ['key.rotate', 'key.rotate'] } as const;

const rotation = {
  path: PATH,
  step: ROTATE,
  wrong,
  done: DONE,
  lost: ANOTHER,
  hollow: ANOTHER,
  twice: BOTH,
};

const row = (told: Omit<RotationRow, 'path'>): RotationRow => ({ path: PATH, ...told });

/** Somebody with the front end, while the sign of life is waited for. */
const past = (deed: (maplePress: Transport, id: string) => Promise<unknown>): Act => ({
  do: 'meddle',
  when: waits,
  async deed({ harness, domain }) {
    const { maplePress } = harness.deps.tenants.get('main');
    await deed(maplePress, siteIn(harness, domain)?.id ?? '');
  },
});

/** The answer is lost, and the next rotation is refused: the site is cut off, which is for a person. */
const refusedAfterLost = (['retry', 'abandon'] as const).map((says): RotationRow => {
  const ledger = [
    'rotate key adopted',
    'rotate key refused',
    'attention: Refused',
    `says: ${says}`,
    ...(says === 'retry' ? ['rotate key sent'] : []),
  ];
  return row({
    step: ROTATE,
    accident: `the answer is lost, and another one refused: a person says ${says}`,
    before(scene) {
      wrong({ kind: 'lose_answer' })(scene);
      wrong({ kind: 'server_error', status: 404 }, { nth: 2 })(scene);
    },
    asks: [{ problem: 'Refused', says }],
    expect:
      says === 'retry'
        ? { ...ANOTHER, ledger }
        : {
            ...DONE,
            outcome: 'abandoned',
            left: 'the registration, active',
            ledger,
            says: /was lost, and another one was refused/,
          },
  });
});

/** The first reading after the rotation fails. */
const unread = ({ harness, domain }: Scene): void => {
  const id = siteIn(harness, domain)?.id ?? '';
  harness.maplePress.addFault({
    call: { endpoint: 'GET /api/v1/sites/{id}', site: id },
    fault: { kind: 'server_error' },
    nth: READINGS_BEFORE + 1,
  });
};

export const rows: readonly RotationRow[] = [
  row({ step: 'preflight', accident: 'nothing goes wrong', expect: DONE }),
  ...callRows(rotation),
  lateRow(rotation, ANOTHER),
  row({
    step: ROTATE,
    accident: 'the answer is lost twice',
    before: wrong({ kind: 'lose_answer' }, { times: 2 }),
    expect: { ...ANOTHER, effects: ['key.rotate', 'key.rotate', 'key.rotate'] },
  }),
  row({
    step: ROTATE,
    accident: 'the answer is lost again and again: a person is asked after five',
    before: wrong({ kind: 'lose_answer' }, { times: 5 }),
    asks: [{ problem: 'OutcomeUnknown', says: 'retry' }],
    expect: {
      ...ANOTHER,
      effects: Array.from({ length: 6 }, (): string => 'key.rotate'),
      ledger: ['rotate key adopted', 'attention: OutcomeUnknown', 'says: retry', 'rotate key sent'],
    },
  }),
  ...refusedAfterLost,
  row({
    step: ROTATE,
    accident: 'it is made, and then MaplePress cannot be read: the key is told of all the same',
    before: unread,
    asks: [{ problem: 'Defect', says: 'abandon' }],
    expect: {
      ...DONE,
      outcome: 'abandoned',
      ledger: ['rotate key sent', 'attention: Defect', 'says: abandon'],
    },
  }),
  row({
    step: ROTATE,
    accident: 'the ledger is away for a moment right after the answer: the key is held',
    world: AWAY_FOR_A_MOMENT,
    expect: DONE,
  }),
  row({
    step: ROTATE,
    accident: 'the ledger is away for long right after the answer',
    world: NO_FIRST_KEY,
    expect: ANOTHER,
  }),
  row({
    step: ROTATE,
    accident: 'the ledger is away once it has the key: located, and it is the valid one',
    world: AWAY_ONCE_KEPT,
    expect: { ...DONE, ledger: ['rotate key adopted'] },
  }),
  row({
    step: SIGN_OF_LIFE,
    accident: 'it answers 404 for a moment: it is not taken for deleted',
    acts: [{ do: 'meddle', when: waits, deed: hidden(3) }],
    expect: DONE,
  }),
  row({
    step: SIGN_OF_LIFE,
    accident: 'a person does not want to wait',
    world: NOBODY,
    acts: [
      {
        do: 'meddle',
        when: waits,
        async deed({ harness, domain }) {
          const [operation] = await harness.ledger.findOperations({ site: domain, open: true });
          await harness.client.resolve(operation?.workflowId ?? '', 'give_up', { by: 'kim' });
        },
      },
    ],
    expect: {
      ...DONE,
      outcome: 'succeeded_with_exceptions',
      left: KEY_WAITS,
      ledger: ['rotate key sent', 'says: give_up'],
      says: /not seen yet/,
    },
  }),
  row({
    step: SIGN_OF_LIFE,
    accident: 'somebody else replaces the key: ours is wiped',
    world: NOBODY,
    acts: [past(rotateApiKey)],
    expect: {
      ...BOTH,
      outcome: 'abandoned',
      left: 'the registration, active',
      says: /replaced by another one meanwhile/,
    },
  }),
  row({
    step: SIGN_OF_LIFE,
    accident: 'somebody deletes the registration: the key is wiped',
    world: NOBODY,
    acts: [past(deleteSite)],
    expect: {
      ...DONE,
      outcome: 'abandoned',
      effects: ['key.rotate', 'site.delete'],
      left: 'nothing',
      says: /deleted meanwhile/,
    },
  }),
];
