import type { BuildFault, CallFault } from '../../../simulators/press/index.js';
import { eventually, onJob } from '../../integration/provision/support.js';
import { failsAt, THERE } from '../../integration/upgrade/support.js';
import { did } from '../provision/common.js';
import type { Scene } from '../row.js';
import { benchLeft } from './bench-left.js';
import { refusedRow } from '../sending.js';
import { COPIED } from './common.js';
import {
  BEGUN,
  BROKEN,
  byPress,
  onOrder,
  ORDER_BENCH,
  UNTOUCHED,
  WITHDRAWN,
} from './new-bench-rows.js';
import type { UpgradeRow } from './rows.js';

const ORDER = { step: 'order bench' } as const;
/** Nothing stops an image: its bench comes up in the dropped group, and goes by itself. */
const LATE_WITHDRAWN = {
  ...WITHDRAWN,
  effects: [...WITHDRAWN.effects, 'bench.create', 'bench.archive'],
  ledger: [...WITHDRAWN.ledger, 'undo bench sent'],
} as const;
const STUCK_WITHDRAWN = { ...WITHDRAWN, ledger: [...WITHDRAWN.ledger, 'order stuck'] } as const;
/** Two groups of one order, whichever of them a person has dropped. */
const BOTH_WITHDRAWN = {
  ...STUCK_WITHDRAWN,
  effects: [
    ...WITHDRAWN.effects.slice(0, 3),
    ...WITHDRAWN.effects.slice(0, 3),
    'group.delete',
    'group.delete',
  ],
  ledger: [
    'attention: OutcomeUnknown',
    'says: abandon',
    'order bench adopted',
    'undo group sent',
    'order stuck',
  ],
  says: /two groups are titled.*the order is withdrawn/,
} as const;
const BENCH_WITHDRAWN = {
  ...WITHDRAWN,
  effects: [...WITHDRAWN.effects.slice(0, 3), 'bench.create', 'bench.archive', 'group.delete'],
} as const;

const adopted = (accident: string, fault: CallFault): UpgradeRow =>
  byPress({
    ...ORDER,
    accident,
    faults: ({ site }) => [onOrder(site, fault)],
    expect: { ...BEGUN, ledger: ['order bench adopted', 'backup sent'] },
  });

const build = (accident: string, fault: BuildFault, expect: UpgradeRow['expect']): UpgradeRow =>
  byPress({
    step: 'order bench: image',
    accident,
    faults: ({ subdomain }) => [{ build: { title: subdomain }, fault, times: 'always' }],
    expect,
  });

/** By something on the way, at once; neither bench can be built. */
const deliveredTwice: UpgradeRow['faults'] = ({ site, subdomain }) => [
  onOrder(site, { kind: 'duplicate' }),
  { build: { title: subdomain }, fault: { kind: 'fail' }, times: 'always' },
];

/** Somebody else deletes the group. */
async function deleteIt({ harness, subdomain }: Scene): Promise<void> {
  const { groups } = harness.simulator.estate();
  const name = groups.find(({ title }) => title === subdomain)?.name ?? '';
  await harness.press('main', 'press.api.client.delete', { doctype: 'Release Group', name });
}

const untilDropped = (scene: Scene): Promise<void> =>
  eventually(() => benchLeft(scene).length === 0);

