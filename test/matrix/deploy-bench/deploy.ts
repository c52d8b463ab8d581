import type { BuildFault, CallFault, JobFault } from '../../../simulators/press/index.js';
import { OWN_APP } from '../../integration/deploy-bench/support.js';
import { type Call, lostRows, NO, refusedRow } from '../sending.js';
import {
  builds,
  DEPLOY,
  type DeployRow,
  DONE,
  ON_BUILD,
  ON_PIPELINE,
  onBranch,
  onDeploy,
  onRedo,
  onStop,
  setsUp,
  UP,
  withGroup,
} from './common.js';

/** Nothing is left of it. */
const BACK = {
  outcome: 'rolled_back',
  effects: ['pipeline.create', 'build.create'],
  left: 'the old bench, Active',
  ledger: ['deploy sent'],
} as const;
/** The bench that came up went again. */
const DROPPED = {
  outcome: 'rolled_back',
  effects: [...UP, 'bench.archive'],
  left: 'the old bench, Active',
  ledger: ['deploy sent', 'attention: StepFailed', 'says: roll_back', 'undo bench sent'],
} as const;

const HERE = { path: ON_PIPELINE, step: 'deploy', before: withGroup() } as const;
const NEXT = () => ({ branches: { [OWN_APP]: 'next' } });

const onTitle = (subdomain: string) => ({ title: subdomain });
/** An image that is still built when a busy machine gets round to cancelling it. */
const builtSlowly: DeployRow['faults'] = ({ subdomain }) => [
  { build: onTitle(subdomain), fault: { kind: 'slow', factor: 20 } },
];

const built = (
  accident: string,
  fault: BuildFault,
  expect: DeployRow['expect'],
  times: number | 'always' = 'always',
): DeployRow => ({
  ...HERE,
  step: 'deploy: image',
  accident,
  faults: ({ subdomain }) => [{ build: onTitle(subdomain), fault, times }],
  expect,
});

const bench = (accident: string, fault: JobFault, rest: Partial<DeployRow>): DeployRow => ({
  ...HERE,
  step: 'deploy: bench',
  accident,
  faults: ({ subdomain }) => [{ job: { jobType: 'New Bench', title: subdomain }, fault }],
  expect: DONE,
  ...rest,
});

const BRANCH: Call = {
  step: `branch ${OWN_APP}`,
  wrong: (fault) => ({ before: withGroup({ more: onBranch(fault, 'next') }) }),
  done: {
    ...DONE,
    effects: ['group.change_branch', ...UP],
    left: `${DONE.left}; the app on the other branch`,
    ledger: [`branch ${OWN_APP} sent`, 'deploy sent'],
  },
};

/** Switching branches before. */
const branchRows: readonly DeployRow[] = [
  {
    path: ON_PIPELINE,
    step: 'branch',
    accident: 'the branch is for another version: Press refuses',
    before: withGroup({
      more: ({ harness, subdomain }) =>
        harness.simulator.setBranches(`acme/${subdomain}`, { next: ['Version 16'] }),
    }),
    input: NEXT,
    expect: {
      outcome: 'refused',
      effects: [],
      left: 'the old bench, Active',
      ledger: ['branch shop_app refused'],
      says: /no longer compatible/,
    },
  },
  ...lostRows(BRANCH).map((row) => ({ ...row, path: ON_PIPELINE, step: 'branch', input: NEXT })),
  {
    path: ON_PIPELINE,
    step: 'branch',
    accident: 'the image cannot be built: the app is taken from its branch as before',
    before: withGroup(),
    input: NEXT,
    faults: ({ subdomain }) => [{ build: onTitle(subdomain), fault: { kind: 'fail' } }],
    expect: {
      ...BACK,
      effects: ['group.change_branch', ...BACK.effects, 'group.change_branch'],
      ledger: ['branch shop_app sent', 'deploy sent', 'undo branch shop_app sent'],
    },
  },
  {
    path: ON_PIPELINE,
    step: 'undo of a branch',
    accident: 'the answer is lost',
    before: withGroup({ more: onBranch({ kind: 'lose_answer' }, 'main') }),
    input: NEXT,
    faults: ({ subdomain }) => [{ build: onTitle(subdomain), fault: { kind: 'fail' } }],
    expect: {
      ...BACK,
      effects: ['group.change_branch', ...BACK.effects, 'group.change_branch'],
      ledger: ['branch shop_app sent', 'deploy sent', 'undo branch shop_app adopted'],
    },
  },
];

