/**
 * Policy as data and its evaluation (D 6). The file is read and checked by policy-file.ts of the
 * worker; the version it declares is recorded with each decision.
 */
import type { ApprovalRule, Identity } from './approvals.js';
import type { OperationKind } from './operations.js';

/** What a rule may look at; what an operation has nothing to say about is left out. */
export interface OperationFacts {
  readonly requestedBy: string;
  /** Price of the plan of the site, per month. */
  readonly planPriceUsd?: number;
  readonly apps?: readonly string[];
  /** How many sites it touches. */
  readonly sites?: number;
  /** It asks to do without a safety copy. */
  readonly skipsSafetyCopy?: boolean;
  /** It asks to leave out patches that fail. */
  readonly skipsFailingPatches?: boolean;
}

/** One rule; the first whose conditions all hold decides. */
export interface OperationRule {
  readonly name: string;
  readonly when: {
    /** Site plan price per month, USD. */
    readonly planPriceUsdAtMost?: number;
    /** Only these people. */
    readonly requestedBy?: readonly string[];
    /** Only when every app is one of these. */
    readonly appsWithin?: readonly string[];
    /** Only when it touches no more sites. */
    readonly sitesAtMost?: number;
  };
  /** `none`, or who must agree, and how. */
  readonly approval: 'none' | Omit<ApprovalRule, 'rule' | 'acknowledge'>;
  /** Forbids what matches, with this reason. */
  readonly refuse?: string;
}

/** When work on sites may begin. */
export interface MaintenancePolicy {
  /** IANA name, e.g. "Europe/Berlin": the clock of the windows. */
  readonly timeZone: string;
  /** Empty: at any time. */
  readonly windows: readonly {
    /** Days of the week, 0 is Sunday. */
    readonly days: readonly number[];
    /** Minutes since midnight; a window that ends before it begins goes on into the next day. */
    readonly from: number;
    readonly to: number;
  }[];
  /** Nothing is begun between these, whatever the windows say. ISO times. */
  readonly freezes: readonly {
    readonly from: string;
    readonly to: string;
    readonly reason: string;
  }[];
}

/** Rules for every kind of operation, under its name. */
export type PolicyRules = Readonly<Record<OperationKind, readonly OperationRule[]>>;

export interface Policy extends PolicyRules {
  /** Free text, recorded with each decision. */
  readonly version: string;
  /** Roles by person; `*` stands for anybody. */
  readonly people: Readonly<Record<string, readonly string[]>>;
  /** Whether decisions without a signature count (never in production: D 4.3). */
  readonly unsignedDecisions: 'allow' | 'deny';
  /** Roles that may resolve an operation that needs a person. */
  readonly resolvers: readonly string[];
  /** Site config keys that may be set; `*` allows all. */
  readonly configKeys: readonly string[];
  /** Keys whose value must arrive sealed. */
  readonly secretConfigKeys: readonly string[];
  readonly customDomains: {
    /** How long DNS may take before the domain is given up. */
    readonly dnsDeadlineMs: number;
  };
  readonly handover: {
    /** How long a secret waits for the one who claims it; then its ciphertext is wiped (D 7). */
    readonly expiresAfterMs: number;
  };
  readonly privateBench: {
    /** Keep a bench that was built and try the site once more on it, or drop everything (A 3.7). */
    readonly onSiteFailure: 'retry_on_bench' | 'roll_back';
  };
  readonly verification: {
    /** Whether a site that does not answer HTTP fails the operation or is only reported. */
    readonly http: 'required' | 'reported';
  };
  readonly safetyCopy: {
    /** The newest offsite backup serves when it is younger, where the runbook allows an old one. */
    readonly maxAgeMs: number;
    /** Role of the one more approver it takes to do without a copy; `never` forbids it. */
    readonly bypass: 'never' | { readonly approver: string };
  };
  readonly vault: {
    /** Copies older than this may be pruned … */
    readonly keepDays: number;
    /** … but never the newest ones of a site. */
    readonly keepAtLeast: number;
  };
  readonly maintenance: MaintenancePolicy;
  readonly patches: {
    /** Whether a migration may be tried again leaving out patches that fail. */
    readonly skipFailing: 'allow' | 'deny';
  };
  readonly benchDeploy: {
    /** Stop updating sites after this many have failed. */
    readonly errorBudget: number;
  };
}

