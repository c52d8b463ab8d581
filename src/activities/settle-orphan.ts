import { activityInfo } from '@temporalio/activity';
import type { Answer, Resolution } from '../domain/messages.js';
import { detailOf, kindOf } from '../domain/hand-over.js';
import { identityOf } from '../domain/policy.js';
import type { ActivityDeps } from './deps.js';

/**
 * Resolves an open operation that has no live run any more (D 4.6): `retry` goes on from its last
 * completed workflow task, `abandon` closes the record and releases its locks. Authorised like an
 * approval.
 */
export function createSettleOrphanActivities({ ledger, policy, runs }: ActivityDeps) {
  return {
    async settleOrphan(resolution: Resolution): Promise<Answer> {
      const { operationId, by, choice } = resolution;
      const refuse = (reason: string): Answer => ({ accepted: false, reason });
      const operation = await ledger.getOperation(operationId);
      if (operation === null) return refuse(`the ledger knows no operation ${operationId}`);
      const identity = identityOf(policy, by);
      const answer = await (async (): Promise<Answer> => {
        if (operation.closedAt !== null) return refuse('the operation has ended');
        if (choice !== 'retry' && choice !== 'abandon') {
          return refuse(`${choice} needs a live run; choose retry or abandon`);
        }
        if (identity === null) return refuse(`${by} is not known to the policy`);
        if (!identity.verified && policy.unsignedDecisions === 'deny') {
          return refuse('unsigned decisions do not count here (policy: unsignedDecisions)');
        }
        if (!policy.resolvers.some((role) => identity.roles.includes(role))) {
          return refuse(`${by} has none of the roles ${policy.resolvers.join(', ')}`);
        }
        const run = await runs.describe(operation.workflowId);
        if (run.status === 'running' && !run.stuck) return refuse('its run is alive');
        if (run.status === 'missing' && choice === 'retry') {
          return refuse('Temporal has forgotten its run; only abandon is left');
        }
        return { accepted: true, reason: 'recorded' };
      })();
      await ledger.recordDecision({
        operationId,
        key: `orphan/${activityInfo().workflowExecution?.runId ?? ''}`,
        verdict: choice,
        by,
        verified: identity?.verified ?? false,
        roles: identity?.roles ?? [],
        planHash: null,
        accepted: answer.accepted,
        reason: answer.accepted ? (resolution.reason ?? null) : answer.reason,
        policyVersion: policy.version,
      });
      if (!answer.accepted) return answer;

      if (choice === 'retry') {
        const runId = await runs.goOn(operation.workflowId);
        await ledger.openOperation(
          { ...operation, runId },
          { key: `reopened/${runId}`, type: 'operation.reopened', data: { by } },
        );
        await ledger.record(operationId, { needsAttention: false });
        return { accepted: true, reason: 'it goes on where it stopped' };
      }
      const { kind, site } = operation;
      const reason = `its run was lost; abandoned by ${by}`;
      const details = await waitingSecrets(ledger, operationId);
      await ledger.closeOperation(
        { operationId, kind, site, outcome: 'abandoned', reason, exceptions: [], details },
        { key: 'closed', type: 'operation.closed', data: { outcome: 'abandoned', reason } },
      );
      return { accepted: true, reason: 'closed as abandoned, its locks are released' };
    },
  };
}

/** Where the secrets of a lost run wait: its result is all that tells it from now on. */
async function waitingSecrets(
  ledger: ActivityDeps['ledger'],
  operationId: string,
): Promise<Readonly<Record<string, string>>> {
  const waiting = await ledger.unclaimedHandovers();
  return Object.fromEntries(
    waiting.flatMap((secret) => {
      const kind = kindOf(secret.label);
      const isOurs = secret.operationId === operationId && kind !== undefined;
      return isOurs ? [[detailOf(kind), secret.handle]] : [];
    }),
  );
}
