import type { WorkflowExecutionInfo } from '@temporalio/client';
import type { OperationSummary } from '../client.js';
import { type OperationState, WORKFLOW_TYPE } from '../domain/operations.js';

/** Builds a query for Temporal's visibility; values are quoted. */
export function visibilityQuery(
  wanted: Readonly<Record<string, string | boolean | readonly string[] | null | undefined>>,
): string {
  return Object.entries(wanted)
    .flatMap(([name, value]) => {
      if (value === null || value === undefined) return [];
      if (typeof value === 'boolean') return [`${name} = ${value}`];
      if (typeof value === 'string') return [`${name} = ${quoted(value)}`];
      return [`${name} IN (${value.map(quoted).join(', ')})`];
    })
    .join(' AND ');
}

const quoted = (value: string): string => `"${value.replaceAll('"', '')}"`;

/** The workflow types that are operations. */
export const OPERATION_TYPES: readonly string[] = Object.values(WORKFLOW_TYPE);

/** One line of a list, from search attributes alone: no query to a worker. */
export function summaryOf(
  info: WorkflowExecutionInfo,
  linkTo: (workflowId: string) => string | null,
): OperationSummary {
  const values = Object.fromEntries(
    info.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]),
  );
  const text = (name: string): string => {
    const value = values[name];
    return typeof value === 'string' ? value : '';
  };
  const since = values['StatusSince'];
  const waitingFor = values['WaitingFor'];
  return {
    operationId: text('OperationId'),
    workflowId: info.workflowId,
    site: text('Site'),
    kind: text('Operation'),
    account: text('Account'),
    state: stateOf(info, text('OperationStatus')),
    requestedBy: text('RequestedBy'),
    needsAttention: values['NeedsAttention'] === true,
    waitingFor: Array.isArray(waitingFor) ? waitingFor.map(String) : [],
    startedAt: info.startTime.toISOString(),
    since: (since instanceof Date ? since : info.startTime).toISOString(),
    link: linkTo(info.workflowId),
  };
}

/** A run that Temporal ended for us has no outcome of ours: a person must look (D 4.6). */
function stateOf(info: WorkflowExecutionInfo, shown: string): OperationState {
  const ended = ['TERMINATED', 'FAILED', 'TIMED_OUT', 'CANCELLED'].includes(info.status.name);
  return ended ? 'needs_human' : ((shown || 'preflight') as OperationState);
}
