import type { FaultRule } from '../../../simulators/press/index.js';
import { makeSite, untilCalled } from '../../integration/provision/support.js';
import type { Names, Scene } from '../row.js';
import { NOTHING, type ProvisionRow, runs } from './common.js';
import { BENCHED, ROLL_BACK } from './order.js';

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
