import type { BuildFault, FaultRule, JobFault } from '../../../simulators/press/index.js';
import { failsAt, THERE } from '../../integration/upgrade/support.js';
import { did, runs, stepsOf } from '../provision/common.js';
import { lostRows, NO, refusedRow } from '../sending.js';
import {
  BROKEN,
  BUILD_FOUND,
  deployCall,
  DONE,
  DROPPED,
  onDrop,
  onGroup,
  NEW_GROUP,
  onNewGroup,
  ownBench,
  UNBUILT,
  UNTOUCHED,
} from './new-bench-rows.js';
import { onUpgrade, type UpgradeRow } from './rows.js';

const GROUP = { step: 'new group' } as const;
const BUILD = { step: 'build bench: image' } as const;
const BENCH = { step: 'build bench: bench' } as const;

const addCall = (name: string) => ({ method: 'press.api.bench.add_apps', body: { name } });

const build = (
  accident: string,
  fault: BuildFault,
  expect: UpgradeRow['expect'],
  times: FaultRule['times'] = 'always',
): UpgradeRow =>
  ownBench({
    ...BUILD,
    accident,
    faults: ({ subdomain }) => [{ build: { title: subdomain }, fault, times }],
    expect,
  });

const bench = (
  accident: string,
  fault: JobFault,
  expect: UpgradeRow['expect'] = BROKEN,
): UpgradeRow =>
  ownBench({
    ...BENCH,
    accident: `job New Bench: ${accident}`,
    faults: ({ subdomain }) => [{ job: { jobType: 'New Bench', title: subdomain }, fault }],
    expect,
  });

