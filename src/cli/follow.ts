import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WorkflowFailedError } from '@temporalio/client';
import { CancelledFailure, TerminatedFailure, TimeoutFailure } from '@temporalio/common';
import type { OperationName, Sitewright } from '../client.js';
import { isOutcome, type OperationResult } from '../domain/operations.js';
import type { OperationStatus } from '../domain/status.js';
import { Unreachable } from '../errors.js';
import { createRuns } from '../temporal/runs.js';
import { Interrupted } from './errors.js';
import { aborted } from './interrupt.js';

/** A restarted worker or server is back long before this. */
const PATIENCE_MS = 5 * 60_000;
const TRY_AGAIN_MS = 1_000;

/** What is known of an operation at the end of looking at it. */
export interface Seen {
  readonly status: OperationStatus;
  /** Null while it is open. */
  readonly result: OperationResult | null;
  /** How Temporal ended its run without an outcome of ours; null when it did not (D 4.6). */
  readonly lost: string | null;
}

/** Somebody who is shown what happens. */
export interface Onlooker {
  show(status: OperationStatus): void;
  /** Nobody answers at the moment; what to do about it. */
  quiet(hint: string): void;
}

/** One look. */
export async function lookAt(client: Sitewright, operation: OperationName): Promise<Seen> {
  const status = await client.status(operation);
  if (isOutcome(status.state)) {
    return { status, result: await client.wait(status.operationId), lost: null };
  }
  const run = await createRuns(client.temporal).describe(status.workflowId);
  const lost = run.status === 'running' ? null : lossOf(run.status.replace('_', ' '));
  return { status, result: null, lost };
}

/**
 * Looks on until the operation has ended, or until `until` says that this is enough. Answers that
 * stay out for a while are waited for: what is watched goes on meanwhile.
 *
 * @throws Interrupted when the signal fires
 * @throws Unreachable when nobody has answered for five minutes
 */
export async function follow(
  client: Sitewright,
  operation: OperationName,
  onlooker: Onlooker,
  signal: AbortSignal,
  until: (status: OperationStatus) => boolean = needsPerson,
): Promise<Seen> {
  const enough = new AbortController();
  const stop = AbortSignal.any([signal, enough.signal]);
  // The SDK listens once more with every call of a long wait.
  setMaxListeners(0, stop);
  let status: OperationStatus | null = null;
  let heardAt = Date.now();
  const onProgress = (now: OperationStatus) => {
    status = now;
    heardAt = Date.now();
    onlooker.show(now);
    if (until(now)) enough.abort();
  };
  try {
    for (;;) {
      try {
        const waiting = client.wait(operation, onProgress, stop);
        const end = await Promise.race([waiting, aborted(stop)]);
        status ??= await client.status(operation);
        if (end !== undefined) return { status, result: end, lost: null };
      } catch (error) {
        if (error instanceof WorkflowFailedError) {
          status ??= await client.status(operation);
          return { status, result: null, lost: lossOf(endOf(error.cause)) };
        }
        if (!stop.aborted) {
          if (!(error instanceof Unreachable) || Date.now() - heardAt > PATIENCE_MS) throw error;
          onlooker.quiet(error.hint);
        }
      }
      if (enough.signal.aborted && status !== null) return { status, result: null, lost: null };
      if (signal.aborted) throw interruption(operation, status);
      await delay(TRY_AGAIN_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  } finally {
    enough.abort();
  }
}

/** What an operation waits for when there is no sense in looking on. */
function needsPerson({ state }: OperationStatus): boolean {
  return state === 'needs_human';
}

function endOf(cause: unknown): string {
  if (cause instanceof TerminatedFailure) return 'terminated';
  if (cause instanceof TimeoutFailure) return 'timed out';
  return cause instanceof CancelledFailure ? 'cancelled' : 'failed';
}

function lossOf(end: string): string {
  return end === 'missing'
    ? 'Temporal knows no run of it'
    : `its run was ${end === 'failed' ? 'ended by a defect' : end}, without an outcome`;
}

function interruption(operation: string, status: OperationStatus | null): Interrupted {
  const name = status?.site ?? operation;
  const on = status === null ? operation : `${status.site} --operation ${status.operationId}`;
  return new Interrupted(`${name} goes on without you`, `look again: npx sitewright watch ${on}`);
}
