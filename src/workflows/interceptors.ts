import { workflowInfo, type WorkflowInterceptors } from '@temporalio/workflow';

/**
 * Keeps a query from running a workflow ahead of its task (docs/decisions.md 31).
 *
 * A worker that a query makes build up a run is also given the events that came after the last
 * workflow task, and would let the workflow see them: with the clock of that last task, and without
 * what else its next task will bring. It would go on with that state, and a replay, which sees
 * events only together with their task, could come to another decision.
 *
 * Such events make the history longer, but not the size that its last task was told. The query is
 * refused, the run is forgotten, and its next task builds it up from the history as it then is.
 */
export const interceptors = (): WorkflowInterceptors => {
  let shown = { length: 0, size: 0 };
  return {
    internals: [
      {
        activate(input, next) {
          const { historyLength: length, historySize: size } = workflowInfo();
          if (size > 0 && size === shown.size && length > shown.length) throw new Error(AHEAD);
          shown = { length, size };
          next(input);
        },
      },
    ],
  };
};

const AHEAD =
  'this worker has only just taken the operation over, and what has happened since is not worked in yet: ask again in some seconds';