/** The call itself. */
const callRows: readonly DeployRow[] = [
  ...[...lostRows(DEPLOY), refusedRow(DEPLOY, { effects: [], left: 'the old bench, Active' })].map(
    (row) => ({ ...row, path: ON_PIPELINE }),
  ),
  {
    ...HERE,
    accident: 'it is delivered twice: the second pipeline fails by itself',
    before: withGroup({ more: onDeploy({ kind: 'duplicate' }) }),
    expect: { ...DONE, effects: ['pipeline.create', ...UP] },
  },
  {
    ...HERE,
    accident: 'Press stops in mid-request, after the pipeline is made',
    before: withGroup({
      more: onDeploy({ kind: 'exception', excType: 'KeyError', effect: true }),
    }),
    expect: { ...DONE, ledger: ['deploy adopted'] },
  },
];

/** What a pipeline does before its image. */
const checkRows: readonly DeployRow[] = [
  {
    ...HERE,
    step: 'deploy: checks',
    accident: 'a check fails, and only a notification says why',
    faults: ({ subdomain }) => [
      {
        pipeline: onTitle(subdomain),
        fault: { kind: 'fail_checks', message: 'shop_app does not import' },
      },
    ],
    expect: { ...BACK, effects: ['pipeline.create'], says: /shop_app does not import/ },
  },
  {
    ...HERE,
    step: 'deploy: checks',
    accident: 'the pipeline begins ten minutes later',
    faults: ({ subdomain }) => [{ pipeline: onTitle(subdomain), fault: { kind: 'late' } }],
    expect: DONE,
  },
  {
    ...HERE,
    step: 'deploy: checks',
    accident: 'the pipeline never begins: it is stopped, so that it does not begin later',
    before: withGroup({ sites: 1 }),
    faults: ({ subdomain }) => [
      { pipeline: onTitle(subdomain), fault: { kind: 'late', seconds: 864_000 } },
    ],
    expect: {
      ...BACK,
      effects: ['pipeline.create'],
      left: `${BACK.left}; 1 × site on the old bench, Active`,
      ledger: ['deploy sent', 'undo deploy sent'],
      says: /does not begin/,
    },
  },
];

const imageRows: readonly DeployRow[] = [
  built(
    'it fails for good',
    { kind: 'fail', error: 'npm ERR! code ELIFECYCLE' },
    { ...BACK, says: /ELIFECYCLE/ },
  ),
  built('it fails, and the next try of Press succeeds', { kind: 'fail', retries: 1 }, DONE, 1),
  built('it fails four times', { kind: 'fail', retries: 3 }, BACK),
  built('it hangs until the sweep of Press', { kind: 'hang' }, BACK),
  {
    ...HERE,
    step: 'deploy: image',
    accident: 'cancelled while it is built: the pipeline is stopped',
    faults: builtSlowly,
    acts: [{ do: 'cancel', when: builds }],
    expect: { ...BACK, outcome: 'cancelled', ledger: ['deploy sent', 'undo deploy sent'] },
  },
];

const benchRows: readonly DeployRow[] = [
  {
    ...HERE,
    step: 'deploy: queue',
    accident: 'the image never becomes a bench: built once more',
    faults: ({ subdomain }) => [{ queue: onTitle(subdomain), fault: { kind: 'fail' } }],
    asks: [{ problem: 'StepFailed', says: 'retry' }],
    expect: {
      ...DONE,
      effects: ['pipeline.create', 'build.create', 'build.create', 'bench.create'],
      ledger: ['deploy sent', 'attention: StepFailed', 'says: retry', 'deploy again sent'],
    },
  },
  {
    ...HERE,
    step: 'deploy: queue',
    accident: 'the image never becomes a bench, and nobody wants it any more',
    faults: ({ subdomain }) => [{ queue: onTitle(subdomain), fault: { kind: 'fail' } }],
    asks: [{ problem: 'StepFailed', says: 'roll_back' }],
    expect: {
      ...BACK,
      ledger: ['deploy sent', 'attention: StepFailed', 'says: roll_back'],
      says: /could not make a bench/,
    },
  },
  ...(
    [
      ['the answer to building once more is lost', { kind: 'lose_answer' }, 'adopted'],
      ['the request to build once more is lost', { kind: 'lose_request' }, 'sent'],
    ] as readonly (readonly [string, CallFault, string])[]
  ).map(([accident, fault, how]): DeployRow => ({
    ...HERE,
    step: 'deploy again',
    accident,
    before: withGroup({ more: onRedo(fault) }),
    faults: ({ subdomain }) => [{ queue: onTitle(subdomain), fault: { kind: 'fail' } }],
    asks: [{ problem: 'StepFailed', says: 'retry' }],
    expect: {
      ...DONE,
      effects: ['pipeline.create', 'build.create', 'build.create', 'bench.create'],
      ledger: ['deploy sent', 'attention: StepFailed', 'says: retry', `deploy again ${how}`],
    },
  })),
  bench(
    'a step of it fails: its bench is archived',
    { kind: 'fail_step', step: 'Deploy Bench', output: 'no space left on device' },
    {
      asks: [{ problem: 'StepFailed', says: 'roll_back' }],
      expect: { ...DROPPED, says: /is Broken: [^]*no space left/ },
    },
  ),
  bench(
    'the agent of the server refuses',
    { kind: 'agent_refuses' },
    {
      asks: [{ problem: 'StepFailed', says: 'roll_back' }],
      expect: DROPPED,
    },
  ),
  bench(
    'the server is never reached',
    { kind: 'delivery_failure', afterSeconds: 60 },
    { asks: [{ problem: 'StepFailed', says: 'roll_back' }], expect: DROPPED },
  ),
  bench(
    'the registry does not answer: Press puts up another bench by itself',
    { kind: 'fail_step', step: 0, output: 'net/http: TLS handshake timeout' },
    { expect: { ...DONE, effects: [...UP, 'bench.archive', 'bench.create'] } },
  ),
  bench(
    'it fails, and a person leaves it so',
    { kind: 'fail_step', step: 'Deploy Bench' },
    {
      asks: [{ problem: 'StepFailed', says: 'abandon' }],
      expect: {
        outcome: 'abandoned',
        effects: UP,
        left: 'the old bench, Active; a new bench, Broken',
        ledger: ['deploy sent', 'attention: StepFailed', 'says: abandon'],
      },
    },
  ),
  bench(
    'cancelled while it is set up: it is waited for, then archived',
    // Long enough to be cancelled meanwhile on a busy machine: a pipeline at rest is not stopped.
    { kind: 'slow', factor: 20 },
    {
      acts: [{ do: 'cancel', when: setsUp }],
      expect: {
        ...DROPPED,
        outcome: 'cancelled',
        ledger: ['deploy sent', 'undo deploy sent', 'undo bench sent'],
      },
    },
  ),
];

