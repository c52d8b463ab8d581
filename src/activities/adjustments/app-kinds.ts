import type { Change } from '../../domain/adjustments.js';
import type { Check } from '../../domain/plan.js';
import { forbiddenApps } from '../../domain/policy-guardrails.js';
import {
  type AppPlan,
  type AppSubscription,
  availableApps,
  type AvailableApp,
  getAppPlans,
  listAppSubscriptions,
} from '../../frappe-cloud/index.js';
import { fail, pass, warn } from '../checks.js';
import { planSafetyCopy } from '../safety-copy/index.js';
import { openWorkChecks } from '../site/site-checks.js';
import type { Adjustment, Preflight } from './adjustment.js';
import { hasApp } from './app-standing.js';
import { plansText } from './app-plans.js';

const SECONDS = 5 * 60;

/** Puts an app of the bench on a site. */
export const installAppKind: Adjustment<'install-app'> = {
  allowed: ['Active'],
  async plan(preflight) {
    const { account, reading, input } = preflight;
    const { site, app, plan = null } = input;
    const available = await availableApps(account.press, { site });
    const offered = available.find((candidate) => candidate.app === app);
    const plans = await getAppPlans(account.press, { app });
    const price = plans.find(({ name }) => name === plan)?.price_usd;
    // Without a plan Press bills nothing (C 4.3).
    const appPriceUsd = plan === null ? 0 : price;
    return {
      change: { do: 'install app', app, plan },
      ...(plan !== null && {
        undo: [{ do: 'end app subscription', app }],
        undoes: 'its subscription is ended',
      }),
      summary: [app, plan ?? '', price === undefined ? '' : `${price} USD a month`],
      checks: [
        benchCheck(app, reading.apps, available, offered),
        policyCheck(preflight),
        // Press itself does not look (C 4.3).
        ...(plan === null || price !== undefined
          ? []
          : [fail('plan', `${plan} is no plan of ${app}: ${plansText(plans)}`)]),
        ...(offered === undefined ? [] : paidCheck(plans, plan)),
      ],
      facts: {
        ...(reading.apps.length > 0 && { apps: [...new Set([...reading.apps, app])] }),
        ...(appPriceUsd !== undefined && { appPriceUsd }),
      },
      estimateSeconds: SECONDS,
    };
  },
};

function benchCheck(
  app: string,
  there: readonly string[],
  available: readonly AvailableApp[],
  offered: AvailableApp | undefined,
): Check {
  if (there.includes(app)) return warn('app', `${app} is there already: nothing will change`);
  if (offered !== undefined) return pass('app', `the bench of the site has ${app}`);
  // Of a site that pays for an app Press lists none (observed-2 6.4).
  const perhaps = there.length === 0 ? ', or the site has it already' : '';
  const others = available.map((each) => each.app).join(', ');
  const hint = others === '' ? 'no other app either' : `it has ${others}`;
  return fail(
    'app',
    `the bench of the site has no ${app}${perhaps} (${hint}): deploy it there first`,
  );
}

function policyCheck({ deps, reading, input }: Preflight<'install-app'>): Check {
  const { site, priceUsd } = reading;
  const known = { plan: site.plan ?? undefined, priceUsd: priceUsd ?? undefined };
  const forbidden = forbiddenApps(deps.policy, known, [input.app]);
  return forbidden.length === 0
    ? pass('policy', 'allowed')
    : fail('policy', `policy does not allow ${input.app} on ${site.plan ?? 'its plan'} (apps)`);
}

/** Press installs it all the same, and bills nothing (C 4.3): a mistake to be seen by a person. */
const paidCheck = (plans: readonly AppPlan[], plan: string | null): readonly Check[] =>
  plan === null && plans.some(({ price_usd }) => price_usd > 0)
    ? [warn('plan', `it has plans that cost money, and none is given: ${plansText(plans)}`)]
    : [];

/** Takes an app off, with the data that it holds. */
export const uninstallAppKind: Adjustment<'uninstall-app'> = {
  allowed: ['Active'],
  async plan({ deps, account, reading, input, underLock }) {
    const { site, app, safetyCopy } = input;
    const skip = safetyCopy === 'skip';
    const [copy, isThere, subscriptions] = await Promise.all([
      planSafetyCopy(deps, account, site, { mode: 'new', skip }),
      hasApp(account, { site, app }),
      listAppSubscriptions(account.press, { site }),
    ]);
    const paid = subscriptions.find((row) => row.app === app);
    return {
      change: { do: 'uninstall app', app },
      undo: paid === undefined ? [] : resumed(paid),
      restored: [{ do: 'install app', app, plan: null }],
      undoes: `the safety copy is restored${paid === undefined ? '' : ', and it is paid for again'}`,
      summary: [`${app} goes, with its data`, paid?.plan ?? '', reading.site.version ?? ''],
      mayLose: [
        `every record of ${app}`,
        ...(copy.steps.length === 0 ? ['the way back: there is no copy of it'] : []),
      ],
      copy,
      checks: [
        isThere ? pass('app', `${app} is there`) : fail('app', `${app} is not on this site`),
        app === 'frappe'
          ? fail('framework', 'frappe is what the site is made of')
          : pass('framework', 'not the framework itself'),
        ...openWorkChecks(reading, { underLock }),
      ],
      facts: { skipsSafetyCopy: skip },
      estimateSeconds: SECONDS + 15 * 60,
    };
  },
};

/** Press ends it with the request, and does not take that back when the job fails (C 4.4). */
const resumed = ({ app, name, plan }: AppSubscription): readonly Change[] =>
  plan === null ? [] : [{ do: 'resume app subscription', app, subscription: name, plan }];
