import { activityInfo } from '@temporalio/activity';
import type { OpenArgs, Opened, OperationRef } from '../domain/activity-types.js';
import { hashOf, payloadHashOf } from '../schemas/hash.js';
import type { InputProblem } from '../schemas/common.js';
import { checkInput } from '../schemas/operation-inputs.js';
import type { ActivityDeps } from './deps.js';
import { maskSecrets } from './mask.js';

/** A reason travels through history: whatever was sent, it stays readable. */
const LONGEST_REASON = 2_000;

/** Checks the input and opens the record; a known operation answers what it came to. */
export async function openOperation(
  { ledger, policy, timing, runs }: ActivityDeps,
  { ref, input }: OpenArgs,
): Promise<Opened> {
  const { workflowExecution } = activityInfo();
  const workflowId = workflowExecution?.workflowId ?? ref.operationId;
  const checked = checkInput(ref.kind, input);
  const payloadHash = checked.ok ? payloadHashOf(ref.kind, checked.input) : hashOf(String(input));

  const known = await ledger.getOperation(ref.operationId);
  const elsewhere = known && !known.closedAt && known.workflowId !== workflowId;
  if (elsewhere && known.payloadHash === payloadHash) {
    const { status } = await runs.describe(known.workflowId);
    if (status === 'running') return notOurs(ref, `it runs already, as ${known.workflowId}`);
  }
  const answer = await ledger.openOperation(
    {
      ...ref,
      idempotencyKey: checked.ok ? (checked.input.idempotencyKey ?? null) : null,
      payloadHash,
      reason: checked.ok ? (checked.input.reason ?? null) : null,
      workflowId,
      runId: workflowExecution?.runId ?? '',
      input: maskSecrets(checked.ok ? checked.input : input, policy.secretConfigKeys),
    },
    { key: 'opened', type: 'operation.opened', data: { requestedBy: ref.requestedBy } },
  );
  if (answer.status === 'closed') return { status: 'closed', result: answer.result };
  if (answer.status === 'conflict') {
    const other = `operation ${answer.operationId}, which was asked something else`;
    return notOurs(ref, `IdempotencyConflict: this key belongs to ${other}`);
  }
  if (!checked.ok) return { status: 'refused', reason: invalid(checked.problems) };
  const { unsignedDecisions, resolvers } = policy;
  return { status: 'opened', timing, unsignedDecisions, resolvers };
}

/** Ends this run without a word in the record, which is another run's. */
function notOurs({ operationId, kind, site }: OperationRef, reason: string): Opened {
  return {
    status: 'closed',
    result: { operationId, kind, site, outcome: 'refused', reason, exceptions: [], details: {} },
  };
}

function invalid(problems: readonly InputProblem[]): string {
  const said = problems.map(({ path, message }) => `${path || 'input'}: ${message}`);
  return `InvalidInput: ${said.join('; ')}`.slice(0, LONGEST_REASON);
}
