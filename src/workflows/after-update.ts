import type { Verification } from '../domain/activity-types.js';
import type { Problem } from '../domain/failures.js';
import type { Choice } from '../domain/messages.js';
import type { SafetyCopy } from '../domain/safety-copy.js';
import type { SiteChange, SiteState, Standing } from '../domain/site-changes.js';
import type { Settled, Tracker } from '../domain/trackers.js';
import { readUpdateStanding, verifySite } from './activities.js';
import { type PuttingBack, restoreUntilDone } from './putting-back.js';
import type { Finish, Op, Running } from './runbook.js';
import { evidenceOf, problemOfSettled } from './tracking.js';

/** An update that has come to rest, and what there is to go back by. */
export interface Ended {
  readonly account: string;
  readonly change: SiteChange;
  readonly running: Running;
  readonly settled: Settled;
  readonly copy: SafetyCopy | null;
}

/**
 * What follows an update or upgrade by the way it ended (C 2.1, D 2.2):
 *
 * - success: it is read back
 * - recovered by Press, cancelled there, never delivered: it is as before; that is read back
 * - fatal: where the site stands decides, see {@link afterFatal}
 */
export async function afterUpdate(op: Op, ended: Ended): Promise<Finish> {
  const { change, running, settled } = ended;
  if (settled.outcome === 'success') {
    const { details } = await verifyAs(op, ended, change.after, change.before.bench);
    return op.succeed(details);
  }
  if (settled.outcome === 'fatal') return afterFatal(op, ended);
  await verifyAs(op, ended, change.before);
  return op.goBack(problemOfSettled(running.step, settled));
}

/**
 * Fatal: Press could not put it back. On the bench it came from, the copy is restored and the
 * operation has gone back. On the new one a restore migrates to the new version, so that there is no
 * way back: a person chooses to go forward, or to leave it. Looks again after every deed, because
 * people and Frappe's support act meanwhile.
 */
async function afterFatal(op: Op, ended: Ended): Promise<Finish> {
  const { change, running, settled, copy } = ended;
  const failed = problemOfSettled(running.step, settled);
  for (let restored = false; ;) {
    const standing: Standing = await look(op, ended);
    if (standing.sound && standing.where === 'source') {
      await verifyAs(op, ended, change.before);
      op.goBack(failed);
    }
    if (standing.sound && standing.where === 'destination') {
      op.giveUp(running.step, `restored on the new bench, because ${failed.message}`);
      const { details } = await verifyAs(op, ended, change.after, change.before.bench);
      return op.succeed(details);
    }
    // By itself once only: a restore that leaves it unsound is for a person to look at.
    const backward: boolean =
      standing.where === 'source' && standing.moves.length === 0 && !restored;
    const doing: PuttingBack | 'retry' =
      backward && copy !== null ? 'restore' : await askWhat(op, ended, standing);
    if (doing === 'retry' || copy === null) continue;
    await restoreUntilDone(op, change, copy, doing);
    restored = true;
  }
}

/** The step by its tracker; an update is the only thing that ends fatally. */
const updateOf = (tracker: Tracker): string =>
  tracker.kind === 'site-update' ? tracker.update : '';

async function look(op: Op, { change, running }: Ended): Promise<Standing> {
  const step = 'look where it stands';
  const { site, before } = change;
  const update = updateOf(running.sent.tracker);
  const standing = await op.read(step, readUpdateStanding, { site, update, before });
  op.mark(step, 'done', standing.says);
  return standing;
}

/** What nobody can decide without a person. */
async function askWhat(
  op: Op,
  { change, running, settled, copy }: Ended,
  standing: Standing,
): Promise<PuttingBack | 'retry'> {
  const failed = problemOfSettled(running.step, settled);
  const parts = [
    failed.message,
    whatIsSo(standing),
    ...(standing.moves.length > 0
      ? [`moves wait, cancel them first: ${standing.moves.join(', ')}`]
      : []),
    ...(copy === null ? ['there is no copy of it'] : []),
  ];
  const problem: Problem = {
    ...failed,
    message: parts.join('; '),
    evidence: { ...failed.evidence, ...evidenceOf(standing.evidence) },
  };
  const choice = await op.ask(problem, choicesAt(standing, change, copy));
  if (choice === 'abandon') op.abandon(problem.message);
  return choice === 'restore' || choice === 'restore_forward' ? choice : 'retry';
}

/** A move that waits would carry a restored site away (observed-2 3). */
function choicesAt(
  { where, moves }: Standing,
  { maySkipPatches }: SiteChange,
  copy: SafetyCopy | null,
): readonly Choice[] {
  const usual: readonly Choice[] = ['retry', 'abandon'];
  if (copy === null || moves.length > 0) return usual;
  if (where === 'source') return ['restore', ...usual];
  return where === 'destination' && maySkipPatches ? ['restore_forward', ...usual] : usual;
}

function whatIsSo({ where, says }: Standing): string {
  const words = {
    source: 'it stands where it stood before',
    destination: 'it stands on the new bench, where a restore leads forward, never back',
    unknown: 'nothing tells on which bench it stands',
  };
  return `${words[where]} (${says})`;
}

/** Reads it back; until it is so, a person decides. */
export function verifyAs(
  op: Op,
  { account, change }: Pick<Ended, 'account' | 'change'>,
  is: SiteState,
  left?: string | null,
): Promise<Verification> {
  const { site, apps, httpProbe } = change;
  return op.verify(verifySite, (deadline) => ({
    account,
    site,
    is,
    ...(left && { left }),
    apps,
    httpProbe,
    deadline,
  }));
}
