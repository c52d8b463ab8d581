import type { CommandKey } from '../domain/operations.js';
import type { Evidence, Sent, Tracker } from '../domain/trackers.js';
import type { CommandRow } from '../ledger/types.js';
import { hashOf } from '../schemas/hash.js';
import { backToIntended, refuse, settle } from './command-ends.js';
import type { ActivityDeps } from './deps.js';
import { Defect, NotYet, OutcomeUnknown, Refused } from './errors.js';
import { isProviderError, isRefusal, tellsOfAnEarlierSend } from './provider-errors.js';

/** What a look for an earlier send found (observed-2 1, lost-answer table). */
export type Located =
  | { readonly state: 'found'; readonly tracker: Tracker; readonly evidence: Evidence }
  | { readonly state: 'none' }
  /** There, but certainly not ours. */
  | { readonly state: 'foreign'; readonly reason: string }
  /** There, and it cannot be told whose it is. */
  | { readonly state: 'ambiguous'; readonly reason: string };

/** One remote effect: how to send it, and how to find out whether it was sent before. */
export interface RemoteCommand {
  readonly key: CommandKey;
  /** Whom it is sent to: evidence is dated by their clock. */
  readonly account: { readonly clock: { now(): number } };
  /** Method, for the ledger. */
  readonly endpoint: string;
  /** What is sent, without secrets: its hash guards against a changed repeat. */
  readonly payload: unknown;
  /**
   * `at_once`: the call has a natural key or is idempotent. `after_horizon`: two sends could both
   * take effect, so "not found" must be proven first (D 4.1).
   */
  readonly repeat: 'at_once' | 'after_horizon';
  /** The call commits in mid-request: an error is no proof that nothing happened (A 1.8). */
  readonly commitsEarly?: boolean;
  /** Only evidence younger than `since` (Press's clock, epoch ms) is ours. */
  locate(since: number): Promise<Located>;
  send(since: number): Promise<Tracker>;
}

/**
 * Makes one remote effect happen once, whatever crashes, times out or is sent twice (D 4.1): the
 * intent is written down, an earlier send is located before another, and of several attempts only
 * the newest may send. Neither Press nor MaplePress has idempotency keys.
 *
 * @throws Refused when the provider said no; OutcomeUnknown when nothing can prove what happened; NotYet
 * while an earlier send may still land, or when another attempt has taken over.
 */
export async function runCommand(deps: ActivityDeps, command: RemoteCommand): Promise<Sent> {
  const { ledger, timing } = deps;
  const { key, account } = command;
  const payloadHash = hashOf(command.payload);
  const row = await ledger.beginCommand(key, command.endpoint, payloadHash);
  if (row.state !== 'intended' && row.payloadHash !== payloadHash) {
    throw new Defect(`${key.step} was sent before with another payload`);
  }
  const ended = outcomeOf(row);
  if (ended !== null) return ended;
  if (row.state === 'sent') {
    const found = await resolveEarlierSend(deps, command, row);
    if (found !== null) return found;
  }

  const since = row.firstSentAt ?? account.clock.now();
  if (!(await ledger.claimCommand(key, row.attempt, since))) {
    throw new NotYet('another attempt of this command has taken over', timing.proofInterval);
  }
  const attempt = row.attempt + 1;
  try {
    return await settle(deps, command, attempt, 'sent', await command.send(since), {});
  } catch (error) {
    return afterFailedSend(deps, command, attempt, since, error);
  }
}

/**
 * Reads that belong to a send but follow its effect: when one fails, the effect has happened all
 * the same, and the next attempt finds it.
 */
export async function afterEffect<T>(deps: ActivityDeps, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isProviderError(error)) throw error;
    throw new NotYet(`sent, not read back yet: ${error.message}`, deps.timing.proofInterval / 10);
  }
}

/** What a command that has come to its end answers when asked again. */
function outcomeOf(row: CommandRow): Sent | null {
  if (row.state === 'settled' && row.tracker !== null) {
    return { tracker: row.tracker, how: 'recorded' };
  }
  if (row.state === 'refused')
    throw new Refused(typeof row.error === 'string' ? row.error : JSON.stringify(row.error));
  return null;
}

/**
 * An earlier send may have landed, may still land, or never will. Answers it when found, null
 * when it is proven absent.
 */
export async function resolveEarlierSend(
  deps: ActivityDeps,
  command: RemoteCommand,
  row: CommandRow,
): Promise<Sent | null> {
  const { ledger, timing } = deps;
  const { key } = command;
  const readStartedAt = Date.now();
  const located = await command.locate(row.firstSentAt ?? 0);
  if (located.state === 'found') {
    return settle(deps, command, row.attempt, 'adopted', located.tracker, located.evidence);
  }
  if (located.state === 'foreign') return refuse(deps, command, row.attempt, located.reason);
  if (located.state === 'ambiguous') throw new OutcomeUnknown(located.reason);
  if (command.repeat === 'at_once') return null;

  // A send without an end of contact died with its worker: from now on nobody is talking.
  const contactEndedAt = row.contactEndedAt ?? readStartedAt;
  if (row.contactEndedAt === null) await ledger.contactEnded(key, row.attempt, contactEndedAt);
  const elapsed = readStartedAt - contactEndedAt;
  if (elapsed < timing.horizon) {
    // Usually visible within a second, then ever less likely: the distance doubles.
    const next = Math.max(elapsed, timing.proofInterval / 10);
    throw new NotYet(
      'its answer was lost; it may still land',
      Math.min(next, timing.horizon - elapsed),
    );
  }
  const negative = await ledger.countNegativeRead(key, row.attempt);
  if (negative < 2) throw new NotYet('not found; looking once more', timing.proofInterval);
  return null;
}

async function afterFailedSend(
  deps: ActivityDeps,
  command: RemoteCommand,
  attempt: number,
  since: number,
  error: unknown,
): Promise<Sent> {
  const { ledger, timing } = deps;
  const { key } = command;
  if (error instanceof Refused) {
    await ledger.contactEnded(key, attempt, Date.now());
    return refuse(deps, command, attempt, error.message);
  }
  if (!isProviderError(error) || error.sent === 'maybe' || !error.ended) {
    if (isProviderError(error) && error.sent === 'no') {
      await backToIntended(deps, command, attempt, error.message);
      throw error;
    }
    const endedAt = isProviderError(error) ? (error.lastByteAt ?? Date.now()) : Date.now();
    await ledger.contactEnded(key, attempt, endedAt);
    if (!isProviderError(error)) throw error;
    throw new NotYet(`no answer (${error.code}); looking for it`, timing.proofInterval / 10);
  }

  // An answer came, so this request is over; but an error is no proof that nothing happened
  // (observed-2 6.1), and a refusal may be the echo of an earlier send of ours (A 1.9).
  await ledger.contactEnded(key, attempt, error.lastByteAt ?? Date.now());
  if (attempt > 1 || tellsOfAnEarlierSend(error) || command.commitsEarly) {
    const located = await command.locate(since);
    if (located.state === 'found') {
      return settle(deps, command, attempt, 'adopted', located.tracker, located.evidence);
    }
    if (located.state === 'foreign') return refuse(deps, command, attempt, located.reason);
    if (located.state === 'ambiguous') throw new OutcomeUnknown(located.reason);
  }
  if (isRefusal(error)) return refuse(deps, command, attempt, error.message);
  await backToIntended(deps, command, attempt, error.message);
  throw error;
}