/** A bench that Press makes, with an upgrade that Press begins by itself. */
export const byPressRows: readonly UpgradeRow[] = [
  byPress({ ...ORDER, accident: 'none', expect: BEGUN }),
  byPress(refusedRow(ORDER_BENCH, UNTOUCHED)),
  adopted('the answer is lost', { kind: 'lose_answer' }),
  adopted('504 after the effect', { kind: 'gateway_error', status: 504 }),
  adopted('417 after Press has committed the order', {
    kind: 'exception',
    excType: 'ValidationError',
    status: 417,
    effect: true,
  }),
  byPress({
    ...ORDER,
    accident: 'the request is lost: sent again after five minutes',
    faults: ({ site }) => [onOrder(site, { kind: 'lose_request' })],
    expect: BEGUN,
  }),
  byPress({
    ...ORDER,
    accident:
      'the request is delivered twice at once: a person drops one and gives up, the other is withdrawn',
    faults: deliveredTwice,
    asks: [{ problem: 'OutcomeUnknown', says: 'abandon', after: deleteIt }],
    expect: BOTH_WITHDRAWN,
  }),
  byPress({
    ...ORDER,
    accident: 'the same, and both stand: a person gives up, and both are withdrawn',
    faults: deliveredTwice,
    asks: [{ problem: 'OutcomeUnknown', says: 'abandon' }],
    expect: BOTH_WITHDRAWN,
  }),
  build('it fails: the group goes, and the record with it', { kind: 'fail' }, STUCK_WITHDRAWN),
  build(
    'it takes too long: the group goes ten minutes before Press would begin',
    { kind: 'slow', factor: 8 },
    { ...LATE_WITHDRAWN, says: /withdrawn before Press began/ },
  ),
  byPress({
    step: 'order bench: queue',
    accident: 'Press cannot make a bench of the image',
    faults: ({ subdomain }) => [{ queue: { title: subdomain }, fault: { kind: 'fail' } }],
    expect: STUCK_WITHDRAWN,
  }),
  byPress({
    step: 'order bench: bench',
    accident: 'it cannot be set up',
    faults: ({ subdomain }) => [
      {
        job: { jobType: 'New Bench', title: subdomain },
        fault: { kind: 'fail_step', step: 'Deploy Bench' },
      },
    ],
    expect: {
      ...BROKEN,
      effects: [...WITHDRAWN.effects.slice(0, 3), 'bench.create', 'group.delete', 'bench.archive'],
      ledger: ['order bench sent', 'undo group sent', 'order stuck', 'undo bench sent'],
    },
  }),
  byPress({
    step: 'safety copy',
    accident: 'a person is asked and does not answer in time: the group goes all the same',
    faults: ({ site }) => [
      onJob(site, 'Backup Site', { kind: 'fail_step', step: 0 }, { times: 'always' }),
    ],
    asks: [
      {
        problem: 'StepFailed',
        says: 'roll_back',
        after: untilDropped,
      },
    ],
    expect: {
      ...BENCH_WITHDRAWN,
      effects: [
        ...BENCH_WITHDRAWN.effects.slice(0, 4),
        'backup.create',
        'backup.create',
        ...BENCH_WITHDRAWN.effects.slice(4),
      ],
      ledger: [
        'order bench sent',
        'backup sent',
        'attention: StepFailed',
        'undo group sent',
        'says: roll_back',
      ],
    },
  }),
  byPress({
    ...ORDER,
    accident: 'cancelled while the image is built: the group goes at once',
    acts: [{ do: 'cancel', when: did('build.create') }],
    expect: { ...LATE_WITHDRAWN, outcome: 'cancelled' },
  }),
  byPress({
    step: 'upgrade',
    accident: 'somebody deletes the group before Press begins',
    acts: [{ do: 'meddle', when: did('site.login'), deed: deleteIt }],
    expect: {
      ...BENCH_WITHDRAWN,
      effects: [
        ...BENCH_WITHDRAWN.effects.slice(0, 4),
        ...COPIED,
        ...BENCH_WITHDRAWN.effects.slice(4),
      ],
      ledger: BEGUN.ledger,
      says: /Press has not begun the upgrade/,
    },
  }),
  byPress({
    step: 'upgrade',
    accident: 'the migration fails and Press recovers: bench and group go',
    faults: ({ site }) => [failsAt(site, THERE, 'Migrate Site')],
    expect: {
      ...BENCH_WITHDRAWN,
      effects: [...BEGUN.effects, 'bench.archive', 'group.delete'],
      ledger: [...BEGUN.ledger, 'undo group sent'],
    },
  }),
];
