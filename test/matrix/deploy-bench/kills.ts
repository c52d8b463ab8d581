import { fileURLToPath } from 'node:url';
import { onJob } from '../../integration/provision/support.js';
import { AFTER, BEFORE, killed } from '../killed.js';
import type { Moment } from '../row.js';
import { COPIED } from '../upgrade/common.js';
import {
  builds,
  callsAbout,
  DEPLOY,
  type DeployRow,
  DONE,
  groupOf,
  onStop,
  UP,
  withGroup,
} from './common.js';

/** What the killed workers read. */
export const KILLED_POLICY = fileURLToPath(new URL('policy.yaml', import.meta.url));

const begun: Moment = (scene) =>
  scene.harness.simulator.estate().pipelines.some((row) => row.group === groupOf(scene));

const updates: Moment = ({ harness, site }) =>
  harness.simulator.estate().updates.some((row) => row.site === site);

/** The worker dies while a call is on its way, and while something is waited for. */
export const killRows: readonly DeployRow[] = [
  killed({
    step: 'deploy',
    accident: 'before Press has the call: sent again after five minutes',
    ...DEPLOY.wrong(BEFORE),
    when: callsAbout('press.api.bench.deploy_and_update'),
    expect: DONE,
  }),
  killed({
    step: 'deploy',
    accident: 'after Press has begun: found',
    ...DEPLOY.wrong(AFTER),
    when: begun,
    expect: { ...DONE, ledger: ['deploy adopted'] },
  }),
  killed({
    step: 'deploy: image',
    accident: 'while it is built',
    before: withGroup(),
    when: builds,
    expect: DONE,
  }),
  killed({
    step: 'update sites',
    accident: 'while one is updated',
    before: withGroup({ sites: 1 }),
    input: ({ site }) => ({ sites: [site] }),
    faults: ({ site }) => [onJob(site, 'Update Site Migrate', { kind: 'slow', factor: 10 })],
    when: updates,
    expect: {
      ...DONE,
      effects: [...UP, ...COPIED, 'update.create'],
      left: `${DONE.left}; 1 × site on a new bench, Active`,
    },
  }),
  killed({
    step: 'undo of the deploy',
    accident: 'after Press has stopped the pipeline: found',
    before: withGroup(),
    acts: [onStop(AFTER), { do: 'cancel', when: builds }],
    when: callsAbout('Release Pipeline.force_fail'),
    expect: {
      outcome: 'cancelled',
      effects: ['pipeline.create', 'build.create'],
      left: 'the old bench, Active',
      ledger: ['deploy sent', 'undo deploy adopted'],
    },
  }),
];
