import { ActivityCancellationType, type ActivityOptions } from '@temporalio/workflow';
import { QUEUES } from '../domain/queues.js';

/** Nothing waits longer than this without a person: after Press's own 48 h sweep (C 10.2). */
const HARD_LIMIT = '50h';

/** Undo before command before poll, on the provider's rate-limited queue (D 2). */
const UNDO_FIRST = { priorityKey: 1 };
const THEN_COMMANDS = { priorityKey: 2 };
const THEN_POLLS = { priorityKey: 4 };

/** Ledger and policy: short transactions; retried for as long as the database is away. */
export const internal = {
  taskQueue: QUEUES.internal,
  startToCloseTimeout: '15s',
  retry: { initialInterval: '500ms', maximumInterval: '30s' },
} satisfies ActivityOptions;

/**
 * Reads at Press. Free to repeat; longer than the transport's limit for reads, times a few reads.
 * Heartbeats tell of a dead worker long before that.
 */
export const read = {
  taskQueue: QUEUES.frappeCloud,
  startToCloseTimeout: '2m',
  scheduleToCloseTimeout: HARD_LIMIT,
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
  priority: THEN_POLLS,
} satisfies ActivityOptions;

/**
 * A mutation at Press. Longer than the transport's limit for mutations, so that a send is over
 * before the next attempt looks for it; heartbeats tell of a dead worker long before that.
 */
export const command = {
  taskQueue: QUEUES.frappeCloud,
  startToCloseTimeout: '150s',
  scheduleToCloseTimeout: HARD_LIMIT,
  heartbeatTimeout: '10s',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1s', maximumInterval: '1m' },
  priority: THEN_COMMANDS,
} satisfies ActivityOptions;

/**
 * Whole files of a site: hours for large ones, and heartbeats all the while, each of which is a billed
 * action.
 */
export const transfer = {
  ...command,
  startToCloseTimeout: '24h',
  heartbeatTimeout: '20s',
} satisfies ActivityOptions;

/** Waits inside an activity by benign retries, which cost no history: DNS, verification. */
export const wait = {
  ...command,
  scheduleToCloseTimeout: undefined,
  priority: THEN_POLLS,
} satisfies ActivityOptions;

/** A compensation: waits for the remote side to come to rest, acts, and reads back. */
export const undo = { ...command, priority: UNDO_FIRST } satisfies ActivityOptions;

/**
 * The same at the other provider, which cannot be asked by domain: a list of 100,000 sites is 1,000 calls,
 * 5 a second, after another walk perhaps. Each call has its own limit, and heartbeats tell of a dead worker.
 */
export function atMaplePress(options: ActivityOptions): ActivityOptions {
  return { ...options, taskQueue: QUEUES.maplePress, startToCloseTimeout: '1h' };
}
