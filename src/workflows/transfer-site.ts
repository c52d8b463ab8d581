import type { Problem } from '../domain/failures.js';
import type { TransferSiteInput } from '../domain/inputs.js';
import type { OperationResult } from '../domain/operations.js';
import type { TransferStanding, TransferTarget } from '../domain/transfers.js';
import { awaitTransfer, planTransfer, sendTransfer } from './activities.js';
import { GivenUp } from './failures.js';
import { operation } from './operation.js';
import type { Op } from './runbook.js';

const SEND = 'send request';
const CONFIRMATION = 'confirmation';

/**
 * Gives a site to another team. Press mails its owner a link, and knows no way to take it back.
 *
 * 1. send request    point of no return      answer lost: a person decides, it is never sent
 *                                            again by itself
 * 2. confirmation    somebody of that team   seen twice, at a distance; reminders; not in time, or
 *                    follows the link        given up: abandoned, and the link still works
 */
export async function transferSite(input: TransferSiteInput): Promise<OperationResult> {
  return operation('transfer', input, planTransfer, async (op, plan) => {
    const { target } = plan.material;
    op.pointOfNoReturn();
    await send(op, target);
    // From here on it is only looked at, for weeks perhaps: backups and all else go on meanwhile.
    await op.release([`site:${target.site}`]);
    await confirmed(op, input.account, target);
    for (const [what, why] of Object.entries(target.stays)) op.giveUp(what, why);
    return op.succeed({ to: target.to });
  });
}

/** Until an answer has come, or a person says that it was sent. */
async function send(op: Op, { site, to, reason }: TransferTarget): Promise<void> {
  for (;;) {
    const { sent } = await op.command(SEND, sendTransfer, { site, to, reason });
    if (sent.tracker.kind !== 'transfer-request' || sent.tracker.answered) break;
    const problem: Problem = {
      type: 'OutcomeUnknown',
      step: SEND,
      message:
        `the answer of Press is lost, and nothing there tells whether a link was mailed to ${to}: ` +
        'ask there. retry sends another one, and each of them works; accept says that it was sent',
    };
    const choice = await op.ask(problem, ['retry', 'accept', 'abandon']);
    if (choice === 'abandon') op.abandon(problem.message);
    if (choice === 'accept') break;
  }
  op.mark(SEND, 'done', `a link was mailed to ${to}`);
}

/** Waits for the receiver, and reminds people that somebody has to ask there. */
async function confirmed(op: Op, account: string, target: TransferTarget): Promise<void> {
  const { site, to, patienceMs } = target;
  const deadline = Date.now() + patienceMs;
  const unused = `${to} has not followed the link, which cannot be withdrawn and still works`;
  for (let reminders = 1; ; reminders += 1) {
    const standing = await standingOf(op, { account, site, deadline }, unused);
    if (standing === 'transferred') return op.mark(CONFIRMATION, 'done', `${site} is ours no more`);
    if (standing === 'gone') op.abandon(`there is no site ${site} any more`);
    const message = standing === 'unknown' ? UNKNOWN : unused;
    const problem: Problem = { type: 'TimedOut', step: CONFIRMATION, message };
    if (Date.now() < deadline) {
      const until = new Date(deadline).toISOString();
      await op.tell(`unconfirmed/${reminders}`, {
        ...problem,
        message: `${message}; it is waited for until ${until}`,
      });
    } else if (standing === 'unconfirmed') {
      op.abandon(`not confirmed in time: ${unused}`);
    } else if (await isSaidToBeTheirs(op, problem)) {
      return op.mark(CONFIRMATION, 'done', `${site} is ours no more, says a person`);
    }
  }
}

const UNKNOWN =
  'our key sees no more of the site, which the loss of a role or of the team brings about as well as ' +
  'a transfer: see to the key, or ask there. accept says that it is theirs, retry looks again';

/** What nobody can read is not claimed: a person has asked there, or has seen to the key. */
async function isSaidToBeTheirs(op: Op, problem: Problem): Promise<boolean> {
  const choice = await op.ask(problem, ['retry', 'accept', 'abandon']);
  if (choice === 'abandon') op.abandon(problem.message);
  return choice === 'accept';
}

interface Look {
  readonly account: string;
  readonly site: string;
  readonly deadline: number;
}

/** One reading does not make it theirs: a refusal of Press may pass. */
async function standingOf(op: Op, args: Look, unused: string): Promise<TransferStanding> {
  const standing = await look(op, args, unused);
  if (standing !== 'transferred') return standing;
  await op.letPass('a second look');
  return look(op, { ...args, deadline: Date.now() }, unused);
}

async function look(op: Op, args: Look, unused: string): Promise<TransferStanding> {
  try {
    return await op.awaitReady(CONFIRMATION, awaitTransfer, args, args.deadline);
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
    return op.abandon(`${error.message}: ${unused}`);
  }
}
