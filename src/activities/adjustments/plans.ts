import type { ChangeOf } from '../../domain/adjustments.js';
import {
  changeAppPlan as changeApp,
  changePlan as change,
  getSite,
  isPlanAlready,
  listAppSubscriptions,
  type AppSubscription,
} from '../../frappe-cloud/index.js';
import { Refused } from '../errors.js';
import { CONFIG_JOB } from '../newest-job.js';
import type { Asked, ChangeKind } from './adjustment.js';
import { jobAfter, locateState } from './job-of.js';

async function planOf({ account, site, options }: Asked): Promise<string | null> {
  const found = await getSite(account.press, { site }, options);
  return found.found === 'own' ? found.site.plan : null;
}

/** C 6.4: at once; the limits come to the server by a job. */
export const changePlan: ChangeKind<ChangeOf<'change plan'>> = {
  endpoint: 'press.api.site.change_plan',
  repeat: 'at_once',
  async locate(asked, since) {
    const isSo = (await planOf(asked)) === asked.change.plan;
    return locateState(asked, isSo, CONFIG_JOB, since);
  },
  async send(asked, since) {
    const {
      account,
      site,
      change: { plan },
      options,
    } = asked;
    try {
      await change(account.press, { site, plan }, options);
    } catch (error) {
      // It has it already: then there is nothing to do.
      if (!isPlanAlready(error)) throw error;
    }
    return jobAfter(asked, CONFIG_JOB, since);
  },
  async look(asked) {
    const plan = await planOf(asked);
    const wanted = asked.change.plan;
    if (plan === wanted) return { missing: [], details: { plan } };
    return { missing: [`its plan is ${plan ?? 'unknown'}, not ${wanted}`] };
  },
};

async function subscriptionOf({
  account,
  site,
  change: { app },
  options,
}: Asked<ChangeOf<'change app plan'>>): Promise<AppSubscription | undefined> {
  const rows = await listAppSubscriptions(account.press, { site }, options);
  return rows.find((row) => row.app === app);
}

/** C 4.8: synchronous and idempotent. */
export const changeAppPlan: ChangeKind<ChangeOf<'change app plan'>> = {
  endpoint: 'press.api.marketplace.change_app_plan',
  repeat: 'at_once',
  async locate(asked) {
    const subscription = await subscriptionOf(asked);
    return subscription?.plan === asked.change.plan
      ? { state: 'found', tracker: { kind: 'done' }, evidence: {} }
      : { state: 'none' };
  },
  async send(asked) {
    const {
      account,
      site,
      change: { app, plan },
      options,
    } = asked;
    const subscription = await subscriptionOf(asked);
    if (subscription === undefined) throw new Refused(`${site} has no subscription of ${app}`);
    const wanted = { subscription: subscription.name, new_plan: plan };
    await changeApp(account.press, wanted, options);
    return { kind: 'done' };
  },
  async look(asked) {
    const { app, plan: wanted } = asked.change;
    const plan = (await subscriptionOf(asked))?.plan;
    return plan === wanted
      ? { missing: [], details: { app, plan } }
      : { missing: [`the plan of ${app} is ${plan ?? 'unknown'}, not ${wanted}`] };
  },
};