/** What policy says of one request. */
export interface Verdict {
  readonly rule: string;
  readonly approval: ApprovalRule | null;
  readonly refusal: string | null;
}

/** Roles of a person: their own, and those of `*`. */
export function rolesOf(policy: Policy, person: string): readonly string[] {
  // An own member only: nobody gets anything by the name "constructor".
  const own = Object.hasOwn(policy.people, person) ? policy.people[person] : undefined;
  return [...new Set([...(own ?? []), ...(policy.people['*'] ?? [])])];
}

/**
 * Who a claimed identity is: the unsigned form, so never verified (D 4.3). Null for somebody
 * without any role.
 */
export function identityOf(policy: Policy, person: string): Identity | null {
  const roles = rolesOf(policy, person);
  return roles.length === 0 ? null : { id: person, roles, verified: false };
}

/** Config keys the policy does not allow. */
export function forbiddenConfigKeys(policy: Policy, keys: readonly string[]): readonly string[] {
  if (policy.configKeys.includes('*')) return [];
  return keys.filter((key) => !policy.configKeys.includes(key));
}

/** Finds the rule that decides; without one the operation is refused. */
export function evaluate(policy: Policy, kind: OperationKind, facts: OperationFacts): Verdict {
  const rule = policy[kind].find(({ when }) => matches(when, facts));
  if (rule === undefined) {
    return { rule: '(none)', approval: null, refusal: `no policy rule allows this ${kind}` };
  }
  const refuse = (refusal: string): Verdict => ({ rule: rule.name, approval: null, refusal });
  if (rule.refuse !== undefined) return refuse(rule.refuse);
  if (facts.skipsFailingPatches && policy.patches.skipFailing === 'deny') {
    return refuse('policy does not allow to skip failing patches (patches.skipFailing)');
  }
  const approval: ApprovalRule | null =
    rule.approval === 'none' ? null : { rule: rule.name, ...rule.approval };
  if (!facts.skipsSafetyCopy) return { rule: rule.name, approval, refusal: null };
  const { bypass } = policy.safetyCopy;
  if (bypass === 'never') {
    return refuse('policy does not allow to do without a safety copy (safetyCopy.bypass)');
  }
  return { rule: rule.name, approval: withBypass(rule.name, approval, bypass), refusal: null };
}

/** One more approver, who says by name that there is no copy (D 4.4). */
function withBypass(
  rule: string,
  approval: ApprovalRule | null,
  { approver }: { readonly approver: string },
): ApprovalRule {
  const base = approval ?? { rule, quorum: {}, expiresAfterMs: DAY, escalateAfterMs: DAY / 6 };
  const seats = (base.quorum[approver] ?? 0) + 1;
  return {
    ...base,
    quorum: { ...base.quorum, [approver]: seats },
    acknowledge: [...(base.acknowledge ?? []), 'no-safety-copy'],
  };
}

const DAY = 86_400_000;

/** What a rule asks about and the operation does not say is too much: the rule does not match. */
function matches(when: OperationRule['when'], facts: OperationFacts): boolean {
  const { planPriceUsdAtMost, requestedBy, appsWithin, sitesAtMost } = when;
  const atMost = (limit: number | undefined, given: number | undefined): boolean =>
    limit === undefined || (given !== undefined && given <= limit);
  if (!atMost(planPriceUsdAtMost, facts.planPriceUsd)) return false;
  if (!atMost(sitesAtMost, facts.sites)) return false;
  if (requestedBy !== undefined && !requestedBy.includes(facts.requestedBy)) return false;
  return (
    appsWithin === undefined || (facts.apps?.every((app) => appsWithin.includes(app)) ?? false)
  );
}
