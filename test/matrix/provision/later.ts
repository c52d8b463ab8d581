import type { CallFault, JobFault } from '../../../simulators/press/index.js';
import type { ProvisionSiteInput } from '../../../src/client.js';
import { onJob, onMethod, slowly } from '../../integration/provision/support.js';
import type { Moment, Names, Scene } from '../row.js';
import { type Call, lostRows, NO, repeatedRow, retriedRow } from '../sending.js';
import { called, did, DONE, type ProvisionRow, SHARED, stepsOf, UNDONE } from './common.js';

const HANGS: CallFault = { kind: 'hang', effect: false };

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
  const call: Call = {
    step,
    wrong,
    // Found at once when it has landed, else sent at once: a repeat does no harm.
    done: { ...DONE, effects: ['site.create', effect], ledger: ['create sent', `${step} sent`] },
  };
  return [
    ...lostRows(call).map((row) => ({ ...row, ...here })),
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
    { ...repeatedRow(call), ...here },
    { ...retriedRow(call), ...here },
    {
      ...here,
      accident: 'cancelled while it is sent',
      world: 'calls that may take long',
      faults: wrong(HANGS).faults,
      acts: [...(wrong(HANGS).acts ?? []), { do: 'cancel', when: underWay }],
      expect: { ...UNDONE, outcome: 'cancelled' },
    },
  ];
};

export const configPart: Part = {
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
    faults: ({ site }) => [slowly(site)],
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
