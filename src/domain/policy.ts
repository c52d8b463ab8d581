/**
 * Policy as data and its evaluation (D 6). The file is read and checked by policy-file.ts of the
 * worker; the version it declares is recorded with each decision.
 */
import type { ApprovalRule, Identity } from './approvals.js';

/** Facts a rule may look at. */
export interface ProvisionFacts {
  readonly requestedBy: string;
  readonly planPriceUsd: number;
  readonly trialPlan: boolean;
  readonly apps: readonly string[];
  readonly configKeys: readonly string[];
  readonly customDomains: number;
}

/** One rule; the first whose conditions all hold decides. */
export interface ProvisionRule {
  readonly name: string;
  readonly when: {
    /** Site plan price per month, USD. */
    readonly planPriceUsdAtMost?: number;
    /** Only these people. */
    readonly requestedBy?: readonly string[];
    /** Only when every app is one of these. */
    readonly appsWithin?: readonly string[];
  };
  /** `none`, or who must agree. */
  readonly approval:
    | 'none'
    | {
        readonly quorum: Readonly<Record<string, number>>;
        readonly expiresAfterMs: number;
        readonly escalateAfterMs: number;
      };
  /** Forbids what matches, with this reason. */
  readonly refuse?: string;
}

export interface Policy {
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
  readonly provision: readonly ProvisionRule[];
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

/** Finds the rule that decides about a provision; without one it is refused. */
export function evaluateProvision(policy: Policy, facts: ProvisionFacts): Verdict {
  const rule = policy.provision.find(({ when }) => matches(when, facts));
  if (rule === undefined) {
    return { rule: '(none)', approval: null, refusal: 'no policy rule allows this provision' };
  }
  if (rule.refuse !== undefined) return { rule: rule.name, approval: null, refusal: rule.refuse };
  if (rule.approval === 'none') return { rule: rule.name, approval: null, refusal: null };
  return { rule: rule.name, approval: { rule: rule.name, ...rule.approval }, refusal: null };
}

function matches(when: ProvisionRule['when'], facts: ProvisionFacts): boolean {
  const { planPriceUsdAtMost, requestedBy, appsWithin } = when;
  if (planPriceUsdAtMost !== undefined && facts.planPriceUsd > planPriceUsdAtMost) return false;
  if (requestedBy !== undefined && !requestedBy.includes(facts.requestedBy)) return false;
  return appsWithin === undefined || facts.apps.every((app) => appsWithin.includes(app));
}
