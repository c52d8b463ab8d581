import type { SafetyCopy } from '../domain/safety-copy.js';
import type { SiteState } from '../domain/site-changes.js';
import { switchOff } from './after-restore.js';
import { restoreCopy } from './restoring.js';
import type { Op } from './runbook.js';
import { problemOfSettled } from './tracking.js';

/** What is put back: `restore_forward` leaves out patches that fail. */
export type PuttingBack = 'restore' | 'restore_forward';

/** A site that something has broken. */
export interface Broken {
  readonly site: string;
  readonly before: Pick<SiteState, 'status'>;
  readonly maySkipPatches: boolean;
}

/**
 * Restores the copy, and asks again for as long as that fails; a site that was Inactive is switched
 * off again. Answers how it was restored, or null when a person says `accept`: it was repaired by
 * hand, and is to be looked at. `retry` restores once more, the same way.
 */
export async function restoreUntilDone(
  op: Op,
  { site, before, maySkipPatches }: Broken,
  copy: SafetyCopy,
  asked: PuttingBack,
): Promise<PuttingBack | null> {
  let how = asked;
  for (;;) {
    const step = how.replace('_', ' ');
    op.enter('running');
    const skipFailingPatches = how === 'restore_forward';
    const settled = await restoreCopy(op, step, { site, copy, skipFailingPatches });
    if (settled.outcome === 'success') break;
    const problem = problemOfSettled(step, settled);
    const other: PuttingBack = skipFailingPatches ? asked : 'restore_forward';
    const others = other !== how && maySkipPatches ? [other] : [];
    const choice = await op.ask(problem, ['retry', ...others, 'accept', 'abandon']);
    if (choice === 'abandon') op.abandon(problem.message);
    if (choice === 'accept') return null;
    if (choice === other) how = other;
  }
  if (how === 'restore_forward') op.giveUp('restore', 'patches that failed were left out');
  if (before.status === 'Inactive') await switchOff(op, site);
  return how;
}
