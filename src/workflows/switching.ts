import type { SwitchTarget } from '../domain/archiving.js';
import type { Settled } from '../domain/trackers.js';
import { activateSite, deactivateSite, verifySite } from './activities.js';
import { settledBy } from './restoring.js';
import type { Finish, Op } from './runbook.js';
import { problemOfSettled } from './tracking.js';

const COMMAND = {
  Active: { step: 'activate', activity: activateSite },
  Inactive: { step: 'deactivate', activity: deactivateSite },
} as const;
const OPPOSITE = { Active: 'Inactive', Inactive: 'Active' } as const;

/**
 * Switches a site on or off and reads it back. Press changes the status before a server is asked and
 * refuses to repeat it, so that after a job that failed only the opposite tells the servers anything
 * (B 4.3, B 4.4): it ends `rolled_back` then.
 */
export async function switchSite(op: Op, account: string, target: SwitchTarget): Promise<Finish> {
  const { site, from, to, httpProbe } = target;
  op.pointOfNoReturn();
  const { step, activity } = COMMAND[to];
  let settled = await op.outcomeOf(await op.command(step, activity, { site }));
  for (let asked = false; isStillBroken(settled); asked = true) {
    // The first has put the site back on the proxy: often it answers now (B 4.4).
    if (asked) await retryOrAbandon(op, step, settled);
    settled = await settledBy(op, step, activity, { site });
  }
  if (settled.outcome !== 'success') await switchBack(op, target, settled);
  const is = { status: to, version: null, group: null, bench: null };
  const { details } = await op.verify(verifySite, (deadline) => ({
    account,
    site,
    is,
    apps: [],
    httpProbe,
    // A site that an update has marked as fatal may be switched off, and stays marked.
    ignoresMarks: to === 'Inactive',
    deadline,
  }));
  return op.succeed({ ...details, before: from });
}

/** Press pings a Broken site, and leaves it Broken when it does not answer. */
const isStillBroken = ({ outcome, evidence }: Settled): boolean =>
  outcome === 'failure' && evidence.status === 'Broken';

/** Once more is off and on, or on and off: Press repeats nothing. */
async function switchBack(op: Op, { site, from, to }: SwitchTarget, failed: Settled) {
  const back = COMMAND[OPPOSITE[to]];
  for (;;) {
    const settled = await settledBy(op, back.step, back.activity, { site });
    if (settled.outcome === 'success') break;
    await retryOrAbandon(op, back.step, settled);
    await settledBy(op, COMMAND[to].step, COMMAND[to].activity, { site });
  }
  if (from === 'Broken') op.giveUp('status', `it was Broken, and is ${OPPOSITE[to]} now`);
  op.goBack(problemOfSettled(COMMAND[to].step, failed));
}

async function retryOrAbandon(op: Op, step: string, settled: Settled): Promise<void> {
  const problem = problemOfSettled(step, settled);
  if ((await op.ask(problem, ['retry', 'abandon'])) === 'abandon') op.abandon(problem.message);
}
