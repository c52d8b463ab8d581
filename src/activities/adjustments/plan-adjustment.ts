import type { PlanArgs } from '../../domain/activity-types.js';
import type { AdjustmentTarget } from '../../domain/adjustments.js';
import type { SiteRequest } from '../../domain/inputs.js';
import {
  ADJUSTMENT_KINDS,
  type AdjustmentKind,
  type OperationKind,
} from '../../domain/operations.js';
import type { Plan } from '../../domain/plan.js';
import { teamCheck } from '../checks.js';
import type { ActivityDeps } from '../deps.js';
import { Defect } from '../errors.js';
import { announcePlan, inputOf } from '../planning.js';
import { statusCheck } from '../site/site-checks.js';
import { siteFacts } from '../site/site-facts.js';
import { readSite } from '../site/site-reading.js';
import type { Adjustment, AdjustmentDraft } from './adjustment.js';
import { ADJUSTMENTS } from './kinds.js';

/** Reads, asks the kind what it comes to, and announces it. */
export async function planAdjustment(
  deps: ActivityDeps,
  { ref, input: given, underLock }: PlanArgs<SiteRequest>,
): Promise<Plan<AdjustmentTarget>> {
  const kind = adjustmentOf(ref.kind);
  const input = inputOf(kind, given);
  const account = deps.accounts.get(input.account);
  const reading = await readSite(account, input.site);
  const adjustment = ADJUSTMENTS[kind] as Adjustment<AdjustmentKind>;
  const draft = await adjustment.plan({ deps, account, reading, input, underLock });
  return announcePlan(
    deps,
    { ref, underLock },
    {
      site: input.site,
      summary: draft.summary.filter((part) => part !== '').join(' · '),
      target: targetOf(deps, input.site, draft),
      steps: [
        ...(draft.copy?.steps ?? []),
        ...(draft.awaitsDns ? [{ name: 'dns' }] : []),
        { name: draft.change.do, ...(draft.undoes !== undefined && { undo: draft.undoes }) },
        { name: 'verify' },
      ],
      pointOfNoReturn: draft.change.do,
      mayLose: draft.mayLose ?? [],
      checks: [
        teamCheck(reading.site, reading.self),
        statusCheck(reading, { allowed: adjustment.allowed, underLock }),
        ...draft.checks,
        ...(draft.copy?.checks ?? []),
      ],
      acknowledge: draft.copy?.acknowledge ?? [],
      facts: {
        requestedBy: input.requestedBy,
        ...siteFacts(reading),
        ...draft.facts,
      },
      // The site itself is left to others while the DNS is waited for.
      resources: [
        `site:${input.site}`,
        ...(draft.awaitsDns ? [`domain:${draft.awaitsDns.domain}`] : []),
      ],
      estimateSeconds: draft.estimateSeconds,
    },
  );
}

function targetOf(deps: ActivityDeps, site: string, draft: AdjustmentDraft): AdjustmentTarget {
  const { change, undo = [], restored = [], copy, awaitsDns = null } = draft;
  const { customDomains, patches } = deps.policy;
  return {
    site,
    change,
    undo,
    copy: copy?.plan ?? null,
    restored,
    leaves: draft.leaves ?? null,
    remains: draft.remains ?? null,
    dnsDeadlineMs: awaitsDns && customDomains.dnsDeadlineMs,
    dnsRecord: awaitsDns && awaitsDns.record,
    maySkipPatches: patches.skipFailing === 'allow',
  };
}

function adjustmentOf(kind: OperationKind): AdjustmentKind {
  const found = ADJUSTMENT_KINDS.find((candidate) => candidate === kind);
  if (found === undefined) throw new Defect(`${kind} is more than one change`);
  return found;
}
