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
  let contradictions = 0;
  for (let reminders = 1; ; reminders += 1) {
    const { standing, contradicts } = await standingOf(
      op,
      { account, site, deadline },
      { unused, distance: Math.min(2 ** contradictions, MOST_DISTANT) },
    );
    if (contradicts) contradictions += 1;
    if (standing === 'transferred') return op.mark(CONFIRMATION, 'done', `${site} is ours no more`);
    if (standing === 'gone') op.abandon(`there is no site ${site} any more`);
    const message = standing === 'unknown' ? UNKNOWN : unused;
    const problem: Problem = { type: 'TimedOut', step: CONFIRMATION, message };
    if (Date.now() < deadline) {
      const until = new Date(deadline).toISOString();
      const told = { ...problem, message: `${message}; it is waited for until ${until}` };
      const key = `unconfirmed/${reminders}`;
      // No reminder was due: readings that contradict each other come as often as one looks.
      if (contradicts) await op.remind(key, told);
      else await op.tell(key, told);
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

/** How far apart two looks are at most, against the first time: some hours. */
const MOST_DISTANT = 64;

/**
 * One reading does not make it theirs: a refusal of Press may pass. The second look is further away
 * each time that it contradicted the first, or weeks of that would be more than a history holds.
 */
async function standingOf(
  op: Op,
  args: Look,
  { unused, distance }: { readonly unused: string; readonly distance: number },
): Promise<{ readonly standing: TransferStanding; readonly contradicts: boolean }> {
  const first = await look(op, args, unused);
  if (first !== 'transferred') return { standing: first, contradicts: false };
  await orAbandon(op, unused, () => op.letPass('a second look', distance));
  const standing = await look(op, { ...args, deadline: Date.now() }, unused);
  return { standing, contradicts: standing !== 'transferred' };
}

const look = (op: Op, args: Look, unused: string): Promise<TransferStanding> =>
  orAbandon(op, unused, () =>
    op.awaitReady(CONFIRMATION, awaitTransfer, args, args.deadline, isOpen),
  );

const isOpen = (standing: TransferStanding): boolean =>
  standing === 'unconfirmed' || standing === 'unknown';

async function orAbandon<T>(op: Op, unused: string, wait: () => Promise<T>): Promise<T> {
  try {
    return await wait();
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
    return op.abandon(`${error.message}: ${unused}`);
  }
}
