import { fileURLToPath } from 'node:url';
import { COPIED } from '../upgrade/common.js';
import type { Moment } from '../row.js';
import {
  builds,
  callsAbout,
  type DeployRow,
  groupOf,
  onDeploy,
  onStop,
  withGroup,
} from './common.js';

/** What the killed workers read. */
export const KILLED_POLICY = fileURLToPath(new URL('policy.yaml', import.meta.url));

const UP = ['pipeline.create', 'build.create', 'bench.create'] as const;
const DONE = {
  outcome: 'succeeded',
  effects: UP,
  left: 'the old bench, Active; a new bench, Active',
  ledger: ['deploy sent'],
} as const;

const killed = (
  step: string,
  accident: string,
  when: Moment,
  rest: Partial<DeployRow> = {},
): DeployRow => ({
  path: 'When the worker is killed',
  world: 'a worker that is killed',
  step,
  accident,
  before: withGroup(),
  expect: DONE,
  ...rest,
  acts: [...(rest.acts ?? []), { do: 'kill', when }],
});

const begun: Moment = (scene) =>
  scene.harness.simulator.estate().pipelines.some((row) => row.group === groupOf(scene));

const updates: Moment = ({ harness, site }) =>
  harness.simulator.estate().updates.some((row) => row.site === site);

/** The worker dies while a call is on its way, and while something is waited for. */
export const killRows: readonly DeployRow[] = [
  killed(
    'deploy',
    'before Press has the call: sent again after five minutes',
    callsAbout('press.api.bench.deploy_and_update'),
    { before: withGroup({ more: onDeploy({ kind: 'hang', effect: false }) }) },
  ),
  killed('deploy', 'after Press has begun: found', begun, {
    before: withGroup({ more: onDeploy({ kind: 'hang' }) }),
    expect: { ...DONE, ledger: ['deploy adopted'] },
  }),
  killed('deploy: image', 'while it is built', builds),
  killed('update sites', 'while one is updated', updates, {
    before: withGroup({ sites: 1 }),
    input: ({ site }) => ({ sites: [site] }),
    faults: ({ site }) => [
      { job: { site, jobType: 'Update Site Migrate' }, fault: { kind: 'slow', factor: 10 } },
    ],
    expect: {
      ...DONE,
      effects: [...UP, ...COPIED, 'update.create'],
      left: `${DONE.left}; 1 × site on a new bench, Active`,
    },
  }),
  killed(
    'undo of the deploy',
    'after Press has stopped the pipeline: found',
    callsAbout('Release Pipeline.force_fail'),
    {
      acts: [onStop({ kind: 'hang' }), { do: 'cancel', when: builds }],
      expect: {
        outcome: 'cancelled',
        effects: ['pipeline.create', 'build.create'],
        left: 'the old bench, Active',
        ledger: ['deploy sent', 'undo deploy adopted'],
      },
    },
  ),
];
