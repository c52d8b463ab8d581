import { activityInfo } from '@temporalio/activity';
import type {
  AttentionArgs,
  JudgeDecisionArgs,
  JudgedDecision,
  JudgeResolutionArgs,
  LockArgs,
  Locked,
  OpenArgs,
  OperationRef,
} from '../domain/activity-types.js';
import { type Decision, judgeDecision as judge } from '../domain/approvals.js';
import type { Answer } from '../domain/messages.js';
import { isSuccess, keepsSecrets, type OperationResult } from '../domain/operations.js';
import { identityOf } from '../domain/policy.js';
import { spellingsOf } from '../schemas/spellings.js';
import type { ActivityDeps } from './deps.js';
import { openOperation } from './open-operation.js';

/** The activities of the envelope: ledger, policy, people (D 4). */
export function createEnvelopeActivities(deps: ActivityDeps) {
  const { ledger, policy, notify } = deps;
  return {
    openOperation: (args: OpenArgs) => openOperation(deps, args),

    async lockOperation({ operationId, resources }: LockArgs): Promise<Locked> {
      const answer = await ledger.acquireLocks(operationId, resources);
      if (!answer.acquired) {
        const { kind, operationId: holder, since } = answer.holder;
        return { acquired: false, holder: `${kind} ${holder} since ${since}` };
      }
      await ledger.record(operationId, {
        state: 'running',
        needsAttention: false,
        events: [
          { key: `locked/${resources.join(',')}`, type: 'operation.locked', data: resources },
        ],
      });
      return { acquired: true };
    },

    /** The operation goes on without these: others may have them. */
    async releaseLocks({ operationId, resources }: LockArgs): Promise<void> {
      await ledger.record(operationId, {
        events: [
          { key: `released/${resources.join(',')}`, type: 'operation.released', data: resources },
        ],
      });
      await ledger.releaseLocks(operationId, resources);
    },

    /** The plan has changed: whoever approved the old one is asked again, and nothing is held. */
    async unlockOperation({ operationId }: { readonly operationId: string }): Promise<void> {
      await ledger.record(operationId, { state: 'waiting_approval' });
      await ledger.releaseLocks(operationId);
    },

    /** Who it is, whether it counts, and a line in the ledger either way (D 4.3). */
    async judgeDecision(args: JudgeDecisionArgs): Promise<JudgedDecision> {
      const { ref, decision, rule, state, planHash } = args;
      const identity = identityOf(policy, decision.by);
      const judgement =
        rule === null
          ? ({ accepted: false, reason: `nothing waits for a decision (${state})` } as const)
          : judge(asOnRecord(decision, ref), identity, {
              operationId: ref.operationId,
              site: ref.site,
              planHash,
              requestedBy: ref.requestedBy,
              rule,
              unsigned: policy.unsignedDecisions,
              counted: args.counted,
            });
      await ledger.recordDecision({
        operationId: ref.operationId,
        key: `decision/${placeInHistory()}`,
        verdict: decision.verdict,
        by: decision.by,
        verified: identity?.verified ?? false,
        roles: identity?.roles ?? [],
        planHash: decision.planHash,
        accepted: judgement.accepted,
        reason: judgement.accepted ? (decision.reason ?? null) : judgement.reason,
        policyVersion: policy.version,
      });
      return judgement.accepted
        ? { answer: { accepted: true, reason: 'recorded' }, decision: judgement.decision }
        : { answer: judgement, decision: null };
    },

    /** A resolution is authorised like an approval (D 4.5). */
    async judgeResolution({ ref, resolution, choices }: JudgeResolutionArgs): Promise<Answer> {
      const identity = identityOf(policy, resolution.by);
      const answer = ((): Answer => {
        const refuse = (reason: string): Answer => ({ accepted: false, reason });
        if (choices.length === 0) return refuse('nothing waits for a person here');
        if (!choices.includes(resolution.choice)) {
          return refuse(`${resolution.choice} is not offered; choose ${choices.join(', ')}`);
        }
        if (identity === null) return refuse(`${resolution.by} is not known to the policy`);
        if (!identity.verified && policy.unsignedDecisions === 'deny') {
          return refuse('unsigned decisions do not count here (policy: unsignedDecisions)');
        }
        if (!policy.resolvers.some((role) => identity.roles.includes(role))) {
          return refuse(`${identity.id} has none of the roles ${policy.resolvers.join(', ')}`);
        }
        return { accepted: true, reason: 'recorded' };
      })();
      await ledger.recordDecision({
        operationId: ref.operationId,
        key: `resolution/${placeInHistory()}`,
        verdict: resolution.choice,
        by: resolution.by,
        verified: identity?.verified ?? false,
        roles: identity?.roles ?? [],
        planHash: null,
        accepted: answer.accepted,
        reason: answer.accepted ? (resolution.reason ?? null) : answer.reason,
        policyVersion: policy.version,
      });
      if (answer.accepted) await ledger.record(ref.operationId, { needsAttention: false });
      return answer;
    },

    async raiseAttention({ ref, key, state, problem, choices }: AttentionArgs): Promise<void> {
      await ledger.record(ref.operationId, {
        state,
        needsAttention: true,
        events: [
          {
            key: `attention/${key}`,
            type: 'operation.attention',
            data: { ...problem, evidence: problem.evidence ?? {}, choices },
          },
        ],
      });
      const { operationId, kind, site } = ref;
      notify({ operationId, kind, site, message: `${problem.step}: ${problem.message}` });
    },

    /** Writes the result and releases the locks, in one transaction; wipes secrets of what was undone. */
    async closeOperation(args: {
      readonly ref: OperationRef;
      readonly result: OperationResult;
      /** Of an operation that a schedule has begun: its name. */
      readonly scheduledBy?: string;
    }): Promise<void> {
      const { ref, result, scheduledBy } = args;
      const data = { ...result, reason: result.reason ?? null };
      await ledger.closeOperation(result, { key: 'closed', type: 'operation.closed', data });
      const { operationId, outcome } = result;
      if (scheduledBy !== undefined && !isSuccess(outcome) && outcome !== 'planned') {
        // Nobody waits for it.
        const { kind, site } = ref;
        const message = `begun by schedule ${scheduledBy}, ended ${outcome}: ${result.reason ?? ''}`;
        notify({ operationId, kind, site, message });
      }
      if (keepsSecrets(outcome)) return;
      await ledger.discardHandovers({ operationId });
    },
  };
}

/** A domain may be typed in letters of its own; what counts is which one it is. */
function asOnRecord(decision: Decision, { site }: OperationRef): Decision {
  const { typedName } = decision;
  if (typedName === undefined || !spellingsOf(typedName).includes(site)) return decision;
  return { ...decision, typedName: site };
}

/** Names an activity for good: after a reset another one may get its number. */
function placeInHistory(): string {
  const { activityId, workflowExecution } = activityInfo();
  return `${workflowExecution?.runId ?? ''}/${activityId}`;
}
