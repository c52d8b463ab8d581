import type { SafetyRequest, SiteRequest } from '../../domain/inputs.js';
import type { Check, PlanStep } from '../../domain/plan.js';
import type { Policy } from '../../domain/policy.js';
import type { SiteChange } from '../../domain/site-changes.js';
import type { SiteStatus } from '../../frappe-cloud/index.js';
import { teamCheck } from '../checks.js';
import type { Beginning } from '../maintenance.js';
import type { Draft } from '../planning.js';
import type { SafetyCopyDraft } from '../safety-copy/index.js';
import { lossesOf, openWorkChecks, stateOf, statusCheck } from '../site/site-checks.js';
import { siteFacts } from '../site/site-facts.js';
import type { SiteReading } from '../site/site-reading.js';

interface Input extends SiteRequest, SafetyRequest {
  readonly skipFailingPatches?: boolean;
}

/** What plans of upgrades, updates and migrations have in common. */
export interface Change<Target extends SiteChange> {
  /** The step that does it, after which there is no cancelling. */
  readonly what: 'upgrade' | 'update' | 'migrate';
  readonly undo: string;
  /** Before the copy is made. */
  readonly first?: readonly PlanStep[];
  readonly target: Target;
  readonly summary: readonly string[];
  /** States of the site in which it is possible. */
  readonly allowed: readonly SiteStatus[];
  /** What only this kind looks at. */
  readonly checks: readonly Check[];
  readonly copy: SafetyCopyDraft;
  readonly begins: Beginning;
  readonly underLock: boolean;
  readonly seconds: number;
  /** What may be lost besides what the copy leaves open. */
  readonly mayLose?: readonly string[];
  /** What the lock covers besides the site. */
  readonly resources?: readonly string[];
}

/** What every target says of the site, before and after. `after`: what changes. */
export function siteChange(
  reading: SiteReading,
  input: Input,
  {
    policy,
    copy,
    after,
  }: {
    readonly policy: Policy;
    readonly copy: SafetyCopyDraft;
    readonly after: Partial<SiteChange['after']>;
  },
): SiteChange {
  const before = stateOf(reading);
  return {
    site: input.site,
    before,
    after: { ...before, ...after },
    apps: reading.apps,
    skipFailingPatches: input.skipFailingPatches ?? false,
    maySkipPatches: policy.patches.skipFailing === 'allow',
    copy: copy.plan,
    httpProbe: policy.verification.http,
  };
}

/** A plan, as announced: what was read, what was found, and what would be done. */
export function changeDraft<Target extends SiteChange>(
  reading: SiteReading,
  input: Input,
  change: Change<Target>,
): Draft<Target> {
  const { what, target, copy, begins, underLock } = change;
  return {
    site: input.site,
    summary: change.summary.join(' · '),
    target,
    steps: [
      ...(change.first ?? []),
      ...copy.steps,
      { name: what, undo: change.undo },
      { name: 'verify' },
    ],
    pointOfNoReturn: what,
    mayLose: [...lossesOf(copy.plan, what), ...(change.mayLose ?? [])],
    checks: [
      teamCheck(reading.site, reading.self),
      statusCheck(reading, change),
      ...change.checks,
      ...openWorkChecks(reading, { underLock }),
      ...copy.checks,
      begins.check,
    ],
    acknowledge: copy.acknowledge,
    facts: {
      requestedBy: input.requestedBy,
      ...siteFacts(reading),
      skipsSafetyCopy: input.safetyCopy === 'skip',
      skipsFailingPatches: target.skipFailingPatches,
    },
    resources: [`site:${input.site}`, ...(change.resources ?? [])],
    ...(begins.notBefore !== undefined && { notBefore: begins.notBefore }),
    estimateSeconds: change.seconds,
  };
}

/** Downtime for a summary. */
export const downtime = (seconds: number): string =>
  `about ${Math.max(1, Math.round(seconds / 60))} min of downtime`;
