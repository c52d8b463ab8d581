import type { CallFault, JobFault } from '../../../simulators/press/index.js';
import type { ProvisionSiteInput } from '../../../src/client.js';
import { onJob, onMethod } from '../../integration/provision/support.js';
import type { Moment, Names, Scene } from '../row.js';
import { called, did, DONE, type ProvisionRow, SHARED, stepsOf, UNDONE } from './common.js';

/** Found at once when it has landed, else sent at once: a repeat does no harm. */
const LOST: readonly (readonly [string, CallFault, 'adopted' | 'sent'])[] = [
  ['the answer is lost', { kind: 'lose_answer' }, 'adopted'],
  ['no answer ever comes', { kind: 'hang' }, 'adopted'],
  ['the request is lost', { kind: 'lose_request' }, 'sent'],
  ['502 without the effect', { kind: 'gateway_error', status: 502, effect: 'none' }, 'sent'],
  ['504 after the effect', { kind: 'gateway_error', status: 504 }, 'adopted'],
  [
    'Press begins a second after we hung up',
    { kind: 'late', seconds: 1, after: 'disconnect' },
    'adopted',
  ],
];
const HANGS: CallFault = { kind: 'hang', effect: false };
const NO: CallFault = {
  kind: 'exception',
  excType: 'ValidationError',
  status: 417,
  message: 'not today',
};

/** A step with one call, undone with the site. */
interface Part {
  readonly step: string;
  readonly input: (names: Names) => Partial<ProvisionSiteInput>;
  /** Lets its call go wrong. */
  readonly wrong: (fault: CallFault) => Pick<ProvisionRow, 'faults' | 'acts'>;
  readonly underWay: Moment;
  /** What the call does at Press. */
  readonly effect: string;
}

const partRows = ({ step, input, wrong, underWay, effect }: Part): readonly ProvisionRow[] => {
  const here = { path: SHARED, step, input } as const;
  const made = { ...DONE, effects: ['site.create', effect] };
  return [
    ...LOST.map(([accident, fault, how]): ProvisionRow => ({
      ...here,
      accident,
      ...wrong(fault),
      expect: { ...made, ledger: ['create sent', `${step} ${how}`] },
    })),
    {
      ...here,
      accident: 'Press refuses: the site goes back',
      ...wrong(NO),
      expect: {
        ...UNDONE,
        ledger: ['create sent', `${step} refused`, 'undo create sent'],
        says: /not today/,
      },
    },
    {
      ...here,
      accident: 'a database deadlock',
      ...wrong({ kind: 'exception', excType: 'QueryDeadlockError' }),
      expect: { ...made, ledger: ['create sent', `${step} failed`, `${step} sent`] },
    },
    {
      ...here,
      accident: 'Press answers with an error nobody understands: retry',
      ...wrong({ kind: 'exception', excType: 'KeyError' }),
      asks: [{ problem: 'Defect', says: 'retry' }],
      expect: {
        ...made,
        ledger: [
          'create sent',
          `${step} failed`,
          'attention: Defect',
          'says: retry',
          `${step} sent`,
        ],
      },
    },
    {
      ...here,
      accident: 'cancelled while it is sent',
      faults: wrong(HANGS).faults,
      acts: [...(wrong(HANGS).acts ?? []), { do: 'cancel', when: underWay }],
      expect: { ...UNDONE, outcome: 'cancelled' },
    },
  ];
};

const configPart: Part = {
  step: 'config',
  input: () => ({ config: { mail_server: 'smtp.example.com' } }),
  wrong: (fault) => ({ faults: ({ site }) => [onMethod(site, 'update_config', fault)] }),
  underWay: called('Site.update_config'),
  effect: 'config.update',
};

const CHANGE_PLAN = 'press.api.marketplace.change_app_plan';

/** The call names nothing but the subscription, which comes up with the site. */
const subscriptionOf = ({ harness, site }: Scene) =>
  harness.simulator
    .estate()
    .subscriptions.find((row) => row.site === site && row.app === 'insights')?.name ?? '';

/** The step whose call can only be met once the site is there. */
export const appPlanPart: Part = {
  step: 'app plan insights',
  input: () => ({
    apps: ['frappe', 'insights'],
    appPlans: { insights: 'MARKETPLACE-PLAN-insights-002' },
  }),
  wrong: (fault) => ({
    acts: [
      {
        do: 'meddle',
        when: did('site.create'),
        deed(scene) {
          const body = { subscription: subscriptionOf(scene) };
          scene.harness.simulator.addFault({ call: { method: CHANGE_PLAN, body }, fault });
        },
      },
    ],
  }),
  underWay: (scene) =>
    scene.harness.simulator
      .calls()
      .some(
        ({ method, args }) =>
          method === CHANGE_PLAN && JSON.stringify(args).includes(subscriptionOf(scene)),
      ),
  effect: 'app_plan.change',
};

const configJob = (accident: string, fault: JobFault): ProvisionRow => ({
  path: SHARED,
  step: 'config',
  accident: `job Update Site Configuration: ${accident}`,
  input: configPart.input,
  faults: ({ site }) => [onJob(site, 'Update Site Configuration', fault)],
  expect: {
    ...UNDONE,
    effects: ['site.create', 'config.update', 'site.archive'],
    ledger: ['create sent', 'config sent', 'undo create sent'],
  },
});

/** What follows the creation and goes with the site. */
export const laterRows: readonly ProvisionRow[] = [
  ...partRows(configPart),
  ...stepsOf('Update Site Configuration').map((step) =>
    configJob(`step "${step}" fails`, { kind: 'fail_step', step }),
  ),
  configJob('the server is never reached', { kind: 'delivery_failure', afterSeconds: 60 }),
  configJob('the agent of the server refuses', { kind: 'agent_refuses' }),
  ...partRows(appPlanPart),
];
