import type { Problem } from '../domain/failures.js';
import { nextMove, type FilesAtPress, type RestoreTarget } from '../domain/restore.js';
import type { Settled } from '../domain/trackers.js';
import { decide, look, putBack, readBack, type Restoring } from './after-restore.js';
import { bringBack, refusable, restoreFromSnapshot, restoreOnce, uploadCopy } from './restoring.js';
import type { Op } from './runbook.js';
import { problemOfSettled } from './tracking.js';
import { leaveUntouched } from './untouched.js';

const RESTORE = 'restore';

/**
 * Puts the data in and reads the site back; answers its details. What fails is decided by the step
 * that failed (B 2.5): again where that may help, else back to the safety copy, which ends the
 * operation; a person where there is none, or where it fails too.
 */
export async function putIn(
  op: Op,
  restoring: Restoring,
): Promise<Readonly<Record<string, string>>> {
  const { target, copy } = restoring;
  let files: FilesAtPress | Problem = await filesOf(op, target);
  op.enter('running');
  // A restore that runs cannot be stopped, and what was there is gone with its first seconds.
  op.pointOfNoReturn();
  for (let first = true; ; first = false) {
    const failed = 'type' in files ? files : await tryOut(op, target, files, first);
    if (failed === null) {
      const details = await readBack(op, restoring);
      if (details !== null) return details;
    } else if (copy !== null) {
      await putBack(op, restoring, copy, failed);
    } else {
      await decide(op, restoring, failed);
    }
    op.enter('running');
    // What was uploaded may be gone by now: Press keeps it for a day (B 3.3).
    files = await refusable(() => filesOf(op, target));
  }
}

/** The files at Press; those of a vault copy are uploaded for it. @throws GoBack */
function filesOf(op: Op, { from, parts }: RestoreTarget): Promise<FilesAtPress> {
  if (from.kind === 'copy') return uploadCopy(op, 'upload', from.handle, parts);
  return Promise.resolve(from.kind === 'files' ? from.files : {});
}

/** Tries until it succeeds (null), or nothing is left to try. Ends the operation when nothing was done. */
async function tryOut(
  op: Op,
  target: RestoreTarget,
  files: FilesAtPress,
  first: boolean,
): Promise<Problem | null> {
  const { site, from } = target;
  const steps: string[] = [];
  let skipsPatches = target.skipFailingPatches;
  for (;;) {
    const tried = { steps, skipsPatches, maySkipPatches: target.maySkipFailingPatches };
    const settled =
      from.kind === 'snapshot'
        ? await restoreFromSnapshot(op, RESTORE, { site, backup: from.backup })
        : await restoreOnce(op, RESTORE, { site, files, skipFailingPatches: skipsPatches });
    if (settled.outcome === 'success') {
      await serve(op, target, settled, skipsPatches);
      return null;
    }
    const problem = problemOfSettled(RESTORE, settled);
    const move = nextMove(settled, tried);
    if (first && steps.length === 0) await endIfNothingWasDone(op, target, settled, problem);
    if (move !== 'again' && move !== 'again_skipping_patches') return problem;
    steps.push(settled.evidence.step ?? '');
    skipsPatches ||= move === 'again_skipping_patches';
    op.mark(RESTORE, 'running', `${problem.message}; ${move.replaceAll('_', ' ')}`);
  }
}

/** Puts the site back into service, and tells what was left out by the way. */
async function serve(
  op: Op,
  target: RestoreTarget,
  settled: Settled,
  skipsPatches: boolean,
): Promise<void> {
  // Where that fails the data is right all the same: verification shows it to a person.
  await bringBack(op, target.site, { status: target.statusBefore }, settled);
  if (skipsPatches && !target.skipFailingPatches) {
    op.giveUp(RESTORE, 'patches that failed were left out');
  }
}

/** A first try that changed nothing at all is the end of it: refused, or never delivered. */
async function endIfNothingWasDone(
  op: Op,
  { site, from, statusBefore }: RestoreTarget,
  settled: Settled,
  problem: Problem,
): Promise<void> {
  const move = nextMove(settled, { steps: [], skipsPatches: true, maySkipPatches: false });
  if (move === 'refused') {
    op.goBack({ ...problem, type: 'Refused', message: settled.evidence.output ?? problem.message });
  }
  const now = move === 'untouched' || from.kind === 'snapshot' ? await look(op, site) : null;
  // A physical restore that fails early leaves the site Active, as one that succeeds (B 2.6).
  if (now === null || (move !== 'untouched' && now.status !== 'Active')) return;
  return leaveUntouched(
    op,
    { site, statusBefore },
    { ...problem, message: `${problem.message}; ${site} is as it was` },
  );
}
