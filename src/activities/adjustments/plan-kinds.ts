import type { Check } from '../../domain/plan.js';
import {
  planChangeKind,
  planChangeRefusal,
  type PlanStanding,
} from '../../domain/policy-guardrails.js';
import {
  getAppPlans,
  getSitePlans,
  listAppSubscriptions,
  type Site,
  type SitePlan,
} from '../../frappe-cloud/index.js';
import { fail, pass, warn } from '../checks.js';
import type { Adjustment, AdjustmentDraft } from './adjustment.js';
import { plansText } from './app-plans.js';

/** What a site costs, and may use. */
export const changePlanKind: Adjustment<'change-plan'> = {
  allowed: ['Active', 'Inactive', 'Broken', 'Suspended'],
  async plan({ deps, account, reading: { site }, input }) {
    const plans = await getSitePlans(account.press);
    const from = standingOf(site.plan ?? 'no plan', plans);
    const to = standingOf(input.plan, plans);
    const refusal = planChangeRefusal(deps.policy, { from, to });
    const kind = planChangeKind(from, to);
    const isOffered = plans.some(({ name }) => name === input.plan);
    return {
      change: { do: 'change plan', plan: input.plan },
      ...(site.plan !== null &&
        site.plan !== input.plan && {
          undo: [{ do: 'change plan', plan: site.plan } as const],
          undoes: `${site.plan} again`,
        }),
      ...remainsOf(site, input.plan),
      summary: [`${priced(from)} → ${priced(to)}`, kind?.replace('_', ' ') ?? ''],
      checks: [
        isOffered
          ? pass('plan', `${input.plan} is offered to this account`)
          : fail('plan', `Press offers no plan ${input.plan}; see sitewright plans`),
        refusal === null ? pass('policy', 'allowed') : fail('policy', refusal),
        ...sameCheck(site.plan === input.plan, input.plan),
        // Whatever the site was suspended for (C 6.4).
        ...(site.status === 'Suspended'
          ? [warn('status', 'it is Suspended: Press takes it up again with the new plan')]
          : []),
      ],
      facts: {
        ...(to.priceUsd !== null && { planPriceUsd: to.priceUsd }),
        ...(kind !== null && { planChange: kind }),
      },
      estimateSeconds: 60,
    };
  },
};

/** What no plan brings back: a site that was taken up, or that it had none. */
function remainsOf({ plan, status }: Site, wanted: string): Pick<AdjustmentDraft, 'remains'> {
  if (plan === wanted) return {};
  const said = [
    ...(status === 'Suspended' ? ['it was Suspended and is Active now'] : []),
    ...(plan === null ? [`it had no plan and has ${wanted} now`] : []),
  ];
  return said.length === 0 ? {} : { remains: said.join('; ') };
}

function standingOf(name: string, plans: readonly SitePlan[]): PlanStanding {
  const plan = plans.find((candidate) => candidate.name === name);
  const dedicated = plan?.dedicated_server_plan ?? false;
  return { name, priceUsd: plan?.price_usd ?? null, dedicated };
}

const priced = ({ name, priceUsd }: PlanStanding): string =>
  priceUsd === null ? name : `${name} (${priceUsd} USD a month)`;

/** What an app costs on a site. */
export const changeAppPlanKind: Adjustment<'change-app-plan'> = {
  allowed: ['Active', 'Inactive', 'Broken', 'Suspended'],
  async plan({ account, input }) {
    const { site, app, plan } = input;
    const [offered, subscriptions] = await Promise.all([
      getAppPlans(account.press, { app }),
      listAppSubscriptions(account.press, { site }),
    ]);
    const found = offered.find(({ name }) => name === plan);
    const subscription = subscriptions.find((row) => row.app === app);
    const before = subscription?.plan ?? 'no plan';
    return {
      change: { do: 'change app plan', app, plan },
      summary: [`${app}: ${before} → ${plan}`, found ? `${found.price_usd} USD a month` : ''],
      checks: [
        // Press itself checks neither (observed-2 6.3).
        found === undefined
          ? fail('plan', `${plan} is no plan of ${app}: ${plansText(offered)}`)
          : pass('plan', `${plan} is one of ${app}`),
        subscription === undefined
          ? fail('subscription', `${site} pays for no ${app}: install-app with --plan`)
          : pass('subscription', subscription.name),
        ...sameCheck(before === plan, plan),
      ],
      ...(found && { facts: { appPriceUsd: found.price_usd } }),
      estimateSeconds: 15,
    };
  },
};

const sameCheck = (isSame: boolean, plan: string): readonly Check[] =>
  isSame ? [warn('change', `${plan} is what it has already: nothing will change`)] : [];
