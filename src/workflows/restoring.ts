import type { CommandArgs } from '../domain/activity-types.js';
import type { Problem } from '../domain/failures.js';
import {
  nextMove,
  partsToRestore,
  REFUSED,
  type FilesAtPress,
  type SiteStanding,
} from '../domain/restore.js';
import { COPY_FILE_KINDS, type CopyFileKind, type SafetyCopy } from '../domain/safety-copy.js';
import type { Sent, Settled } from '../domain/trackers.js';
import {
  activateSite,
  awaitServed,
  checkCopy,
  deactivateSite,
  findOffsiteFiles,
  lookAtSite,
  restoreFiles,
  restoreSnapshot,
  uploadCopyFile,
} from './activities.js';
import { GoBack } from './failures.js';
import type { Activity, Op } from './runbook.js';

/** A copy, and where it goes. */
export interface CopyToRestore {
  readonly site: string;
  readonly copy: SafetyCopy;
  readonly skipFailingPatches?: boolean;
  /** Only these; default: everything the copy has. The configuration comes with the database. */
  readonly parts?: readonly CopyFileKind[];
}

const RESYNC = 're-sync';

/**
 * Puts a copy back: uploads it to Press when it lies in the vault, restores, waits, and sees that
 * the site is served again. Downloads that fail get fresh links, once. Never throws for a job that
 * failed, nor for a refusal: both are answered, the latter with the status `REFUSED`. Success means
 * that the job succeeded, the site is Active, and no maintenance page is left in front of it.
 */
export async function restoreCopy(
  op: Op,
  step: string,
  { site, copy, skipFailingPatches = false, parts = COPY_FILE_KINDS }: CopyToRestore,
): Promise<Settled> {
  const wanted = partsToRestore(copy.parts, parts);
  return answered(async () => {
    const before = await op.read(step, lookAtSite, { site });
    const files =
      copy.where === 'vault'
        ? await uploadCopy(op, step, copy.handle, wanted)
        : await op.read(step, findOffsiteFiles, {
            site: copy.site,
            backup: copy.handle,
            parts: wanted,
          });
    const steps: string[] = [];
    for (;;) {
      const settled = await restoreOnce(op, step, { site, files, skipFailingPatches });
      if (settled.outcome === 'success') return bringBack(op, site, before, settled);
      const tried = { steps, skipsPatches: skipFailingPatches, maySkipPatches: false };
      if (nextMove(settled, tried) !== 'again') return settled;
      steps.push(settled.evidence.step ?? '');
    }
  });
}

/**
 * Uploads files of a vault copy, once all of it has been read and found whole.
 *
 * @throws GoBack `Refused` for a copy that is damaged, or not there
 */
export async function uploadCopy(
  op: Op,
  step: string,
  handle: string,
  parts: readonly CopyFileKind[],
): Promise<FilesAtPress> {
  const problems = await op.read(step, checkCopy, { handle });
  if (problems.length > 0) {
    const message = `the copy ${handle} is damaged: ${problems.join('; ')}`;
    op.goBack({ type: 'Refused', step, message });
  }
  const files: Partial<Record<CopyFileKind, string>> = {};
  for (const kind of parts) {
    op.mark(step, 'running', `uploading ${kind}`);
    files[kind] = await op.read(step, uploadCopyFile, { handle, kind });
  }
  op.mark(step, 'done', parts.join(', '));
  return files;
}

/** One try with files that lie at Press; a refusal is answered, too. */
export function restoreOnce(
  op: Op,
  step: string,
  args: {
    readonly site: string;
    readonly files: FilesAtPress;
    readonly skipFailingPatches: boolean;
  },
): Promise<Settled> {
  return settledBy(op, step, restoreFiles, args);
}

/** One try with a disk snapshot. */
export function restoreFromSnapshot(
  op: Op,
  step: string,
  args: { readonly site: string; readonly backup: string },
): Promise<Settled> {
  return settledBy(op, step, restoreSnapshot, args);
}

/**
 * After a success: what was Inactive is Active at Press only, and what is still in maintenance has
 * to be switched off and on (B 2.5), twice where a job of it fails (B 6). Answers a failure when the
 * site cannot be served.
 */
export async function bringBack(
  op: Op,
  site: string,
  before: Pick<SiteStanding, 'status'>,
  restored: Settled,
): Promise<Settled> {
  const after = await op.read(RESYNC, awaitServed, { site });
  if (before.status !== 'Inactive' && after.served) {
    op.mark(RESYNC, 'done', 'not needed');
    return restored;
  }
  const first = await resync(op, RESYNC, site);
  const settled = first.outcome === 'success' ? first : await resync(op, RESYNC, site);
  if (settled.outcome === 'success') return restored;
  const why = settled.evidence.output ?? settled.evidence.status ?? 'no reason given';
  const output = `restored, but ${site} cannot be put back into service: ${why}`;
  return { ...settled, outcome: 'failure', evidence: { ...settled.evidence, output } };
}

/**
 * Switches a site off and on again, which tells server and proxy what Press believes (B 2.5).
 * Answers how the last of the two ended; both are done even when the first fails.
 */
export async function resync(op: Op, step: string, site: string): Promise<Settled> {
  const off = await settledBy(op, `${step} off`, deactivateSite, { site });
  if (off.evidence.status === REFUSED) return off;
  const on = await settledBy(op, `${step} on`, activateSite, { site });
  op.mark(step, on.outcome === 'success' ? 'done' : 'failed');
  return on;
}

/** Sends a command and waits; whatever Press makes of it is answered. */
export function settledBy<Args extends CommandArgs>(
  op: Op,
  step: string,
  activity: Activity<Args, Sent>,
  args: Omit<Args, keyof CommandArgs>,
): Promise<Settled> {
  return answered(async () => op.outcomeOf(await op.command(step, activity, args)));
}

/** A refusal as a settled failure. */
async function answered(work: () => Promise<Settled>): Promise<Settled> {
  const settled = await refusable(work);
  if (!('type' in settled)) return settled;
  const evidence = { status: REFUSED, output: settled.message };
  return { state: 'settled', outcome: 'failure', evidence };
}

/** A refusal as an answer, where the operation has more to do than to end by it. */
export async function refusable<T>(work: () => Promise<T>): Promise<T | Problem> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GoBack && error.problem.type === 'Refused') return error.problem;
    throw error;
  }
}
