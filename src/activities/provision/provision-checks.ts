import type { ProvisionSiteInput } from '../../domain/inputs.js';
import type { Check, ProvisionTarget } from '../../domain/plan.js';
import type { Policy } from '../../domain/policy.js';
import { forbiddenApps } from '../../domain/policy-guardrails.js';
import {
  domainExists,
  getAppPlans,
  getSite,
  type Account,
  type SitePlan,
} from '../../frappe-cloud/index.js';
import { fail, pass } from '../checks.js';
import { near, type Place } from './placement.js';

/** What preflight read; its checks look at nothing else. */
export interface Findings {
  readonly input: ProvisionSiteInput;
  readonly place: Place;
  readonly plan: SitePlan | undefined;
  readonly plans: readonly SitePlan[];
  readonly target: ProvisionTarget;
}

/** Reads without the rate limit of `exists` (10 per minute: A 6). */
export async function nameCheck(account: Account, site: string): Promise<Check> {
  const [found, owner] = await Promise.all([
    getSite(account.press, { site }),
    domainExists(account.press, { domain: site }),
  ]);
  if (found.found === 'own') return fail('name', `${site} exists already, in this team`);
  if (found.found === 'foreign') return fail('name', `${site} is taken by another team`);
  if (owner !== null) return fail('name', `${site} is a custom domain of another site`);
  return pass('name', `${site} is free`);
}

/** The plan's own limits, and the silent change of path or plan that it would cause (A 3.2). */
export function planCheck({ input, plan, plans, place, target }: Findings): Check {
  if (plan === undefined) {
    const names = near(
      input.plan,
      plans.map(({ name }) => name),
    );
    return fail('plan', `"${input.plan}" is not a plan of this account; near: ${names}`);
  }
  if (plan.dedicated_server_plan !== (place.path === 'dedicated')) {
    const other = plan.dedicated_server_plan ? 'is for dedicated servers' : 'is not for them';
    return fail('plan', `${plan.name} ${other}; Press would replace it silently`);
  }
  if (plan.bench_versions.length > 0 && !plan.bench_versions.includes(target.version)) {
    return fail('plan', `${plan.name} is offered for ${plan.bench_versions.join(', ')} only`);
  }
  if (plan.restricted_plan) return fail('plan', `${plan.name} is restricted for this account`);
  const apps = target.apps.filter((app) => app !== 'frappe' && !plan.allowed_apps.includes(app));
  if (plan.allowed_apps.length > 0 && apps.length > 0) {
    return fail('plan', `${plan.name} does not allow ${apps.join(', ')}`);
  }
  if (place.cluster && plan.clusters.length > 0 && !plan.clusters.includes(place.cluster)) {
    return fail('plan', `${plan.name} is not offered in cluster ${place.cluster}`);
  }
  return pass('plan', `${plan.name}, ${plan.price_usd} USD a month`);
}

/** What policy allows on the plan; Press asks only what the plan and the bench have (A 3.2). */
export function allowedAppsCheck({ plan, target }: Findings, policy: Policy): Check {
  const known = { plan: target.plan, priceUsd: plan?.price_usd };
  const forbidden = forbiddenApps(policy, known, target.apps);
  return forbidden.length === 0
    ? pass('allowed apps', 'all of them')
    : fail(
        'allowed apps',
        `policy does not allow ${forbidden.join(', ')} on ${target.plan} (apps)`,
      );
}

/** Press says so only after the site is made; the domain would then be given up (C 5.5, C 5.6). */
export async function domainChecks(
  account: Account,
  target: ProvisionTarget,
): Promise<readonly Check[]> {
  return Promise.all(
    target.customDomains.map(async (domain) => {
      const name = `domain ${domain}`;
      if (domain === target.domain || domain.endsWith(`.${target.domain}`)) {
        return fail(name, `${target.domain} is Press's own; a custom domain is the customer's`);
      }
      const owner = await domainExists(account.press, { domain });
      return owner === null || owner === target.site
        ? pass(name, 'free')
        : fail(name, `${domain} belongs to another site`);
    }),
  );
}

/** What the app plans come to. */
export interface AppPlanFindings {
  readonly checks: readonly Check[];
  /** All of them together, per month; null when one of them is not offered. */
  readonly priceUsd: number | null;
}

/** Press checks neither the plan nor whose app it is (observed-2 6.3), so we do. */
export async function checkAppPlans(
  account: Account,
  target: ProvisionTarget,
): Promise<AppPlanFindings> {
  const found = await Promise.all(
    Object.entries(target.appPlans).map(async ([app, wanted]) => {
      const offered = await getAppPlans(account.press, { app });
      const name = `app plan ${app}`;
      const plan = offered.find((candidate) => candidate.name === wanted);
      if (plan !== undefined) return { check: pass(name, wanted), priceUsd: plan.price_usd };
      const hint = near(
        wanted,
        offered.map((candidate) => candidate.name),
      );
      const check = fail(name, `"${wanted}" is not offered; near: ${hint}`);
      return { check, priceUsd: null };
    }),
  );
  const prices = found.flatMap(({ priceUsd }) => (priceUsd === null ? [] : [priceUsd]));
  return {
    checks: found.map(({ check }) => check),
    priceUsd: prices.length < found.length ? null : prices.reduce((sum, each) => sum + each, 0),
  };
}
