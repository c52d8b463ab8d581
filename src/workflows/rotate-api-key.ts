import type { RotateApiKeyInput } from '../domain/inputs.js';
import type { SignOfLife } from '../domain/maplepress.js';
import type { OperationResult } from '../domain/operations.js';
import { awaitSignOfLife, planKeyRotation } from './activities.js';
import { GivenUp } from './failures.js';
import {
  abandonDeleted,
  makeKey,
  REPLACED,
  toldOf,
  type WaitingKey,
  wipe,
} from './maplepress-key.js';
import { operation } from './operation.js';
import type { Op } from './runbook.js';

const SIGN_OF_LIFE = 'sign of life';

/**
 * Gives a WordPress site another API key. The old one is refused from the same moment.
 *
 * 1. rotate key      point of no return       answer lost: told by the last four characters, and
 *                                             rotated again, because nobody can read that key
 * 2. sign of life    the owner enters the     reminders; none in time: "not seen yet", a quiet site
 *                    key in the plugin        shows none
 */
export async function rotateApiKey(input: RotateApiKeyInput): Promise<OperationResult> {
  return operation('maplepress-rotate-key', input, planKeyRotation, async (op, plan) => {
    const { id, domain, keyLastFour, patienceMs } = plan.material.target;
    op.remember({ registration: id });
    op.pointOfNoReturn();
    const key = await makeKey(op, { id, domain, keyLastFour, receiver: input.receiver });
    op.remember({
      rotatedAt: key.rotatedAt,
      ...(key.because.length > 0 && {
        rotations: `${key.because.length + 1}: ${key.because.join('; ')}`,
      }),
    });
    const plugin = await signOfLife(op, { account: input.account, id, domain, key, patienceMs });
    return op.succeed({ plugin });
  });
}

/** Waits for the plugin; reminds people that somebody has to claim the key, and to enter it. */
async function signOfLife(
  op: Op,
  {
    account,
    id,
    domain,
    key: { handle, lastFour, traces },
    patienceMs,
  }: {
    readonly account: string;
    readonly id: string;
    readonly domain: string;
    readonly key: WaitingKey;
    readonly patienceMs: number;
  },
): Promise<string> {
  const deadline = Date.now() + patienceMs;
  const key = { handle, lastFour };
  for (let reminders = 1; ; reminders += 1) {
    const sign = await seen(op, { account, id, domain, traces, key, deadline });
    if (typeof sign === 'string') return unseen(op, sign);
    if (sign.plugin === 'gone') return abandonDeleted(op, domain);
    if (sign.plugin === 'replaced') {
      await wipe(op, { domain, kind: 'api_key' });
      op.abandon(`the key was ${REPLACED}`);
    }
    if (sign.plugin === 'seen') {
      op.mark(SIGN_OF_LIFE, 'done', 'the plugin works with the new key');
      return 'seen';
    }
    const message = `the plugin has not been seen since; ${toldOf(op, sign.key)}`;
    await op.tell(`unseen/${reminders}`, { type: 'TimedOut', step: SIGN_OF_LIFE, message });
    if (Date.now() >= deadline) return unseen(op, message);
  }
}

/** No verdict: a site that nobody visits shows no sign of life either. */
function unseen(op: Op, why: string): string {
  op.giveUp(SIGN_OF_LIFE, `not seen yet: ${why}`);
  return 'not seen yet';
}

/** Or why a person does not want to wait any more. */
async function seen(op: Op, args: Parameters<typeof awaitSignOfLife>[0]) {
  try {
    const goesOn = ({ plugin }: SignOfLife) => plugin === 'unseen';
    return await op.awaitReady(SIGN_OF_LIFE, awaitSignOfLife, args, args.deadline, goesOn);
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
    return error.message;
  }
}
