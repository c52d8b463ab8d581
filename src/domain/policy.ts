/**
 * Policy as data and its evaluation (D 6). The file is read and checked by src/policy-file.ts; the
 * version it declares is recorded with each decision.
 */
import type { ApprovalRule, Identity } from './approvals.js';
import type { OperationKind } from './operations.js';
import { judgeConditions, type JudgedCondition, type OperationFacts } from './policy-conditions.js';
import { requesterRefusal } from './policy-guardrails.js';
import type { Policy } from './policy-settings.js';

export type { OperationFacts } from './policy-conditions.js';
export { forbiddenConfigKeys } from './policy-guardrails.js';
export type { MaintenancePolicy, OperationRule, Policy, PolicyRules } from './policy-settings.js';

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

/** Finds the rule that decides; without one the operation is refused. */
export function evaluate(policy: Policy, kind: OperationKind, facts: OperationFacts): Verdict {
  return explain(policy, kind, facts).verdict;
}

/** A rule, held against the facts. */
export interface JudgedRule {
  readonly name: string;
  readonly outcome: 'decides' | 'does_not_hold' | 'not_reached';
  readonly conditions: readonly JudgedCondition[];
}

/** A verdict, and how it came about. */
export interface Explanation {
  readonly verdict: Verdict;
  /** Every rule of the kind, in order. */
  readonly rules: readonly JudgedRule[];
}

/** As {@link evaluate}, and why. */
export function explain(policy: Policy, kind: OperationKind, facts: OperationFacts): Explanation {
  const judged = policy[kind].map(({ name, when, refuse }) => {
    const conditions = judgeConditions(when, facts, policy.maintenance.timeZone);
    // What may be forbidden, as far as is known, is not let pass.
    const perhaps = (given: string | null) => refuse !== undefined && given === null;
    const holds = conditions.every((it) => it.holds || perhaps(it.given));
    return { name, conditions, holds };
  });
  const decisive = judged.findIndex(({ holds }) => holds);
  const rules = judged.map(({ name, conditions, holds }, index): JudgedRule => {
    const reached = decisive < 0 || index <= decisive;
    return {
      name,
      outcome: !reached ? 'not_reached' : holds ? 'decides' : 'does_not_hold',
      conditions,
    };
  });
  const unknown = (judged[decisive]?.conditions ?? []).filter(({ given }) => given === null);
  return {
    verdict: verdictOf(policy, { kind, facts, decisive, unknown: unknown.map(({ fact }) => fact) }),
    rules,
  };
}

interface Decided {
  readonly kind: OperationKind;
  readonly facts: OperationFacts;
  /** Place of the rule that decides; below 0: none. */
  readonly decisive: number;
  /** What it asks about and nobody knows; only of one that refuses. */
  readonly unknown: readonly string[];
}

/** What comes of the rule that decides. */
function verdictOf(policy: Policy, { kind, facts, decisive, unknown }: Decided): Verdict {
  const roles = rolesOf(policy, facts.requestedBy);
  const asked = { person: facts.requestedBy, roles, account: facts.account };
  const notTheirs = requesterRefusal(policy, asked);
  if (notTheirs !== null) return { rule: '(requesters)', approval: null, refusal: notTheirs };
  const rule = policy[kind][decisive];
  if (rule === undefined) {
    return { rule: '(none)', approval: null, refusal: `no policy rule allows this ${kind}` };
  }
  const refuse = (refusal: string): Verdict => ({ rule: rule.name, approval: null, refusal });
  if (rule.refuse !== undefined) {
    const doubt = unknown.length === 0 ? '' : ` (it may apply: ${unknown.join(', ')} not known)`;
    return refuse(`${rule.refuse}${doubt}`);
  }
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
