import type { BackupContents } from '../domain/backups.js';
import type { Problem } from '../domain/failures.js';
import type { Choice } from '../domain/messages.js';
import type { SafetyCopy, SafetyCopyPlan } from '../domain/safety-copy.js';
import { checkCopy, requestBackup, storeCopy, takeRecentCopy, takeStandIn } from './activities.js';
import type { Op } from './runbook.js';
import { problemOfSettled } from './tracking.js';

const BACKUP = 'backup';
const COPY = 'safety copy';

/**
 * Sees to it that there is a copy that brings the site back, before anything is touched (D 4.4). Null
 * when the plan does without, or there is none to be had; then somebody has acknowledged that.
 *
 * 1. backup        with files, on the site's server; somebody else's is waited for
 * 2. safety copy   every file into the vault; or the older copy that the plan allows
 *
 * What fails is tried once more by itself, then a person decides. Nothing has to be undone.
 */
export async function safetyCopy(
  op: Op,
  site: string,
  plan: SafetyCopyPlan,
): Promise<SafetyCopy | null> {
  if (plan.mode === 'none' || plan.standIn === null) return null;
  op.enter('safety_copy');
  const copy = told(op, (await older(op, site, plan)) ?? (await fresh(op, site)));
  op.enter('running');
  return copy;
}

/** The same where the copy is all that is asked for. */
export const copyIntoVault = async (op: Op, site: string): Promise<SafetyCopy> =>
  told(op, await fresh(op, site));

function told(op: Op, copy: SafetyCopy): SafetyCopy {
  op.mark(COPY, 'done', copy.handle);
  op.remember({ safetyCopy: copy.handle });
  return copy;
}

/** The copy that is there already, where the plan allows one. */
async function older(
  op: Op,
  site: string,
  { mode, maxAgeMs, standIn }: SafetyCopyPlan,
): Promise<SafetyCopy | null> {
  const { operationId } = op;
  if (standIn) {
    // Taken first: what an open operation speaks of is not pruned from the vault meanwhile.
    const copy = await op.read(COPY, takeStandIn, { operationId, site, copy: standIn });
    await readThrough(op, copy);
    return copy;
  }
  if (mode !== 'recent') return null;
  return op.read(COPY, takeRecentCopy, { operationId, site, maxAgeMs });
}

/** A vault copy that is damaged cannot stand in: it ends as `refused`, where nothing was sent. */
async function readThrough(op: Op, { where, handle }: SafetyCopy): Promise<void> {
  if (where !== 'vault') return;
  const problems = await op.read(COPY, checkCopy, { handle });
  if (problems.length === 0) return;
  const message = `the copy ${handle} that was to stand in is damaged: ${problems.join('; ')}`;
  op.goBack({ type: 'Refused', step: COPY, message });
}

/** A new backup, brought into the vault; another one when its files are of no use. */
async function fresh(op: Op, site: string): Promise<SafetyCopy> {
  const patience = new Patience(op);
  for (;;) {
    const backup = await takeBackup(op, { site }, patience);
    const copy = await store(op, site, backup, patience);
    if (copy !== null) return copy;
  }
}

/** A backup that stays at Press; its name. What fails is tried again as above. */
export const takeOne = (op: Op, site: string, what: BackupContents): Promise<string> =>
  takeBackup(op, { site, what }, new Patience(op));

/** Answers the name of a finished backup, by default with files. */
async function takeBackup(
  op: Op,
  wanted: { readonly site: string; readonly what?: BackupContents },
  patience: Patience,
): Promise<string> {
  for (;;) {
    const running = await op.command(BACKUP, requestBackup, wanted);
    const { tracker } = running.sent;
    const settled = await op.outcomeOf(running);
    if (tracker.kind !== 'site-backup' || tracker.purpose === 'wait') continue;
    if (settled.outcome === 'success') return tracker.backup;
    await patience.spend(problemOfSettled(BACKUP, settled));
  }
}

/** Null when only another backup helps. */
async function store(
  op: Op,
  site: string,
  backup: string,
  patience: Patience,
): Promise<SafetyCopy | null> {
  const { operationId } = op;
  let acceptSize = false;
  for (;;) {
    const args = { operationId, site, backup, acceptSize };
    const stored = await op.read(COPY, storeCopy, args);
    if (stored.state === 'stored') return stored.copy;
    const why = problem(stored.reason);
    if (stored.state === 'unusable') {
      await patience.spend(why);
      return null;
    }
    if (stored.state === 'doubtful') {
      if ((await decide(op, why, ['accept', 'retry'])) === 'retry') return null;
      acceptSize = true;
    } else {
      await decide(op, why, ['retry']);
    }
  }
}

const problem = (reason: string): Problem => ({
  type: 'StepFailed',
  step: COPY,
  message: `${COPY}: ${reason}`,
});

/** One accident is nobody's business; the next ones are a person's. */
class Patience {
  readonly #op: Op;
  #spent = false;

  constructor(op: Op) {
    this.#op = op;
  }

  async spend(problem: Problem): Promise<void> {
    if (this.#spent) await decide(this.#op, problem, ['retry']);
    this.#spent = true;
  }
}

/** Nothing was touched, so that the way back is open too. */
async function decide(op: Op, problem: Problem, choices: readonly Choice[]): Promise<Choice> {
  const choice = await op.ask(problem, [...choices, 'roll_back', 'abandon']);
  if (choice === 'roll_back') op.goBack(problem);
  if (choice === 'abandon') op.abandon(problem.message);
  return choice;
}
