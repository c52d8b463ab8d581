import { detailOf } from '../domain/hand-over.js';
import {
  type KeyState,
  type Receiver,
  ROTATE,
  type StoredKey,
  type WipeSecretsArgs,
} from '../domain/maplepress.js';
import { readRegistration, rotateKey, wipeSecrets } from './activities.js';
import type { Op } from './runbook.js';

/** A key that waits for its receiver, and is the valid one. */
export interface WaitingKey extends StoredKey {
  /** ISO time. */
  readonly rotatedAt: string;
  /** Of the plugin, right after the rotation. */
  readonly traces: string;
  /** How many keys were made for it: more than one when answers were lost. */
  readonly rotations: number;
}

/** Rotations whose answers are lost one after the other, before a person is asked. */
const MOST_ROTATIONS = 5;

/**
 * Has keys made until one waits for its receiver and is the valid one: exactly as many as answers
 * were lost, plus one. A key nobody can read any more is replaced; one that was overtaken is wiped.
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
  for (let rotations = 1; ; rotations += 1) {
    const { sent } = await op.command(ROTATE, rotateKey, {
      id,
      domain,
      before,
      ...(receiver !== undefined && { receiver }),
    });
    if (sent.tracker.kind !== 'api-key') throw new Error('a rotation answers a key');
    const { handle, keyLastFour, rotatedAt } = sent.tracker;
    const standing = await op.read(ROTATE, readRegistration, { id });
    if (standing.state === 'gone') return abandonDeleted(op, domain);
    if (handle !== null && standing.keyLastFour === keyLastFour) {
      op.mark(ROTATE, 'done', `the key ends in ${keyLastFour}`);
      op.remember({ [detailOf('api_key')]: handle });
      return { handle, lastFour: keyLastFour, rotatedAt, traces: standing.traces, rotations };
    }
    before = standing.keyLastFour;
    const why =
      handle === null
        ? `the answer with the key ending in ${keyLastFour} was lost`
        : `the key ending in ${keyLastFour} was replaced by one ending in ${before}`;
    op.mark(ROTATE, 'running', `${why}: another one is made`);
    if (rotations % MOST_ROTATIONS !== 0) continue;
    await op.ask({ type: 'OutcomeUnknown', step: ROTATE, message: `${why}, again and again` }, [
      'retry',
    ]);
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
