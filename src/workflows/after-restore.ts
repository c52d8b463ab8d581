import type { Verification } from '../domain/activity-types.js';
import type { Problem } from '../domain/failures.js';
import type { Choice } from '../domain/messages.js';
import { archiveWarning, type RestoreTarget } from '../domain/restore.js';
import type { SafetyCopy } from '../domain/safety-copy.js';
import { deactivateSite, lookAtSite, verifySite } from './activities.js';
import { refusable, restoreCopy } from './restoring.js';
import type { Op } from './runbook.js';
import { problemOfSettled } from './tracking.js';

/** A restore under way: what goes in, and what there is to go back by. */
export interface Restoring {
  readonly account: string;
  readonly target: RestoreTarget;
  readonly copy: SafetyCopy | null;
}

const BACK = 'restore safety copy';

/** Null when a person wants the whole restore once more. */
export async function readBack(
  op: Op,
  restoring: Restoring,
): Promise<Readonly<Record<string, string>> | null> {
  const { target, copy } = restoring;
  for (;;) {
    const found = await verified(op, restoring, target.apps);
    if (found.ok) return found.details;
    const problem = {
      type: 'VerificationFailed',
      step: 'verify',
      message: found.failures.join('; '),
    } as const;
    const choice = await op.ask(problem, [
      'retry',
      ...(copy === null ? [] : (['restore'] as const)),
      'abandon',
    ]);
    if (choice === 'abandon') op.abandon(problem.message);
    if (choice === 'restore' && copy !== null) {
      await putBack(op, restoring, copy, problem);
      return null;
    }
  }
}

/**
 * Restores the safety copy, the same parts only, and ends the operation by it. Returns when a person
 * wants the restore that was asked for once more.
 */
export async function putBack(
  op: Op,
  restoring: Restoring,
  copy: SafetyCopy,
  problem: Problem,
): Promise<void> {
  const { site, parts, appsBefore, statusBefore } = restoring.target;
  for (;;) {
    op.enter('running');
    const settled = await restoreCopy(op, BACK, { site, copy, parts });
    if (settled.outcome === 'success') {
      const found = await verified(op, restoring, appsBefore);
      if (found.ok) {
        if (statusBefore === 'Inactive') await switchOff(op, site);
        op.goBack(problem);
      }
      const message = `${problem.message}; put back, but ${found.failures.join('; ')}`;
      if ((await decide(op, restoring, { ...problem, message })) === 'retry') return;
      continue;
    }
    const { message, ...failed } = problemOfSettled(BACK, settled);
    const both = { ...failed, message: `${problem.message}; ${message}` };
    if ((await decide(op, restoring, both)) === 'retry') return;
  }
}

/** A person decides, who is told when Press will archive the site by itself (B 2.5). */
export async function decide(
  op: Op,
  { target: { site }, copy }: Restoring,
  problem: Problem,
): Promise<Choice> {
  const standing = await look(op, site);
  const warning = archiveWarning(standing);
  const message = [problem.message, `${site} is ${standing.status}`, ...(warning ? [warning] : [])];
  const asked = {
    ...problem,
    message: message.join('; '),
    evidence: {
      ...problem.evidence,
      status: standing.status,
      ...(standing.archivedFrom !== null && { archivedFrom: standing.archivedFrom }),
    },
  };
  const choices: readonly Choice[] =
    copy === null ? ['retry', 'abandon'] : ['retry', 'restore', 'abandon'];
  const choice = await op.ask(asked, choices);
  if (choice === 'abandon') op.abandon(asked.message);
  return choice;
}

/** How the site stands now. */
export const look = (op: Op, site: string) => op.read('look at the site', lookAtSite, { site });

/** What was Inactive before is so again; people are told when it cannot be. */
export async function switchOff(op: Op, site: string): Promise<void> {
  const step = 'switch off';
  const off = await refusable(async () =>
    op.outcomeOf(await op.command(step, deactivateSite, { site })),
  );
  const problem = 'type' in off ? off : problemOfSettled(step, off);
  if ('type' in off || off.outcome !== 'success') await op.tell(step, problem);
}

function verified(
  op: Op,
  { account, target: { site, httpProbe } }: Restoring,
  apps: readonly string[],
): Promise<Verification> {
  const is = { status: 'Active', version: null, group: null, bench: null } as const;
  return op.readBack(verifySite, (deadline) => ({ account, site, is, apps, httpProbe, deadline }));
}
