import type { ArchiveTarget } from '../domain/archiving.js';
import type { SafetyCopy } from '../domain/safety-copy.js';
import type { Settled } from '../domain/trackers.js';
import { activateSite, renewAppPlan, setPrimaryDomain } from './activities.js';
import { restoreCopy, settledBy } from './restoring.js';
import type { Op } from './runbook.js';
import { problemOfSettled } from './tracking.js';

/**
 * The way back from an archive that failed and left the site (observed-2 5): one activation, for
 * which both archive jobs have ended; primary domain, which brings the billing back too; app plans.
 * What cannot be put back is listed. Ends as `rolled_back`.
 */
export async function bringBack(
  op: Op,
  target: ArchiveTarget,
  copy: SafetyCopy | null,
  settled: Settled,
): Promise<never> {
  const { site, hostName: domain, appPlans, statusBefore } = target;
  // Press calls it Active when neither server was reached; only what it forgot is missing.
  if (settled.evidence.standing !== 'untouched') await revive(op, site, copy);
  await op.orGiveUp('primary domain', async () => {
    await op.settle(await op.command('primary domain', setPrimaryDomain, { site, domain }));
  });
  for (const paid of appPlans) {
    const step = `app plan ${paid.app}`;
    await op.orGiveUp(step, async () => {
      await op.settle(await op.command(step, renewAppPlan, { site, ...paid }));
    });
  }
  op.giveUp('Database Users', 'if it had any, they have to be made again');
  if (statusBefore !== 'Active') op.giveUp('status', `it was ${statusBefore}, and is Active now`);
  return op.goBack(problemOfSettled('archive', settled));
}

/** Until the site answers again, from its own data or from the copy, or a person leaves it so. */
async function revive(op: Op, site: string, copy: SafetyCopy | null): Promise<void> {
  let settled = await settledBy(op, 'activate', activateSite, { site });
  while (settled.outcome !== 'success') {
    const problem = problemOfSettled('activate', settled);
    const restorable = copy === null ? [] : (['restore'] as const);
    const choice = await op.ask(problem, ['retry', ...restorable, 'abandon']);
    if (choice === 'abandon') op.abandon(problem.message);
    settled =
      choice === 'restore' && copy !== null
        ? await restoreCopy(op, 'restore', { site, copy })
        : await settledBy(op, 'activate', activateSite, { site });
  }
}
