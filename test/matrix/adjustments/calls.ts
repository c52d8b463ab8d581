import type { CallFault } from '../../../simulators/press/index.js';
import { onMethod } from '../../integration/provision/support.js';
import { COPIED } from '../upgrade/common.js';
import type { Ending, Names, Scene } from '../row.js';
import type { Call } from '../sending.js';
import {
  type Asking,
  BASIC,
  EVEN_LATER,
  makeSiteOf,
  PAID_APP,
  PLAIN,
  PRO,
  subscriptionOf,
  withCurrency,
  withDns,
  withDomain,
  withPaidApp,
  withUpdate,
} from './common.js';

/** One kind of adjustment, and the call that makes it. */
export interface Case extends Call {
  readonly path: string;
  readonly input: (names: Names) => Asking;
  /** Makes the site as it is before. */
  readonly before: (scene: Scene) => Promise<void>;
  /** What stands at Press when nothing was done. */
  readonly untouched: Pick<Ending, 'effects' | 'left'>;
}

type Told = Omit<Case, 'done' | 'untouched' | 'path'> & {
  readonly effects: readonly string[];
  readonly after: string;
  readonly was?: string;
  /** What is done before the call. */
  readonly copied?: boolean;
};

const WITH = 'its domain Active';

const theCase = (path: string, told: Told): Case => {
  const { effects, after, was = PLAIN, copied = false, step } = told;
  const before = copied ? COPIED : [];
  return {
    ...told,
    path,
    untouched: { effects: before, left: was },
    done: {
      outcome: 'succeeded',
      effects: [...before, ...effects],
      left: after,
      ledger: [...(copied ? ['backup sent'] : []), `${step} sent`],
    },
  };
};

/** By a method of the site document. */
const byMethod = (method: string) => (fault: CallFault) => ({
  faults: ({ site }: Names) => [onMethod(site, method, fault)],
});

/** By an endpoint that is told the name of the site. */
const byWrapper = (method: string) => (fault: CallFault) => ({
  faults: ({ site }: Names) => [
    { call: { method: `press.api.site.${method}`, body: { name: site } }, fault },
  ],
});

export const CLEAR_CACHE = theCase('clear-cache', {
  step: 'clear cache',
  input: () => ({ kind: 'clear-cache' }),
  before: makeSiteOf(),
  wrong: byWrapper('clear_cache'),
  effects: ['site.clear_cache'],
  after: PLAIN,
});

export const UPDATE_CONFIG = theCase('update-config', {
  step: 'set config',
  input: () => ({ kind: 'update-config', config: { currency: 'EUR' } }),
  before: withCurrency,
  wrong: byMethod('update_config'),
  effects: ['config.update'],
  was: `${PLAIN}; currency=INR`,
  after: `${PLAIN}; currency=EUR`,
});

export const DELETE_CONFIG = theCase('delete-config', {
  step: 'delete config',
  input: () => ({ kind: 'delete-config', key: 'currency' }),
  before: withCurrency,
  wrong: byMethod('delete_config'),
  effects: ['config.update'],
  was: `${PLAIN}; currency=INR`,
  after: PLAIN,
});

export const INSTALL_APP = theCase('install-app', {
  step: 'install app',
  input: () => ({ kind: 'install-app', app: PAID_APP, plan: BASIC }),
  before: makeSiteOf(),
  wrong: byMethod('install_app'),
  effects: ['app.install'],
  after: `${PLAIN}; with insights; paid for`,
});

export const UNINSTALL_APP = theCase('uninstall-app', {
  step: 'uninstall app',
  input: () => ({ kind: 'uninstall-app', app: PAID_APP }),
  before: withPaidApp,
  wrong: byMethod('uninstall_app'),
  effects: ['app.uninstall'],
  copied: true,
  was: `${PLAIN}; with insights; paid for`,
  after: PLAIN,
});

export const ADD_DOMAIN = theCase('add-domain', {
  step: 'add domain',
  input: ({ domain }) => ({ kind: 'add-domain', domain }),
  before: withDns,
  wrong: byWrapper('add_domain'),
  effects: ['domain.add'],
  after: `${PLAIN}; ${WITH}`,
});

