import { isOutcome } from '../domain/operations.js';
import type { OperationStatus, StepStatus } from '../domain/status.js';
import type { Onlooker } from './follow.js';
import type { Output, View } from './output.js';
import { liveRegion } from './render/live.js';
import { renderStatus, stateLabel, waitRows } from './render/status.js';
import { renderSteps, SPINNER } from './render/steps.js';
import { nextCommands } from '../domain/card.js';
import { row } from './render/rows.js';
import { secretRows } from './render/secrets.js';

/** Frames of the spinner per second that look like motion without keeping a terminal busy. */
const FRAME_MS = 100;

/** An onlooker that has something on the screen until it is ended. */
export interface Progress extends Onlooker {
  end(): void;
}

/** Shows an operation while it goes on: redrawn in a terminal, else a line per change. */
export function createProgress(
  out: Output,
  linkTo: (workflowId: string) => string | null,
): Progress {
  if (out.json) return { show: () => undefined, quiet: () => undefined, end: () => undefined };
  return out.live ? liveProgress(out, linkTo) : plainProgress(out);
}

function liveProgress(out: Output, linkTo: (workflowId: string) => string | null): Progress {
  const region = liveRegion(out);
  let status: OperationStatus | null = null;
  let trouble: string | null = null;
  let frame = 0;
  const draw = () => {
    if (status === null) return;
    const spinner = SPINNER[frame % SPINNER.length];
    const seen = { status, result: null, lost: null };
    const lines = renderStatus(seen, out.view(), linkTo(status.workflowId), spinner);
    region.draw(trouble === null ? lines : [...lines, row(['no answer', trouble])]);
    frame += 1;
  };
  const timer = setInterval(draw, FRAME_MS);
  return {
    show: (next) => {
      status = next;
      trouble = null;
      draw();
    },
    quiet: (hint) => {
      trouble = hint;
    },
    end: () => {
      clearInterval(timer);
      region.erase();
    },
  };
}

/** For logs: nothing is ever redrawn, and what has not changed is not repeated. */
function plainProgress(out: Output): Progress {
  let before: OperationStatus | null = null;
  let silent = false;
  return {
    show: (status) => {
      silent = false;
      out.lines(changesBetween(before, status, out.view()));
      before = status;
    },
    quiet: (hint) => {
      if (!silent) out.lines([`no answer: ${hint}`]);
      silent = true;
    },
    end: () => undefined,
  };
}

/** What is new in a status, a line each; the end is told in full elsewhere. */
export function changesBetween(
  before: OperationStatus | null,
  after: OperationStatus,
  view: View,
): readonly string[] {
  const { kind, site, operationId, state, steps, choices } = after;
  const entered = before?.state !== state;
  const asks =
    state !== 'needs_human' &&
    (state === 'waiting_approval' || state === 'held' || choices.length > 0);
  const offers = asks && before?.choices.length !== choices.length;
  const waitsForOther = entered || before.waiting?.what !== after.waiting?.what;
  return [
    ...(before === null ? [`${kind} ${site} (operation ${operationId})`] : []),
    ...(entered && !isOutcome(state) ? [`${site}: ${stateLabel(state, view.colors)}`] : []),
    ...steps
      // By then it is known what exactly is waited for.
      .filter((step) => hasMoved(before, step) || (offers && step.state === 'running'))
      .flatMap((step) => renderSteps({ steps: [step], waiting: after.waiting }, view)),
    ...(waitsForOther ? waitRows(after, view).map(row) : []),
    // A key is needed while the operation waits for whoever has to enter it.
    ...(isOutcome(state) ? [] : secretRows(newDetails(before, after)).map(row)),
    ...(asks && (entered || offers) ? nextCommands(after).map(row) : []),
  ];
}

function newDetails(
  before: OperationStatus | null,
  { details = {} }: OperationStatus,
): Readonly<Record<string, string>> {
  const isNew = ([name, value]: [string, string]) => before?.details?.[name] !== value;
  return Object.fromEntries(Object.entries(details).filter(isNew));
}

function hasMoved(before: OperationStatus | null, { name, state }: StepStatus): boolean {
  if (state === 'waiting') return false;
  return before?.steps.find((step) => step.name === name)?.state !== state;
}
