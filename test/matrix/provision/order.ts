import type {
  BuildFault,
  CallFault,
  FaultRule,
  JobFault,
} from '../../../simulators/press/index.js';
import { makeSite, onCreate } from '../../integration/provision/support.js';
import type { Act } from '../row.js';
import {
  called,
  did,
  follows,
  NOTHING,
  PRIVATE,
  type ProvisionRow,
  runs,
  stepsOf,
} from './common.js';

const ROLL_BACK = { path: PRIVATE, world: 'roll back', input: () => ({ plan: 'USD 200 Private' }) };
const ORDER = { ...ROLL_BACK, step: 'create: order' } as const;
const BUILD = { ...ROLL_BACK, step: 'create: build' } as const;
const BENCH = { ...ROLL_BACK, step: 'create: bench' } as const;
const NEW = 'press.api.site.new';

const ORDERED = ['group.create', 'sgd.create', 'build.create'] as const;
const BENCHED = [...ORDERED, 'bench.create'] as const;

/** As asked: order, build, bench, site. */
export const ORDERED_SITE = {
  outcome: 'succeeded',
  effects: [...BENCHED, 'site.create'],
  left: 'the site, Active; its bench group; its bench, Active',
  ledger: ['create sent'],
} as const;

/** A site that failed on a bench that stands: all three go. */
export const ORDER_UNDONE = {
  outcome: 'rolled_back',
  effects: [...BENCHED, 'site.create', 'site.archive', 'bench.archive', 'group.delete'],
  left: 'nothing',
  ledger: ['create sent', 'undo create sent', 'undo group sent'],
} as const;

/** An image that was never built: the group goes. */
export const BUILD_UNDONE = {
  outcome: 'rolled_back',
  effects: [...ORDERED, 'group.delete'],
  left: 'nothing',
  ledger: ['create sent', 'undo group sent'],
} as const;

/** A bench that is Broken: dropping the group leaves it, so it goes by itself. */
const BENCH_UNDONE = {
  outcome: 'rolled_back',
  effects: [...BENCHED, 'group.delete', 'bench.archive'],
  left: 'nothing',
  ledger: ['create sent', 'undo group sent', 'undo bench sent'],
} as const;

/** Lets the call that drops the bench group go wrong; the group is known once it is made. */
export const onDrop = (fault: CallFault, times = 1): Act => ({
  do: 'meddle',
  when: did('group.create'),
  deed({ harness: { simulator }, subdomain }) {
    const name = simulator.estate().groups.find(({ title }) => title === subdomain)?.name ?? '';
    const call = { method: 'press.api.client.delete', body: { doctype: 'Release Group', name } };
    simulator.addFault({ call, fault, times });
  },
});

const adopted = (accident: string, fault: CallFault): ProvisionRow => ({
  ...ORDER,
  accident,
  faults: ({ subdomain }) => [onCreate(subdomain, fault)],
  expect: { ...ORDERED_SITE, ledger: ['create adopted'] },
});

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

/** From the order to the bench. */
export const orderRows: readonly ProvisionRow[] = [
  { ...ORDER, accident: 'none', expect: ORDERED_SITE },
  {
    ...ORDER,
    accident: 'the title is taken by a group of another team',
    before: async ({ harness, subdomain }) => {
      const bench = {
        title: subdomain,
        apps: [{ name: 'frappe', source: 'SRC-frappe-15' }],
        version: 'Version 15',
        cluster: 'Mumbai',
        saas_app: '',
        server: null,
      };
      await harness.press('other', 'press.api.bench.new', { bench });
    },
    expect: {
      outcome: 'refused',
      effects: [],
      left: 'its bench group',
      ledger: ['create refused'],
      says: /already exists/,
    },
  },
  {
    ...ORDER,
    accident: 'the name is taken by another team before preflight',
    before: ({ harness, subdomain }) => makeSite(harness, 'other', subdomain),
    expect: {
      outcome: 'refused',
      ...NOTHING,
      left: 'the site of another team, Active',
      says: /taken by another team/,
    },
  },
  adopted('the answer is lost', { kind: 'lose_answer' }),
  adopted('Press begins 200 s after we hung up: one order only', {
    kind: 'late',
    seconds: 200,
    after: 'disconnect',
  }),
  adopted('500 after Press has committed the order', {
    kind: 'exception',
    excType: 'KeyError',
    effect: true,
  }),
  adopted('417 after Press has committed the order', {
    kind: 'exception',
    excType: 'ValidationError',
    status: 417,
    effect: true,
  }),
  adopted('an answer of another shape', { kind: 'wrong_shape' }),
  {
    ...ORDER,
    accident: 'the request is lost: sent again after five minutes',
    faults: ({ subdomain }) => [onCreate(subdomain, { kind: 'lose_request' })],
    expect: ORDERED_SITE,
  },
  {
    ...ORDER,
    accident: 'the request is delivered twice at once: two orders, a person looks',
    faults: ({ subdomain }) => [
      onCreate(subdomain, { kind: 'duplicate' }),
      { build: { subdomain }, fault: { kind: 'hang' }, times: 'always' },
    ],
    asks: [{ problem: 'OutcomeUnknown', says: 'abandon' }],
    expect: {
      outcome: 'abandoned',
      effects: [...ORDERED, ...ORDERED],
      left: 'its bench group; its bench group',
      ledger: ['attention: OutcomeUnknown', 'says: abandon'],
      says: /two orders of/,
    },
  },
  {
    ...ORDER,
    accident: 'cancelled while it is looked for and never arrived',
    faults: ({ subdomain }) => [onCreate(subdomain, { kind: 'lose_request' })],
    acts: [{ do: 'cancel', when: called(NEW) }],
    expect: { outcome: 'cancelled', ...NOTHING },
  },
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
    accident: 'cancelled: it cannot be stopped, so it is waited for; then site, bench and group go',
    acts: [{ do: 'cancel', when: follows('create') }],
    expect: { ...ORDER_UNDONE, outcome: 'cancelled' },
  },
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
