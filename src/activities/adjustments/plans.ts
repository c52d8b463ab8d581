import type { ChangeOf } from '../../domain/adjustments.js';
import {
  changeAppPlan as changeApp,
  changePlan as change,
  getSite,
  isPlanAlready,
  listAppSubscriptions,
  type AppSubscription,
} from '../../frappe-cloud/index.js';
import type { Located } from '../commands.js';
import { Refused } from '../errors.js';
import type { Asked, ChangeKind, Look } from './adjustment.js';
import { CONFIG_JOB, jobsAfter, locateState } from './job-of.js';
import { pushConfigAgain } from './push-again.js';

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
    return locateState(asked, isSo, [CONFIG_JOB], since);
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
      // It has it already, but perhaps its server does not know: a job may have failed.
      if (!isPlanAlready(error)) throw error;
      return pushConfigAgain(asked);
    }
    return jobsAfter(asked, [CONFIG_JOB], since);
  },
  async look(asked) {
    const plan = await planOf(asked);
    const wanted = asked.change.plan;
    if (plan === wanted) return { missing: [], details: { plan } };
    return { missing: [`its plan is ${plan ?? 'unknown'}, not ${wanted}`] };
  },
};

type AboutPlan = ChangeOf<'change app plan' | 'resume app subscription'>;

async function subscriptionOf({
  account,
  site,
  change: { app },
  options,
}: Asked<AboutPlan>): Promise<AppSubscription | undefined> {
  const rows = await listAppSubscriptions(account.press, { site }, options);
  return rows.find((row) => row.app === app);
}

async function locatePlan(asked: Asked<AboutPlan>): Promise<Located> {
  const subscription = await subscriptionOf(asked);
  return subscription?.plan === asked.change.plan
    ? { state: 'found', tracker: { kind: 'done' }, evidence: {} }
    : { state: 'none' };
}

async function lookAtPlan(asked: Asked<AboutPlan>): Promise<Look> {
  const { app, plan: wanted } = asked.change;
  const plan = (await subscriptionOf(asked))?.plan;
  return plan === wanted
    ? { missing: [], details: { app, plan } }
    : { missing: [`the plan of ${app} is ${plan ?? 'unknown'}, not ${wanted}`] };
}

/** C 4.8: synchronous and idempotent. */
export const changeAppPlan: ChangeKind<ChangeOf<'change app plan'>> = {
  endpoint: 'press.api.marketplace.change_app_plan',
  repeat: 'at_once',
  locate: locatePlan,
  async send(asked) {
    const { account, site, change, options } = asked;
    const subscription = await subscriptionOf(asked);
    if (subscription === undefined) {
      throw new Refused(`${site} has no subscription of ${change.app}`);
    }
    const wanted = { subscription: subscription.name, new_plan: change.plan };
    await changeApp(account.press, wanted, options);
    return { kind: 'done' };
  },
  look: lookAtPlan,
};

/** One that has ended is listed no more, but a change of its plan turns it on (C 4.8). */
export const resumeAppSubscription: ChangeKind<ChangeOf<'resume app subscription'>> = {
  endpoint: 'press.api.marketplace.change_app_plan',
  repeat: 'at_once',
  locate: locatePlan,
  async send({ account, change: { subscription, plan }, options }) {
    await changeApp(account.press, { subscription, new_plan: plan }, options);
    return { kind: 'done' };
  },
  look: lookAtPlan,
};
