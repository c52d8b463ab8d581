import type { Verification } from '../domain/activity-types.js';
import type { Problem } from '../domain/failures.js';
import type { MoveSiteInput } from '../domain/inputs.js';
import type { Choice } from '../domain/messages.js';
import type { MoveStanding, MoveTarget, Place } from '../domain/moves.js';
import type { OperationResult } from '../domain/operations.js';
import type { SafetyCopy } from '../domain/safety-copy.js';
import { activateSite, lookAtMove, planMove, startMove, verifyMove } from './activities.js';
import { operation } from './operation.js';
import { restoreUntilDone } from './putting-back.js';
import { settledBy } from './restoring.js';
import type { Op } from './runbook.js';
import { safetyCopy } from './safety-copy.js';
import { problemOfSettled } from './tracking.js';

const STEP = 'move';

/**
 * Moves a site to another server, bench group or region.
 *
 * 1. safety copy    of right now
 * 2. move           point of no return      where the site stands decides: as before, it has gone
 *                                           back; switched off there, it is activated; moved all
 *                                           the same, that is listed; else a person decides
 * 3. verify         place, Active, HTTP     else a person decides
 */
export async function moveSite(input: MoveSiteInput): Promise<OperationResult> {
  return operation('move', input, planMove, async (op, plan) => {
    const { target } = plan.material;
    const { site, to, skipFailingPatches } = target;
    const copy = await safetyCopy(op, site, target.copy);

    op.pointOfNoReturn();
    const running = await op.command(STEP, startMove, { site, to, skipFailingPatches });
    const settled = await op.outcomeOf(running);
    const { tracker } = running.sent;
    const action = tracker.kind === 'site-move' ? tracker.action : null;
    const of = { account: input.account, target, action };
    if (settled.outcome !== 'success') {
      await afterFailure(op, of, copy, problemOfSettled(STEP, settled));
    }
    const { details } = await verifyAt(op, of, target.after);
    return op.succeed(details);
  });
}

/** What is moved, and for whom. */
interface Moving {
  readonly account: string;
  readonly target: MoveTarget;
  /** Its Site Action; null when a person says that it is done. */
  readonly action: string | null;
}

/**
 * Press may have put the site back, left it switched off, or have moved it and failed over what comes
 * then (C 2.9). Returns only when it has moved. Looks again after every deed, because people and
 * Frappe's support act meanwhile.
 */
async function afterFailure(
  op: Op,
  of: Moving,
  copy: SafetyCopy | null,
  failed: Problem,
): Promise<void> {
  const { target } = of;
  for (let mended = false; ; mended = true) {
    const standing: MoveStanding = await look(op, of);
    if (standing.sound && standing.where === 'destination') {
      return op.giveUp(STEP, `it has moved, although Press says: ${failed.message}`);
    }
    if (standing.sound && standing.where === 'source') {
      await verifyAt(op, of, target.before);
      op.goBack(failed);
    }
    // By itself once only: what then is still unsound is for a person to look at.
    const remedy: Remedy | null = mended ? null : remedyFor(standing, copy);
    const doing: Remedy = remedy ?? (await askWhat(op, standing, copy, failed));
    if (doing === 'activate') await settledBy(op, doing, activateSite, { site: target.site });
    if (doing === 'restore' && copy !== null) await putBack(op, target, copy);
  }
}

/** `activate`: its data are as they were, it is only switched off. */
type Remedy = 'activate' | 'restore' | 'retry';

function remedyFor(
  { where, isOff, isBroken, isDropped, moves }: MoveStanding,
  copy: SafetyCopy | null,
): Remedy | null {
  if (where !== 'source' || moves.length > 0 || isDropped) return null;
  if (isOff) return 'activate';
  return copy === null || !isBroken ? null : 'restore';
}

async function putBack(op: Op, target: MoveTarget, copy: SafetyCopy): Promise<void> {
  const { site, maySkipPatches } = target;
  const broken = { site, maySkipPatches, before: { status: 'Active' } } as const;
  await restoreUntilDone(op, broken, copy, 'restore');
}

async function look(op: Op, { target, action }: Moving): Promise<MoveStanding> {
  const step = 'look where it stands';
  const { site, before, after } = target;
  const standing = await op.read(step, lookAtMove, { site, before, after, action });
  op.mark(step, 'done', standing.says);
  return standing;
}

/** What nobody can decide without a person. */
async function askWhat(
  op: Op,
  { where, moves, says, isDropped }: MoveStanding,
  copy: SafetyCopy | null,
  failed: Problem,
): Promise<Remedy> {
  const parts = [
    failed.message,
    `${PLACES[where]} (${says})`,
    ...(isDropped ? [DROPPED] : []),
    ...(moves.length > 0 ? [`moves wait, cancel them first: ${moves.join(', ')}`] : []),
    ...(copy === null ? ['there is no copy of it'] : []),
  ];
  const problem = { ...failed, message: parts.join('; ') };
  const mayRestore = copy !== null && moves.length === 0 && where !== 'unknown' && !isDropped;
  const choice = await op.ask(problem, [...(mayRestore ? RESTORE : []), 'retry', 'abandon']);
  if (choice === 'abandon') op.abandon(problem.message);
  return choice === 'restore' ? choice : 'retry';
}

const DROPPED =
  'it is not on its old server any more: do not activate it; archive and unarchive make it again ' +
  'from the copy';
const RESTORE: readonly Choice[] = ['restore'];
const PLACES = {
  source: 'it stands where it stood before',
  destination: 'it stands where it was to go',
  unknown: 'it stands neither where it stood nor where it was to go, or something holds it',
} as const;

/** Reads it back; until it is so, a person decides. */
function verifyAt(op: Op, { account, target }: Moving, is: Place): Promise<Verification> {
  const { site, plan, apps, httpProbe } = target;
  return op.verify(verifyMove, (deadline) => ({
    account,
    site,
    is,
    plan,
    apps,
    httpProbe,
    deadline,
  }));
}
