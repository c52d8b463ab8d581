/**
 * Who may let an operation go on (D 4.3). Pure rules; identity and roles are found out by an
 * activity, which also writes every decision to the ledger.
 */

/** What policy asks for; carried in the plan. */
export interface ApprovalRule {
  /** Name of the policy rule, shown to people. */
  readonly rule: string;
  /** How many different people of each role, e.g. `{ operator: 1 }`. */
  readonly quorum: Readonly<Record<string, number>>;
  readonly expiresAfterMs: number;
  /** When nobody has decided by then, `NeedsAttention` is raised. */
  readonly escalateAfterMs: number;
  /** Whoever approves has to type the name of the site, or bench group. */
  readonly typedName?: boolean;
  /** How long after the last approval it can still be revoked before anything happens. */
  readonly coolingOffMs?: number;
  /** What whoever approves has to acknowledge by name, e.g. "no-copy-of-today". */
  readonly acknowledge?: readonly string[];
}

/** A decision as it arrives: from the UI, the CLI or any SDK. */
export interface Decision {
  readonly operationId: string;
  readonly verdict: 'approve' | 'reject';
  readonly planHash: string;
  /** Claimed identity; only as good as `identity.verified` says. */
  readonly by: string;
  readonly reason?: string;
  /** The name that the approver typed, where the rule wants one. */
  readonly typedName?: string;
  readonly acknowledges?: readonly string[];
}

/** Who an identity turned out to be. */
export interface Identity {
  readonly id: string;
  readonly roles: readonly string[];
  /** False for the unsigned form; policy says whether that counts. */
  readonly verified: boolean;
}

/** A decision that counts. */
export interface CountedDecision {
  readonly verdict: 'approve' | 'reject';
  readonly by: string;
  readonly roles: readonly string[];
  readonly verified: boolean;
  readonly planHash: string;
  readonly reason?: string;
}

export interface DecisionContext {
  readonly operationId: string;
  /** What a rule may want typed: the name of the site, or bench group. */
  readonly site: string;
  readonly planHash: string;
  readonly requestedBy: string;
  readonly rule: ApprovalRule;
  readonly unsigned: 'allow' | 'deny';
  readonly counted: readonly CountedDecision[];
}

export type Judgement =
  | { readonly accepted: true; readonly decision: CountedDecision }
  | { readonly accepted: false; readonly reason: string };

/** Judges one decision. `identity` is null when nobody knows who it is. */
export function judgeDecision(
  decision: Decision,
  identity: Identity | null,
  context: DecisionContext,
): Judgement {
  const refuse = (reason: string): Judgement => ({ accepted: false, reason });
  if (decision.operationId !== context.operationId) {
    return refuse(`it names operation ${decision.operationId}, this is ${context.operationId}`);
  }
  if (identity === null) return refuse(`${decision.by} is not known to the policy`);
  if (!identity.verified && context.unsigned === 'deny') {
    return refuse('unsigned decisions do not count here (policy: unsignedDecisions)');
  }
  if (decision.planHash !== context.planHash) {
    return refuse(`it approves plan ${decision.planHash}, the plan now is ${context.planHash}`);
  }
  const wanted = Object.keys(context.rule.quorum);
  if (!wanted.some((role) => identity.roles.includes(role))) {
    return refuse(`${identity.id} has none of the roles ${wanted.join(', ')}`);
  }
  // A requester may withdraw what they asked for, never approve it (D 4.3).
  if (decision.verdict === 'approve' && identity.id === context.requestedBy) {
    return refuse('nobody approves their own request');
  }
  if (
    decision.verdict === 'approve' &&
    context.counted.some((other) => other.by === identity.id && other.verdict === 'approve')
  ) {
    return refuse(`${identity.id} has approved already`);
  }
  const missing = decision.verdict === 'approve' ? unsaid(decision, context) : null;
  if (missing !== null) return refuse(missing);
  return {
    accepted: true,
    decision: {
      verdict: decision.verdict,
      by: identity.id,
      roles: identity.roles,
      verified: identity.verified,
      planHash: decision.planHash,
      ...(decision.reason === undefined ? {} : { reason: decision.reason }),
    },
  };
}

/** What an approval has to say and does not; null when nothing is missing. */
function unsaid(decision: Decision, { rule, site }: DecisionContext): string | null {
  if (rule.typedName && decision.typedName !== site) {
    return `an approval of this has to name the site: ${site}`;
  }
  const silent = (rule.acknowledge ?? []).filter((word) => !decision.acknowledges?.includes(word));
  return silent.length === 0 ? null : `an approval of this has to acknowledge ${silent.join(', ')}`;
}

/** How an approval stands: one rejection rejects; a quorum approves. */
export function tally(
  rule: ApprovalRule,
  counted: readonly CountedDecision[],
): { readonly state: 'approved' | 'rejected' | 'open'; readonly missing: readonly string[] } {
  if (counted.some((decision) => decision.verdict === 'reject')) {
    return { state: 'rejected', missing: [] };
  }
  const missing = unmetRoles(rule.quorum, counted);
  return { state: missing.length === 0 ? 'approved' : 'open', missing };
}

/**
 * The seats of a quorum that nobody fills yet, one entry per seat. A person fills one seat only;
 * the fullest assignment is found by augmenting paths, so that someone with two roles never
 * blocks a seat that only they could leave to another.
 */
function unmetRoles(
  quorum: Readonly<Record<string, number>>,
  counted: readonly CountedDecision[],
): readonly string[] {
  const seats = Object.entries(quorum).flatMap(([role, n]) => Array<string>(n).fill(role));
  const people = [...new Map(counted.map((decision) => [decision.by, decision.roles]))];
  const seatOf = new Map<number, number>();
  const takeSeat = (person: number, tried: Set<number>): boolean =>
    seats.some((role, seat) => {
      if (tried.has(seat) || !people[person]?.[1].includes(role)) return false;
      tried.add(seat);
      const holder = seatOf.get(seat);
      if (holder !== undefined && !takeSeat(holder, tried)) return false;
      seatOf.set(seat, person);
      return true;
    });
  people.forEach((_, person) => takeSeat(person, new Set()));
  return seats.filter((_, seat) => !seatOf.has(seat));
}
