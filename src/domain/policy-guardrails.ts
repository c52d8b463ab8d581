/** What policy refuses whatever its rules say (D 6). Each answers what stands in the way. */
import { matchesName } from './name-pattern.js';
import type { AppsRule, ConfigType, PlanChangeKind, Policy } from './policy-settings.js';

/** Config keys the policy does not allow. */
export function forbiddenConfigKeys(
  policy: Pick<Policy, 'configKeys'>,
  keys: readonly string[],
): readonly string[] {
  if (policy.configKeys.includes('*')) return [];
  return keys.filter((key) => !policy.configKeys.includes(key));
}

/** One thing wrong with one config value. */
export interface ConfigProblem {
  readonly key: string;
  readonly problem: 'not_allowed' | 'not_sealed' | 'wrong_type';
  /** For a person; never shows the value. */
  readonly message: string;
}

type ConfigPolicy = Pick<Policy, 'configKeys' | 'configTypes' | 'secretConfigKeys'>;

/** What policy has against these config values. What is sealed has no type that could be told. */
export function configProblems(
  policy: ConfigPolicy,
  entries: Readonly<Record<string, unknown>>,
): readonly ConfigProblem[] {
  const forbidden = forbiddenConfigKeys(policy, Object.keys(entries));
  return Object.entries(entries).flatMap(([key, value]): readonly ConfigProblem[] => {
    if (forbidden.includes(key)) {
      return [{ key, problem: 'not_allowed', message: `policy does not allow ${key}` }];
    }
    if (isSealed(value)) return [];
    if (policy.secretConfigKeys.includes(key)) {
      const how = `--secret-config ${key} at the command line, seal() of the client library`;
      return [{ key, problem: 'not_sealed', message: `${key} must be sealed (${how})` }];
    }
    const type = Object.hasOwn(policy.configTypes, key) ? policy.configTypes[key] : undefined;
    if (type === undefined || isOfType(type, value)) return [];
    return [{ key, problem: 'wrong_type', message: `${key} must be ${TYPE_NAMES[type]}` }];
  });
}

const TYPE_NAMES: Readonly<Record<ConfigType, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  json: 'JSON: a list or a map',
};

function isSealed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'sealed' in value;
}

function isOfType(type: ConfigType, value: unknown): boolean {
  if (type !== 'json') return typeof value === type;
  if (typeof value !== 'string') return typeof value === 'object' && value !== null;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null;
  } catch {
    return false;
  }
}

/** A plan, as far as it is known. */
export interface KnownPlan {
  readonly plan?: string | undefined;
  /** USD a month. */
  readonly priceUsd?: number | undefined;
}

/**
 * Apps that policy does not allow on a plan; `frappe` belongs to every site. The first entry that
 * speaks of the plan decides. One that may speak of it, as far as is known, counts too: an unknown
 * price never allows more.
 */
export function forbiddenApps(
  policy: Pick<Policy, 'apps'>,
  known: KnownPlan,
  apps: readonly string[],
): readonly string[] {
  const decisive = policy.apps.findIndex((rule) => speaksOf(rule, known) === 'yes');
  // Nothing surely speaks of the plan, so that nothing allows anything.
  const asked = apps.filter((app) => app !== 'frappe');
  if (decisive < 0) return asked;
  const counting = policy.apps
    .slice(0, decisive + 1)
    .filter((rule) => speaksOf(rule, known) !== 'no');
  return asked.filter((app) =>
    counting.some(({ allow }) => !allow.includes('*') && !allow.includes(app)),
  );
}

function speaksOf(
  { plans, planPriceUsdAtMost: limit }: AppsRule,
  { plan, priceUsd }: KnownPlan,
): 'yes' | 'no' | 'perhaps' {
  const byName = plans === undefined ? true : plan === undefined ? null : plans.includes(plan);
  const byPrice = limit === undefined ? true : priceUsd === undefined ? null : priceUsd <= limit;
  if (byName === false || byPrice === false) return 'no';
  return byName === null || byPrice === null ? 'perhaps' : 'yes';
}

/** A plan that a site has, or shall have. */
export interface PlanStanding {
  readonly name: string;
  /** USD a month; null when Press does not say. */
  readonly priceUsd: number | null;
  /** Whether it is for sites on dedicated servers. */
  readonly dedicated: boolean;
}

/** What a change of the plan does to its price; null when a price is not known. */
export function planChangeKind(
  from: Pick<PlanStanding, 'priceUsd'>,
  to: Pick<PlanStanding, 'priceUsd'>,
): PlanChangeKind | null {
  if (from.priceUsd === null || to.priceUsd === null) return null;
  if (to.priceUsd === from.priceUsd) return 'same_price';
  return to.priceUsd > from.priceUsd ? 'upgrade' : 'downgrade';
}

/** Why policy does not allow a change of the plan; null when it does. */
export function planChangeRefusal(
  { planChanges }: Pick<Policy, 'planChanges'>,
  { from, to }: { readonly from: PlanStanding; readonly to: PlanStanding },
): string | null {
  const { upToUsd, downgrade, dedicated } = planChanges;
  if (dedicated === 'deny' && (from.dedicated || to.dedicated)) {
    return `policy does not allow plans of dedicated servers (planChanges.dedicated)`;
  }
  if (upToUsd !== null && (to.priceUsd === null || to.priceUsd > upToUsd)) {
    const price = to.priceUsd === null ? 'has no known price' : `costs ${to.priceUsd}`;
    return `policy allows plans up to ${upToUsd} USD a month, ${to.name} ${price} (planChanges.upTo)`;
  }
  if (downgrade === 'allow') return null;
  switch (planChangeKind(from, to)) {
    case 'downgrade':
      return `policy does not allow a cheaper plan than ${from.name} (planChanges.downgrade)`;
    case null:
      return `nobody can tell whether ${to.name} is cheaper than ${from.name}, which policy does not allow (planChanges.downgrade)`;
    default:
      return null;
  }
}

/** Why somebody may not ask for anything on an account; null when they may. */
export function requesterRefusal(
  { requesters }: Pick<Policy, 'requesters'>,
  {
    person,
    roles,
    account,
  }: {
    readonly person: string;
    readonly roles: readonly string[];
    /** Unknown: only entries for all accounts count. */
    readonly account?: string | undefined;
  },
): string | null {
  const allowed = requesters.some(
    (rule) =>
      rule.accounts.some((each) => each === '*' || (account && matchesName(each, account))) &&
      (rule.people.includes('*') ||
        rule.people.includes(person) ||
        rule.roles.some((role) => roles.includes(role))),
  );
  if (allowed) return null;
  const where = account === undefined ? '' : ` on account ${account}`;
  return `policy does not let ${person} request anything${where} (requesters)`;
}