export const RETRY_DOMAIN = theCase('retry-domain', {
  step: 'retry domain',
  input: ({ domain }) => ({ kind: 'retry-domain', domain }),
  before: withDomain([], false),
  wrong: byWrapper('retry_add_domain'),
  effects: ['domain.retry'],
  was: `${PLAIN}; its domain Broken`,
  after: `${PLAIN}; ${WITH}`,
});

export const REMOVE_DOMAIN = theCase('remove-domain', {
  step: 'remove domain',
  input: ({ domain }) => ({ kind: 'remove-domain', domain }),
  before: withDomain(),
  wrong: byWrapper('remove_domain'),
  effects: ['domain.remove'],
  was: `${PLAIN}; ${WITH}`,
  after: PLAIN,
});

export const SET_HOST_NAME = theCase('set-host-name', {
  step: 'set host name',
  input: ({ domain }) => ({ kind: 'set-host-name', domain }),
  before: withDomain(['set_redirect']),
  wrong: byWrapper('set_host_name'),
  effects: ['domain.primary'],
  was: `${PLAIN}; ${WITH} and redirecting`,
  after: `${PLAIN}; ${WITH} and primary`,
});

export const SET_REDIRECT = theCase('set-redirect', {
  step: 'set redirect',
  input: ({ domain }) => ({ kind: 'set-redirect', domain }),
  before: withDomain(),
  wrong: byWrapper('set_redirect'),
  effects: ['domain.redirect'],
  was: `${PLAIN}; ${WITH}`,
  after: `${PLAIN}; ${WITH} and redirecting`,
});

export const UNSET_REDIRECT = theCase('unset-redirect', {
  step: 'unset redirect',
  input: ({ domain }) => ({ kind: 'unset-redirect', domain }),
  before: withDomain(['set_redirect']),
  wrong: byWrapper('unset_redirect'),
  effects: ['domain.unredirect'],
  was: `${PLAIN}; ${WITH} and redirecting`,
  after: `${PLAIN}; ${WITH}`,
});

export const CHANGE_PLAN = theCase('change-plan', {
  step: 'change plan',
  input: () => ({ kind: 'change-plan', plan: 'USD 50' }),
  before: makeSiteOf(),
  wrong: byWrapper('change_plan'),
  effects: ['site.plan'],
  after: `${PLAIN}; USD 50`,
});

export const CHANGE_APP_PLAN = theCase('change-app-plan', {
  step: 'change app plan',
  input: () => ({ kind: 'change-app-plan', app: PAID_APP, plan: PRO }),
  before: withPaidApp,
  // Press is told the subscription only.
  wrong: (fault) => ({
    before: async (scene) => {
      await withPaidApp(scene);
      const method = 'press.api.marketplace.change_app_plan';
      const body = { subscription: await subscriptionOf(scene) };
      scene.harness.simulator.addFault({ call: { method, body }, fault });
    },
  }),
  effects: ['app_plan.change'],
  was: `${PLAIN}; with insights; paid for`,
  after: `${PLAIN}; with insights; paid for, pro`,
});

export const EDIT_UPDATE = theCase('edit-scheduled-update', {
  step: 'edit scheduled update',
  input: () => ({ kind: 'edit-scheduled-update', at: EVEN_LATER }),
  before: withUpdate,
  wrong: byMethod('edit_scheduled_update'),
  effects: [],
  was: `${PLAIN}; its update Scheduled`,
  after: `${PLAIN}; its update Scheduled, later`,
});

export const CANCEL_UPDATE = theCase('cancel-scheduled-update', {
  step: 'cancel scheduled update',
  input: () => ({ kind: 'cancel-scheduled-update' }),
  before: withUpdate,
  wrong: byMethod('cancel_scheduled_update'),
  effects: [],
  was: `${PLAIN}; its update Scheduled`,
  after: `${PLAIN}; its update Cancelled`,
});

export const CASES: readonly Case[] = [
  CLEAR_CACHE,
  UPDATE_CONFIG,
  DELETE_CONFIG,
  INSTALL_APP,
  UNINSTALL_APP,
  ADD_DOMAIN,
  RETRY_DOMAIN,
  REMOVE_DOMAIN,
  SET_HOST_NAME,
  SET_REDIRECT,
  UNSET_REDIRECT,
  CHANGE_PLAN,
  CHANGE_APP_PLAN,
  EDIT_UPDATE,
  CANCEL_UPDATE,
];