/** A bench that we build, step by step. */
export const newBenchRows: readonly UpgradeRow[] = [
  ownBench({ ...GROUP, accident: 'none', expect: DONE }),
  ownBench({
    step: 'preflight',
    accident: 'a group of ours bears the title',
    async before({ harness, subdomain }) {
      const bench = {
        title: subdomain,
        apps: [{ name: 'frappe', source: 'SRC-frappe-16' }],
        version: 'Version 16',
        cluster: 'Mumbai',
        saas_app: null,
        server: null,
      };
      await harness.press('main', 'press.api.bench.new', { bench });
    },
    expect: {
      ...UNTOUCHED,
      outcome: 'refused',
      left: `${UNTOUCHED.left}, a group for it`,
      says: /titled ".+" already/,
    },
  }),
  ownBench(refusedRow(NEW_GROUP, UNTOUCHED)),
  ...lostRows(NEW_GROUP).map(ownBench),
  ownBench({
    ...GROUP,
    accident: 'the request is delivered twice at once: two groups, a person looks',
    faults: ({ subdomain }) => [onNewGroup(subdomain, { kind: 'duplicate' })],
    asks: [{ problem: 'OutcomeUnknown', says: 'abandon' }],
    expect: {
      outcome: 'abandoned',
      effects: ['group.create', 'group.create'],
      left: `${UNTOUCHED.left}, a group for it, a group for it`,
      ledger: ['attention: OutcomeUnknown', 'says: abandon'],
      says: /two groups are titled/,
    },
  }),
  ownBench({
    step: 'add apps',
    accident: 'the answer is lost',
    acts: [onGroup(addCall, { kind: 'lose_answer' })],
    expect: {
      ...DONE,
      ledger: ['new group sent', 'add apps adopted', ...DONE.ledger.slice(2)],
    },
  }),
  ownBench({
    step: 'build bench',
    accident: 'the answer is lost',
    acts: [onGroup(deployCall, { kind: 'lose_answer' })],
    expect: BUILD_FOUND,
  }),
  ownBench({
    step: 'build bench',
    accident: 'the request is lost: sent again after five minutes',
    acts: [onGroup(deployCall, { kind: 'lose_request' })],
    expect: DONE,
  }),
  ownBench({
    step: 'build bench',
    accident: '417 after Press has committed the build',
    acts: [
      onGroup(deployCall, {
        kind: 'exception',
        excType: 'ValidationError',
        status: 417,
        effect: true,
      }),
    ],
    expect: BUILD_FOUND,
  }),
  ownBench({
    step: 'build bench',
    accident: 'Press refuses: the group goes',
    acts: [onGroup(deployCall, NO)],
    expect: {
      outcome: 'rolled_back',
      effects: ['group.create', 'group.add_app', 'group.delete'],
      left: UNTOUCHED.left,
      ledger: ['new group sent', 'add apps sent', 'build bench refused', 'undo group sent'],
      says: /not today/,
    },
  }),
  build(
    'it fails: the group goes',
    { kind: 'fail', error: 'erpnext: npm ERR! code ELIFECYCLE' },
    { ...UNBUILT, says: /ELIFECYCLE/ },
  ),
  build(
    'it fails three times and Press repeats it: done',
    { kind: 'fail', retries: 3 },
    { ...DONE, effects: DONE.effects },
    3,
  ),
  ownBench({
    step: 'build bench: queue',
    accident: 'Press cannot make a bench of the image',
    faults: ({ subdomain }) => [{ queue: { title: subdomain }, fault: { kind: 'fail' } }],
    expect: { ...UNBUILT, says: /could not make a bench/ },
  }),
  ...stepsOf('New Bench').map((step) => bench(`step "${step}" fails`, { kind: 'fail_step', step })),
  bench('the agent of the server refuses', { kind: 'agent_refuses' }),
  bench('the server is never reached', { kind: 'delivery_failure', afterSeconds: 60 }),
  bench(
    'the registry does not answer: Press puts up another bench by itself',
    { kind: 'fail_step', step: 0, output: 'net/http: TLS handshake timeout' },
    {
      ...DONE,
      effects: [
        ...DONE.effects.slice(0, 4),
        'bench.archive',
        'bench.create',
        ...DONE.effects.slice(4),
      ],
    },
  ),
  ownBench({
    ...BUILD,
    accident: 'cancelled meanwhile: it is waited for; then bench and group go',
    acts: [{ do: 'cancel', when: did('build.create') }],
    expect: { ...DROPPED, outcome: 'cancelled' },
  }),
  ownBench({
    ...BENCH,
    accident: 'cancelled while it is set up: it is waited for; then bench and group go',
    faults: ({ subdomain }) => [
      { job: { jobType: 'New Bench', title: subdomain }, fault: { kind: 'slow', factor: 10 } },
    ],
    acts: [{ do: 'cancel', when: runs('New Bench') }],
    expect: { ...DROPPED, outcome: 'cancelled' },
  }),
  ownBench({
    step: 'undo',
    accident: 'the group cannot be dropped: a person has it tried again',
    faults: ({ subdomain }) => [
      { build: { title: subdomain }, fault: { kind: 'fail' }, times: 'always' },
    ],
    acts: [onDrop(NO)],
    asks: [{ problem: 'UndoFailed', says: 'retry' }],
    expect: {
      ...UNBUILT,
      ledger: [
        ...UNBUILT.ledger.slice(0, 3),
        'order stuck',
        'undo group refused',
        'attention: UndoFailed',
        'says: retry',
        'undo group sent',
      ],
    },
  }),
  ownBench({
    step: 'upgrade',
    accident: 'Press refuses: bench and group go',
    faults: ({ site }) => [onUpgrade(site, NO)],
    expect: {
      ...DROPPED,
      effects: [...DONE.effects.slice(0, 6), 'bench.archive', 'group.delete'],
      ledger: [...DONE.ledger.slice(0, 4), 'upgrade refused', 'undo group sent'],
    },
  }),
  ownBench({
    step: 'upgrade',
    accident: 'the migration fails and Press recovers: bench and group go',
    faults: ({ site }) => [failsAt(site, THERE, 'Migrate Site')],
    expect: {
      ...DROPPED,
      effects: [...DONE.effects, 'bench.archive', 'group.delete'],
      ledger: [...DONE.ledger, 'undo group sent'],
    },
  }),
];
