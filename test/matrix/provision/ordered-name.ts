import type { FaultRule } from '../../../simulators/press/index.js';
import { makeSite, untilCalled } from '../../integration/provision/support.js';
import type { Moment, Names, Scene } from '../row.js';
import { NOTHING, type ProvisionRow, runs } from './common.js';
import { BENCHED, ORDER_UNDONE, ROLL_BACK } from './order.js';

const NAME = { ...ROLL_BACK, step: 'create: the name' } as const;

/** The callback that would make the site meets somebody else's, and is repeated. */
const slowBench = ({ subdomain }: Names): readonly FaultRule[] => [
  { job: { jobType: 'New Bench', subdomain }, fault: { kind: 'slow', factor: 10 } },
];
const takenBy = (account: 'main' | 'other') =>
  ({
    do: 'meddle',
    when: runs('New Bench'),
    deed: ({ harness, subdomain }: Scene) => makeSite(harness, account, subdomain),
  }) as const;
const archivedBy =
  (account: 'main' | 'other') =>
  async ({ harness, site }: Scene): Promise<void> => {
    const args = { force: true, create_offsite_backup: false };
    const body = { dt: 'Site', dn: site, method: 'archive', args };
    await harness.press(account, 'press.api.client.run_doc_method', body);
  };

/** The undo has seen that the order stands still. */
const isSeenStuck: Moment = async ({ harness }, { operationId }) => {
  const events = await harness.ledger.events(operationId);
  return events.some(({ type }) => type === 'order.stuck');
};

/** The build takes half an hour; nothing keeps the name meanwhile. */
export const orderedNameRows: readonly ProvisionRow[] = [
  {
    ...NAME,
    accident: 'taken by another team during the build: theirs stays, ours goes after the sweep',
    faults: slowBench,
    acts: [takenBy('other')],
    expect: {
      outcome: 'rolled_back',
      effects: [...BENCHED, 'site.create', 'group.delete', 'bench.archive'],
      left: 'the site of another team, Active',
      ledger: ['create sent', 'order stuck', 'undo group sent', 'undo bench sent'],
    },
  },
  {
    ...NAME,
    accident: 'taken by another tool of this team during the build: that site stays',
    faults: slowBench,
    acts: [takenBy('main')],
    expect: {
      outcome: 'rolled_back',
      effects: [...BENCHED, 'site.create', 'group.delete', 'bench.archive'],
      left: 'the site, Active',
      ledger: ['create sent', 'order stuck', 'undo group sent', 'undo bench sent'],
    },
  },
  {
    ...NAME,
    accident: 'taken, and free again while it goes back: the order makes the site, which goes too',
    faults: slowBench,
    acts: [takenBy('other'), { do: 'meddle', when: isSeenStuck, deed: archivedBy('other') }],
    expect: {
      ...ORDER_UNDONE,
      effects: [
        ...BENCHED,
        'site.create',
        'site.archive',
        ...ORDER_UNDONE.effects.slice(BENCHED.length + 2),
      ],
      ledger: ['create sent', 'order stuck', 'undo create sent', 'undo group sent'],
    },
  },
  {
    ...NAME,
    accident: 'another provision of it builds: refused in preflight',
    before: async (scene) => {
      const { harness, subdomain } = scene;
      harness.simulator.addFault({ build: { subdomain }, fault: { kind: 'hang' } });
      await harness.client.provision(harness.input({ subdomain, ...ROLL_BACK.input() }));
      await untilCalled(harness, 'press.api.site.new', subdomain);
    },
    expect: { outcome: 'refused', ...NOTHING, left: 'its bench group' },
  },
];
