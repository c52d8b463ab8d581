import type { JobFault } from '../../../simulators/press/index.js';
import type { Asked, Ending, UnplacedRow } from '../row.js';
import {
  ADD_DOMAIN,
  type Case,
  CHANGE_PLAN,
  CLEAR_CACHE,
  DELETE_CONFIG,
  INSTALL_APP,
  REMOVE_DOMAIN,
  RETRY_DOMAIN,
  SET_HOST_NAME,
  SET_REDIRECT,
  UNSET_REDIRECT,
  UPDATE_CONFIG,
} from './calls.js';
import { type AdjustmentRow, jobFails, makeSiteOf, withDomain } from './common.js';
import { rowOf } from './sending.js';

const CONFIG = 'Update Site Configuration';
const SETUP = 'Setup Redirects on Hosts';
const REMOVE = 'Remove Redirects on Hosts';

interface Failure {
  readonly of: Case;
  /** The job that fails. */
  readonly job: string;
  readonly accident: string;
  /** What putting it back does, and as which step. */
  readonly back?: { readonly effects: readonly string[]; readonly steps: readonly string[] };
  readonly says?: RegExp;
}

const rolledBack = ({ of, back }: Failure): Ending => ({
  outcome: 'rolled_back',
  effects: [...of.done.effects, ...(back?.effects ?? [])],
  left: of.untouched.left,
  ledger: [...of.done.ledger, ...(back?.steps ?? []).map((step) => `${step} sent`)],
});

const FAILURES: readonly Failure[] = [
  {
    of: CLEAR_CACHE,
    job: 'Clear Cache',
    accident: 'its job fails: there is nothing to put back',
    says: /clear cache failed/,
  },
  {
    of: UPDATE_CONFIG,
    job: CONFIG,
    accident: 'its job fails: the old value is set again',
    back: { effects: ['config.update'], steps: ['back: set config'] },
    says: /set config failed in "Update Site Configuration"/,
  },
  {
    of: DELETE_CONFIG,
    job: CONFIG,
    accident: 'its job fails: the value is set again',
    back: { effects: ['config.update'], steps: ['back: set config'] },
  },
  {
    of: INSTALL_APP,
    job: 'Install App on Site',
    accident: 'its job fails: what Press would go on billing is ended',
    back: { effects: ['app.uninstall'], steps: ['back: end app subscription'] },
    says: /install app failed/,
  },
  {
    of: ADD_DOMAIN,
    job: 'Add Host to Proxy',
    accident: 'its job fails: the domain is removed',
    back: { effects: ['domain.remove'], steps: ['back: remove domain'] },
    says: /is Broken/,
  },
  {
    of: RETRY_DOMAIN,
    job: 'Add Host to Proxy',
    accident: 'its job fails: it is Broken as before',
  },
  {
    of: REMOVE_DOMAIN,
    job: 'Remove Host from Proxy',
    accident: 'the job on the proxy fails: the domain is added again',
    back: { effects: ['domain.add'], steps: ['back: add domain'] },
  },
  {
    of: REMOVE_DOMAIN,
    job: 'Remove Domain',
    accident: 'the job on the server fails: the domain is added again',
    back: { effects: ['domain.add'], steps: ['back: add domain'] },
  },
  {
    of: SET_HOST_NAME,
    job: CONFIG,
    accident: 'the job on the server fails: as it was, its redirect too',
    back: {
      effects: ['domain.primary', 'domain.redirect'],
      steps: ['back: set host name', 'back: set redirect'],
    },
  },
  {
    of: SET_HOST_NAME,
    job: SETUP,
    accident: 'the job on the proxy fails: as it was, its redirect too',
    back: {
      effects: ['domain.primary', 'domain.redirect'],
      steps: ['back: set host name', 'back: set redirect'],
    },
  },
  {
    of: SET_REDIRECT,
    job: SETUP,
    accident: 'its job fails: it serves the site again',
    back: { effects: ['domain.unredirect'], steps: ['back: unset redirect'] },
  },
  {
    of: UNSET_REDIRECT,
    job: REMOVE,
    accident: 'its job fails: it redirects again',
    back: { effects: ['domain.redirect'], steps: ['back: set redirect'] },
  },
  {
    of: CHANGE_PLAN,
    job: CONFIG,
    accident: 'the limits do not get to the server: the old plan again',
    back: { effects: ['site.plan'], steps: ['back: change plan'] },
  },
];

const failureRows = FAILURES.map((failure) => {
  const { of, job, accident, says } = failure;
  return rowOf(of, {
    step: of.step,
    accident,
    faults: jobFails(job),
    expect: { ...rolledBack(failure), ...(says && { says }) },
  });
});

/** The server is never reached: Press keeps the change all the same. */
const NEVER: JobFault = { kind: 'delivery_failure', afterSeconds: 60 };