const undoRows: readonly DeployRow[] = [
  {
    ...HERE,
    step: 'undo of the deploy',
    accident: 'Press refuses to stop the pipeline: told to try again',
    faults: builtSlowly,
    acts: [onStop(NO), { do: 'cancel', when: builds }],
    asks: [{ problem: 'UndoFailed', says: 'retry' }],
    expect: {
      ...BACK,
      outcome: 'cancelled',
      ledger: [
        'deploy sent',
        'undo deploy refused',
        'attention: UndoFailed',
        'says: retry',
        'undo deploy sent',
      ],
    },
  },
  {
    ...HERE,
    step: 'undo of the deploy',
    accident: 'the answer to stopping the pipeline is lost',
    faults: builtSlowly,
    acts: [onStop({ kind: 'lose_answer' }), { do: 'cancel', when: builds }],
    expect: { ...BACK, outcome: 'cancelled', ledger: ['deploy sent', 'undo deploy adopted'] },
  },
];

/** The same where a build is all there is (C 3.3). */
const oldWay = (
  { expect, ...row }: Pick<DeployRow, 'accident' | 'faults' | 'acts' | 'asks' | 'expect'>,
  found: Parameters<typeof withGroup>[0] = {},
): DeployRow => ({
  path: ON_BUILD,
  world: 'without pipelines',
  step: 'deploy',
  ...row,
  before: withGroup({
    more: async (scene, group) => {
      scene.harness.simulator.setPipelines(false);
      await found.more?.(scene, group);
    },
  }),
  expect: {
    ...expect,
    effects: expect.effects.filter((effect) => effect !== 'pipeline.create'),
  },
});

const oldWayRows: readonly DeployRow[] = [
  oldWay({ accident: 'nothing goes wrong', expect: DONE }),
  oldWay(
    { accident: 'the answer is lost', expect: { ...DONE, ledger: ['deploy adopted'] } },
    { more: onDeploy({ kind: 'lose_answer' }) },
  ),
  oldWay({
    accident: 'the image cannot be built',
    faults: ({ subdomain }) => [{ build: onTitle(subdomain), fault: { kind: 'fail' } }],
    expect: BACK,
  }),
  oldWay({
    accident: 'cancelled while it is built: it cannot be stopped, and its bench is archived',
    acts: [{ do: 'cancel', when: builds }],
    expect: { ...DROPPED, outcome: 'cancelled', ledger: ['deploy sent', 'undo bench sent'] },
  }),
  oldWay({
    accident: 'the image never becomes a bench, and nobody wants it any more',
    faults: ({ subdomain }) => [{ queue: onTitle(subdomain), fault: { kind: 'fail' } }],
    asks: [{ problem: 'StepFailed', says: 'roll_back' }],
    expect: { ...BACK, ledger: ['deploy sent', 'attention: StepFailed', 'says: roll_back'] },
  }),
];

/** From the branches to the bench. */
export const deployRows: readonly DeployRow[] = [
  ...branchRows,
  ...callRows,
  ...checkRows,
  ...imageRows,
  ...benchRows,
  ...undoRows,
  ...oldWayRows,
];
