import type { WorkflowHandle } from '@temporalio/client';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;
type HistoryEvent = NonNullable<History['events']>[number];

/** What a run has cost so far. */
export interface HistoryCost {
  readonly events: number;
  /**
   * Billed actions by Temporal Cloud's rules: start, every activity attempt, timer, signal, update
   * and search attribute upsert is one. Queries and heartbeats leave no event and are not in it.
   */
  readonly actions: number;
}

/** Counts the events and billed actions of a history. */
export function costOf(events: readonly HistoryEvent[]): HistoryCost {
  const actions = events.reduce((sum, event) => sum + actionsOf(event), 0);
  return { events: events.length, actions };
}

function actionsOf(event: HistoryEvent): number {
  // The started event is written once, with the number of the attempt that ended it.
  const attempt = event.activityTaskStartedEventAttributes?.attempt;
  if (attempt != null) return attempt;
  const counted =
    event.workflowExecutionStartedEventAttributes ??
    event.timerStartedEventAttributes ??
    event.workflowExecutionSignaledEventAttributes ??
    event.workflowExecutionUpdateAcceptedEventAttributes ??
    event.upsertWorkflowSearchAttributesEventAttributes;
  return counted == null ? 0 : 1;
}