const neverRows = FAILURES.filter(({ of }) => [UPDATE_CONFIG, INSTALL_APP].includes(of)).map(
  (failure) =>
    rowOf(failure.of, {
      step: failure.of.step,
      accident: 'the server is never reached, and Press keeps the change: put back',
      faults: jobFails(failure.job, 1, NEVER),
      expect: { ...rolledBack(failure), says: /never delivered/ },
    }),
);

const RETRIED: readonly Asked[] = [{ problem: 'StepFailed', says: 'retry' }];

/** The way back fails as well, and works when a person has it done once more. */
const undoFails = (
  of: Case,
  step: string,
  { faults, effects }: Pick<UnplacedRow, 'faults'> & { readonly effects: readonly string[] },
): AdjustmentRow =>
  rowOf(of, {
    step: `back: ${step}`,
    accident: 'it fails, too: a person has it done again',
    ...(faults && { faults }),
    asks: RETRIED,
    expect: {
      outcome: 'rolled_back',
      effects: [...of.done.effects, ...effects],
      left: of.untouched.left,
      ledger: [
        ...of.done.ledger,
        `back: ${step} sent`,
        'attention: StepFailed',
        'says: retry',
        `back: ${step} sent`,
      ],
    },
  });

const undoRows: readonly AdjustmentRow[] = [
  undoFails(UPDATE_CONFIG, 'set config', {
    faults: jobFails(CONFIG, 2),
    effects: ['config.update', 'config.update'],
  }),
  // Press repeats nothing that it has already: the redirect is set and taken off once more.
  undoFails(SET_REDIRECT, 'unset redirect', {
    faults: (names) => [...jobFails(SETUP)(names), ...jobFails(REMOVE)(names)],
    effects: ['domain.unredirect', 'domain.redirect', 'domain.unredirect'],
  }),
  // Nor a plan: the configuration is pushed as it is.
  undoFails(CHANGE_PLAN, 'change plan', {
    faults: jobFails(CONFIG, 2),
    effects: ['site.plan', 'config.update'],
  }),
];

const SECRET = 'mail_password';

/** A secret is replaced: nobody can put back what Press shows to nobody. */
const secretRow = (says: 'retry' | 'abandon', ending: Ending): AdjustmentRow =>
  rowOf(UPDATE_CONFIG, {
    step: 'set config',
    accident: `its job fails, and the old value is secret: ${says}`,
    before: async (scene) => {
      await makeSiteOf()(scene);
      const { harness, site } = scene;
      const config = [{ key: SECRET, value: 'old', type: 'Password' }];
      await harness.press('main', 'press.api.site.update_config', { name: site, config });
    },
    faults: jobFails(CONFIG),
    asks: [{ problem: 'StepFailed', says }],
    expect: ending,
  });

const SECRET_SENT = {
  effects: UPDATE_CONFIG.done.effects,
  left: 'the site, Active; mail_password=new',
} as const;
const ASKED = ['set config sent', 'attention: StepFailed'] as const;

/** As {@link secretRow}, with what is asked for. */
const withSecret = (row: AdjustmentRow): AdjustmentRow => ({
  ...row,
  input: () => ({ kind: 'update-config', secret: { [SECRET]: 'new' } }),
});

const secretRows = [
  secretRow('retry', {
    outcome: 'succeeded',
    ...SECRET_SENT,
    effects: [...SECRET_SENT.effects, 'config.update'],
    ledger: [...ASKED, 'says: retry', 'set config sent'],
  }),
  secretRow('abandon', {
    outcome: 'abandoned',
    ...SECRET_SENT,
    ledger: [...ASKED, 'says: abandon'],
    says: /nothing can put back what was there/,
  }),
].map(withSecret);

/** Everything that can be is put back, and the result tells what cannot be. */
const remainingRows: readonly AdjustmentRow[] = [
  rowOf(REMOVE_DOMAIN, {
    step: 'remove domain',
    accident:
      'it was Broken, and the job on the proxy fails: gone at Press, which the result tells',
    before: withDomain([], false),
    faults: jobFails('Remove Host from Proxy'),
    expect: { ...REMOVE_DOMAIN.done, outcome: 'rolled_back', says: /is gone at Press/ },
  }),
  rowOf(CHANGE_PLAN, {
    step: 'change plan',
    accident: 'the site was Suspended, and its job fails: it stays Active, which the result tells',
    before: async (scene) => {
      await CHANGE_PLAN.before(scene);
      scene.harness.simulator.suspend(scene.site);
    },
    faults: jobFails(CONFIG),
    expect: {
      outcome: 'rolled_back',
      effects: [...CHANGE_PLAN.done.effects, 'site.plan'],
      left: CHANGE_PLAN.untouched.left,
      ledger: [...CHANGE_PLAN.done.ledger, 'back: change plan sent'],
      says: /was Suspended and is Active now/,
    },
  }),
];

export const jobRows: readonly AdjustmentRow[] = [
  ...failureRows,
  ...neverRows,
  ...undoRows,
  ...remainingRows,
  ...secretRows,
];
