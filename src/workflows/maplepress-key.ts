import { detailOf } from '../domain/hand-over.js';
import {
  type KeyState,
  type Receiver,
  ROTATE,
  type StoredKey,
  type WipeSecretsArgs,
} from '../domain/maplepress.js';
import { readRegistration, rotateKey, wipeSecrets } from './activities.js';
import { GoBack } from './failures.js';
import type { Op, Running } from './runbook.js';

/** A key that waits for its receiver, and is the valid one. */
export interface WaitingKey extends StoredKey {
  /** ISO time. */
  readonly rotatedAt: string;
  /** Of the plugin, right after the rotation. */
  readonly traces: string;
  /** Why the keys before were of no use to anybody, one by one. */
  readonly because: readonly string[];
}

/** Rotations whose answers are lost one after the other, before a person is asked. */
const MOST_ROTATIONS = 5;
/** As long as this stands in the result, the site is cut off. */
const NOBODY_HAS_IT = 'nobody has it: the plugin is refused until another rotation';

/**
 * Has keys made until one waits for its receiver and is the valid one: one, and another for each that was
 * lost with its answer or replaced before anybody could have it. What was overtaken is wiped.
 */
export async function makeKey(
  op: Op,
  registration: {
    readonly id: string;
    readonly domain: string;
    readonly keyLastFour: string;
    readonly receiver: Receiver | undefined;
  },
): Promise<WaitingKey> {
  const { id, domain, receiver } = registration;
  let before = registration.keyLastFour;
  const because: string[] = [];
  for (;;) {
    const made = await orAsk(op, { id, domain, because }, () =>
      op.command(ROTATE, rotateKey, {
        id,
        domain,
        before,
        ...(receiver !== undefined && { receiver }),
      }),
    );
    if (made === null) continue;
    const { tracker } = made.sent;
    if (tracker.kind !== 'api-key') throw new Error('a rotation answers a key');
    const { handle, keyLastFour, rotatedAt } = tracker;
    // Told before anything else: whatever comes next, somebody waits for it.
    op.remember({ [detailOf('api_key')]: handle ?? '', key: handle === null ? NOBODY_HAS_IT : '' });
    const standing = await op.read(ROTATE, readRegistration, { id, domain });
    if (standing.state === 'gone') return abandonDeleted(op, domain);
    if (handle !== null && standing.keyLastFour === keyLastFour) {
      op.mark(ROTATE, 'done', `the key ends in ${keyLastFour}`);
      return { handle, lastFour: keyLastFour, rotatedAt, traces: standing.traces, because };
    }
    before = standing.keyLastFour;
    const why =
      handle === null
        ? `the answer with the key ending in ${keyLastFour} was lost`
        : `the key ending in ${keyLastFour} was replaced by one ending in ${before}`;
    because.push(why);
    op.mark(ROTATE, 'running', `${why}: another one is made`);
    if (because.length % MOST_ROTATIONS !== 0) continue;
    await op.ask({ type: 'OutcomeUnknown', step: ROTATE, message: `${why}, again and again` }, [
      'retry',
    ]);
  }
}

/**
 * A rotation that is refused has changed nothing; but one before it may have, and then to leave it at
 * that is for a person to say. Null when they want another one.
 */
async function orAsk(
  op: Op,
  { id, domain, because }: { id: string; domain: string; because: readonly string[] },
  rotate: () => Promise<Running>,
): Promise<Running | null> {
  try {
    return await rotate();
  } catch (error) {
    const why = because.at(-1);
    // Any other is the verdict of a person.
    const isRefused = error instanceof GoBack && error.problem.type === 'Refused';
    if (!isRefused || why === undefined) throw error;
    const standing = await op.read(ROTATE, readRegistration, { id, domain });
    if (standing.state === 'gone') return abandonDeleted(op, domain);
    const message = `${why}, and another one was refused: ${error.message}`;
    const choice = await op.ask({ ...error.problem, message }, ['retry', 'abandon']);
    if (choice === 'abandon') op.abandon(message);
    return null;
  }
}

/** Why the valid key is not the one that waits: nobody here can read that one. */
export const REPLACED = 'replaced by another one meanwhile, and not by this operation';

/** Ends an operation whose registration somebody has deleted; what waits of it is wiped. */
export async function abandonDeleted(op: Op, domain: string): Promise<never> {
  await wipe(op, { domain });
  return op.abandon('the registration was deleted meanwhile');
}

/** Wipes what opens nothing any more, and tells of it no longer. */
export async function wipe(op: Op, what: Omit<WipeSecretsArgs, 'account'>): Promise<void> {
  await op.read('wipe', wipeSecrets, what);
  forget(op, what.kind);
}

/** The result does not tell any more where secrets wait: they are wiped. */
function forget(op: Op, kind?: 'api_key'): void {
  op.remember({
    [detailOf('api_key')]: '',
    key: '',
    ...(kind === undefined && { [detailOf('verification_token')]: '' }),
  });
}

/** What a reminder says of a key. Without its handle: it goes into logs, and who reads it may claim. */
export function toldOf(op: Op, key: KeyState | null): string {
  if (key === 'claimed') return 'the key was claimed';
  if (key === 'waits')
    return `nobody has claimed the key; where it waits: npx sitewright status ${op.operationId}`;
  return 'nobody has the key: only a rotation makes another';
}
