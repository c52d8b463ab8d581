import type { ApprovalRule } from './approvals.js';
import type { HandOverKind } from './hand-over.js';
import type { OperationKind } from './operations.js';

/** One thing preflight looked at. */
export interface Check {
  readonly name: string;
  readonly result: 'pass' | 'warn' | 'fail';
  /** What was found; for `fail` also what to do about it. */
  readonly detail: string;
}

/** One step of the runbook, as shown before anything is touched. */
export interface PlanStep {
  readonly name: string;
  /** How it would be undone; absent when there is nothing to undo. */
  readonly undo?: string;
}

/**
 * What an approval is bound to: a change of any of it voids approvals (D 4). Estimates and checks
 * are not part of it, they may drift.
 */
export interface Material<Target> {
  readonly kind: OperationKind;
  readonly target: Target;
  readonly steps: readonly PlanStep[];
  readonly pointOfNoReturn: string | null;
  readonly mayLose: readonly string[];
  readonly rule: string;
  /** Also what policy asks for: a quorum that was raised meanwhile asks again. */
  readonly approval: ApprovalRule | null;
}

/** What an operation would do, made by a read-only activity before anything is touched. */
export interface Plan<Target = unknown> {
  readonly site: string;
  /** What it comes to, in one line, e.g. "USD 25 · Version 15 · frappe, erpnext · Mumbai". */
  readonly summary: string;
  readonly material: Material<Target>;
  /** SHA-256 of {@link material}, hex, shortened to 16 characters. */
  readonly hash: string;
  readonly checks: readonly Check[];
  /** Null when policy asks nobody. */
  readonly approval: ApprovalRule | null;
  /** Why it may not be done at all; null when it may. */
  readonly refusal: string | null;
  /** What the lock must cover (D 4.1). */
  readonly resources: readonly string[];
  /** ISO time before which nothing is begun; absent when it may begin at once. */
  readonly notBefore?: string;
  /** Usual duration, for the card. */
  readonly estimateSeconds: number;
}

/** Everything about a new site, resolved: nothing is left for Press to choose silently (A 3.2). */
export interface ProvisionTarget {
  /**
   * Where Press puts the site (A 3.2): on a shared bench, on a group of ours, on a bench built for
   * it (which bears the subdomain as its title), or on our dedicated server.
   */
  readonly path: 'shared' | 'own_group' | 'private' | 'dedicated';
  /** Private path: the cloud the bench is built in. */
  readonly provider: string | null;
  /** Dedicated path: our server. */
  readonly server: string | null;
  /** What to do when the bench was built, but the site could not be made on it; from policy. */
  readonly onSiteFailure: 'retry_on_bench' | 'roll_back';
  readonly site: string;
  readonly subdomain: string;
  readonly domain: string;
  readonly team: string;
  readonly plan: string;
  readonly version: string;
  readonly cluster: string;
  readonly group: string;
  readonly groupTitle: string;
  readonly apps: readonly string[];
  /** Keys only: values stay in the input. */
  readonly configKeys: readonly string[];
  readonly customDomains: readonly string[];
  readonly appPlans: Readonly<Record<string, string>>;
  /** Secrets to hand over, in the order of their making. */
  readonly handOver: readonly HandOverKind[];
  /** How long the DNS of a custom domain may take before it is given up; from policy. */
  readonly dnsDeadlineMs: number;
  /** Whether a site that does not answer HTTP fails the operation; from policy. */
  readonly httpProbe: 'required' | 'reported';
}

/** The checks that stand in the way. */
export function failedChecks(plan: Plan): readonly Check[] {
  return plan.checks.filter((check) => check.result === 'fail');
}

/** Why a plan is not carried out, with every check that stands in the way. */
export function refusalOf(plan: Plan): string {
  return [plan.refusal ?? '', ...failedChecks(plan).map(({ name, detail }) => `${name}: ${detail}`)]
    .filter((part) => part !== '')
    .join('; ');
}
