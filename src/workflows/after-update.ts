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
  const { running, settled } = ended;
  if (settled.outcome === 'success') {
    const { details } = await verifyAt(op, ended, 'destination');
    return op.succeed(details);
  }
  if (settled.outcome === 'fatal') return afterFatal(op, ended);
  await verifyAt(op, ended, 'source');
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
  /** Null: repaired by hand, as a person says. */
  let done: PuttingBack | null | undefined;
  for (;;) {
    const standing: Standing = await look(op, ended);
    if (standing.sound && standing.where !== 'unknown') {
      const { details } = await verifyAt(op, ended, standing.where);
      if (done === null) op.abandon(`repaired by hand, because ${failed.message}`);
      if (standing.where === 'source') op.goBack(failed);
      const by = done === undefined ? 'brought to rest by somebody else' : 'restored';
      op.giveUp(running.step, `${by} on the new bench, because ${failed.message}`);
      return op.succeed(details);
    }
    // By itself once only: a restore that leaves it unsound is for a person to look at.
    const backward: boolean =
      standing.where === 'source' && standing.moves.length === 0 && done === undefined;
    const doing: PuttingBack | 'retry' =
      backward && copy !== null ? 'restore' : await askWhat(op, ended, standing);
    if (doing === 'retry' || copy === null) continue;
    done = await restoreUntilDone(op, change, copy, doing);
  }
}

/** As it was, or as it was to be. */
const verifyAt = (op: Op, ended: Ended, where: 'source' | 'destination') =>
  where === 'source'
    ? verifyAs(op, ended, ended.change.before)
    : verifyAs(op, ended, ended.change.after, ended.change.before.bench);

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
  if (choice === 'rebuild' && copy !== null) leaveToRebuild(op, change, copy, failed);
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
  if (where !== 'destination') return usual;
  const forward: readonly Choice[] = maySkipPatches ? ['restore_forward'] : [];
  // Archiving pushes older offsite backups out: only a copy in the vault outlives it.
  const rebuild: readonly Choice[] = copy.where === 'vault' ? ['rebuild'] : [];
  return [...forward, ...rebuild, ...usual];
}

/**
 * To make the site again where it was it has to be archived first: two operations, each with the
 * plan and the approvals of its own kind, for which this one gets out of the way.
 */
function leaveToRebuild(
  op: Op,
  { site, before }: SiteChange,
  { handle }: SafetyCopy,
  failed: Problem,
): never {
  const group = before.group === null ? '' : ` --group ${before.group}`;
  const commands = `sitewright archive ${site}, then sitewright unarchive ${site} --copy ${handle}${group}`;
  op.remember({ rebuild: commands });
  return op.abandon(`to be rebuilt (${commands}), because ${failed.message}`);
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
