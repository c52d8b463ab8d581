import type { BuildFault, FaultRule, JobFault } from '../../../simulators/press/index.js';
import { follows, type ProvisionRow, runs, stepsOf } from './common.js';
import { BENCHED, BUILD_UNDONE, ORDER_UNDONE, ORDERED_SITE, ROLL_BACK } from './order.js';

const BUILD = { ...ROLL_BACK, step: 'create: build' } as const;
const BENCH = { ...ROLL_BACK, step: 'create: bench' } as const;

/** A bench that is Broken: dropping the group leaves it, so it goes by itself. */
const BENCH_UNDONE = {
  outcome: 'rolled_back',
  effects: [...BENCHED, 'group.delete', 'bench.archive'],
  left: 'nothing',
  ledger: ['create sent', 'undo group sent', 'undo bench sent'],
} as const;

const build = (
  accident: string,
  fault: BuildFault,
  expect: ProvisionRow['expect'],
  times: FaultRule['times'] = 'always',
): ProvisionRow => ({
  ...BUILD,
  accident,
  faults: ({ subdomain }) => [{ build: { subdomain }, fault, times }],
  expect,
});

const bench = (
  accident: string,
  fault: JobFault,
  expect: ProvisionRow['expect'] = BENCH_UNDONE,
): ProvisionRow => ({
  ...BENCH,
  accident: `job New Bench: ${accident}`,
  faults: ({ subdomain }) => [{ job: { jobType: 'New Bench', subdomain }, fault }],
  expect,
});

const stuck = (expect: ProvisionRow['expect']): ProvisionRow['expect'] => ({
  ...expect,
  ledger: ['create sent', 'order stuck', ...expect.ledger.slice(1)],
});

/** From the image to the bench. */
export const benchRows: readonly ProvisionRow[] = [
  build(
    'it fails for good',
    { kind: 'fail', error: 'npm ERR! code ELIFECYCLE' },
    { ...BUILD_UNDONE, says: /ELIFECYCLE/ },
  ),
  build('it fails, and the next try succeeds', { kind: 'fail', retries: 1 }, ORDERED_SITE, 1),
  build('it fails four times', { kind: 'fail', retries: 3 }, BUILD_UNDONE),
  build(
    'it fails and the order is never told',
    { kind: 'fail', unnoticed: true },
    stuck(BUILD_UNDONE),
  ),
  build('it hangs until the sweep of Press', { kind: 'hang' }, BUILD_UNDONE),
  {
    ...BUILD,
    accident: 'cancelled, and then it fails',
    faults: ({ subdomain }) => [{ build: { subdomain }, fault: { kind: 'fail' } }],
    acts: [{ do: 'cancel', when: follows('create') }],
    expect: { ...BUILD_UNDONE, outcome: 'cancelled' },
  },
  {
    ...ROLL_BACK,
    step: 'create: queue',
    accident: 'the image never becomes a bench, and the order is never told',
    faults: ({ subdomain }) => [{ queue: { subdomain }, fault: { kind: 'fail' } }],
    expect: stuck(BUILD_UNDONE),
  },
  ...stepsOf('New Bench').map((step) => bench(`step "${step}" fails`, { kind: 'fail_step', step })),
  bench('the agent of the server refuses', { kind: 'agent_refuses' }),
  bench(
    'the server is never reached, and the order is never told',
    { kind: 'delivery_failure', afterSeconds: 60 },
    { ...stuck(BENCH_UNDONE) },
  ),
  bench('it hangs until the sweep of Press', { kind: 'hang' }),
  bench(
    'the registry does not answer: Press puts up another bench by itself',
    { kind: 'fail_step', step: 0, output: 'net/http: TLS handshake timeout' },
    {
      ...ORDERED_SITE,
      effects: [...BENCHED, 'bench.archive', 'bench.create', 'site.create'],
    },
  ),
  {
    ...BENCH,
    accident: 'cancelled while it is set up: it is waited for; then site, bench and group go',
    faults: ({ subdomain }) => [
      { job: { jobType: 'New Bench', subdomain }, fault: { kind: 'slow', factor: 10 } },
    ],
    acts: [{ do: 'cancel', when: runs('New Bench') }],
    expect: { ...ORDER_UNDONE, outcome: 'cancelled' },
  },
];
