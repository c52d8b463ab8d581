import type { ArchiveSiteInput } from '../domain/inputs.js';
import type { OperationResult } from '../domain/operations.js';
import type { Evidence, Settled } from '../domain/trackers.js';
import { beginArchive, planArchive, verifyArchive } from './activities.js';
import { type Archiving, bringBack } from './failed-archive.js';
import { operation } from './operation.js';
import { settledBy } from './restoring.js';
import type { Op } from './runbook.js';
import { safetyCopy } from './safety-copy.js';
import { problemOfSettled } from './tracking.js';

/**
 * Takes a site away.
 *
 * 1. safety copy   a new one, into the vault; an older one is read through before it is relied on
 * 2. archive       point of no return           way back when it fails: activate once both jobs have
 *                                               ended; none when the site is dropped already
 * 3. verify        name gone, copy there        what is left at Press is told
 */
export async function archiveSite(input: ArchiveSiteInput): Promise<OperationResult> {
  return operation('archive', input, planArchive, async (op, plan) => {
    const { target } = plan.material;
    const { site, finalBackup } = target;
    const copy = await safetyCopy(op, site, target.copy);
    op.pointOfNoReturn();
    const { job = null } = await archive(op, { account: input.account, target, copy });
    const { details } = await op.verify(verifyArchive, (deadline) => ({
      account: input.account,
      site,
      job,
      finalBackup,
      copy: copy === null ? null : { where: copy.where, handle: copy.handle },
      deadline,
    }));
    return op.succeed(details);
  });
}

/** Archives until the site is gone; goes back when that has failed and the site is still there. */
async function archive(op: Op, archiving: Archiving): Promise<Evidence> {
  const { site, statusBefore, finalBackup } = archiving.target;
  const asked = { site, force: statusBefore === 'Broken', finalBackup };
  const running = await op.command('archive', beginArchive, asked);
  let settled = await op.outcomeOf(running);
  while (settled.outcome !== 'success') {
    const { standing } = settled.evidence;
    const failure = problemOfSettled('archive', settled).message;
    if (standing === 'intact' || standing === 'untouched') {
      return bringBack(op, archiving, settled);
    }
    if (standing === 'unfinished') {
      op.giveUp('archive', `${failure}; the site was dropped before`);
      break;
    }
    if (standing === 'not_dropped') {
      await decide(op, settled, NOT_DROPPED, 'accept');
      op.giveUp('archive', NOT_DROPPED);
      break;
    }
    const isDropped = standing === 'dropped';
    const means = standing === 'unknown' ? UNKNOWN : 'only support can help';
    await decide(op, settled, isDropped ? DROPPED : means, 'retry');
    settled = isDropped ? await archiveRest(op, site, settled) : await op.outcomeOf(running);
  }
  return settled.evidence;
}

const NOT_DROPPED =
  'Press calls it archived, but has no backup of it and has dropped nothing: its data is still on ' +
  'the server, where only support can remove it';
const UNKNOWN =
  'Press gave the job up, and nothing tells whether the site was dropped on its server: look there ' +
  'before anybody activates it. Retry looks again';
const DROPPED =
  'the site is gone from its server although Press does not say so: do not activate it. Retry ' +
  'archives what is left; unarchive then makes it again from the copy';

/** Nothing is left that could be backed up or lost; a refusal leaves everything as it was. */
async function archiveRest(op: Op, site: string, dropped: Settled): Promise<Settled> {
  const asked = { site, force: true, finalBackup: false };
  const settled = await settledBy(op, 'archive', beginArchive, asked);
  const { standing, output = '' } = settled.evidence;
  if (settled.outcome === 'success' || standing === 'unfinished') return settled;
  if (standing === 'unknown' || standing === 'stranded') return settled;
  // Its own step had nothing left to drop, so that it tells nothing of the data: the first does.
  const gone = standing === 'archived' || standing === 'not_dropped' ? 'unfinished' : 'dropped';
  return { ...dropped, evidence: { ...dropped.evidence, output, standing: gone } };
}

/** Stops until a person has decided. */
async function decide(
  op: Op,
  settled: Settled,
  means: string,
  forward: 'retry' | 'accept',
): Promise<void> {
  const problem = problemOfSettled('archive', settled);
  const message = `${problem.message}; ${means}`;
  if ((await op.ask({ ...problem, message }, [forward, 'abandon'])) === 'abandon') {
    op.abandon(message);
  }
}
