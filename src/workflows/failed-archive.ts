import type { ArchiveTarget } from '../domain/archiving.js';
import type { SafetyCopy } from '../domain/safety-copy.js';
import type { Settled } from '../domain/trackers.js';
import {
  activateSite,
  deactivateSite,
  renewAppPlan,
  setPrimaryDomain,
  verifyBroughtBack,
} from './activities.js';
import { restoreCopy, settledBy } from './restoring.js';
import type { Op } from './runbook.js';
import { problemOfSettled } from './tracking.js';

/** What an archive was to do, and what there is to go back by. */
export interface Archiving {
  readonly account: string;
  readonly target: ArchiveTarget;
  readonly copy: SafetyCopy | null;
}

/**
 * The way back from an archive that failed and left the site (observed-2 5): one activation, for
 * which both archive jobs have ended; primary domain, which brings the billing back too; app plans;
 * then the site has to answer, or is switched off again where it was Inactive. What cannot be put
 * back is listed. Ends as `rolled_back`.
 */
export async function bringBack(op: Op, archiving: Archiving, settled: Settled): Promise<never> {
  const { site, hostName: domain, appPlans, statusBefore } = archiving.target;
  // Press calls it Active when neither server was reached; only what it forgot is missing.
  const isUp = settled.evidence.standing === 'untouched' || (await revive(op, archiving));
  await op.orGiveUp('primary domain', async () => {
    await op.settle(await op.command('primary domain', setPrimaryDomain, { site, domain }));
  });
  for (const paid of appPlans) {
    const step = `app plan ${paid.app}`;
    await op.orGiveUp(step, async () => {
      await op.settle(await op.command(step, renewAppPlan, { site, ...paid }));
    });
  }
  if (statusBefore === 'Inactive') await switchOff(op, site);
  else if (isUp) await seeItServed(op, archiving);
  op.giveUp('Database Users', 'if it had any, they have to be made again');
  if (isUp && (statusBefore === 'Broken' || statusBefore === 'Suspended')) {
    op.giveUp('status', `it was ${statusBefore}, and is Active now`);
  }
  return op.goBack(problemOfSettled('archive', settled));
}

/** Answers whether the site is up; one that was Broken before may be so again. */
async function revive(op: Op, archiving: Archiving): Promise<boolean> {
  const activated = await activate(op, archiving);
  const { evidence } = activated.settled;
  if (archiving.target.statusBefore === 'Broken' && evidence.status === 'Broken') return false;
  await untilUp(op, archiving, activated);
  return true;
}

/** A try to have the site up again. */
interface Attempt {
  readonly step: string;
  readonly settled: Settled;
}

async function activate(op: Op, { target: { site } }: Archiving): Promise<Attempt> {
  return { step: 'activate', settled: await settledBy(op, 'activate', activateSite, { site }) };
}

async function restore(op: Op, site: string, copy: SafetyCopy): Promise<Attempt> {
  op.enter('running');
  return { step: 'restore', settled: await restoreCopy(op, 'restore', { site, copy }) };
}

/** Until it is up, from its own data or from the copy, or a person leaves it so. */
async function untilUp(op: Op, archiving: Archiving, first: Attempt): Promise<void> {
  const { copy, target } = archiving;
  let last = first;
  while (last.settled.outcome !== 'success') {
    const problem = problemOfSettled(last.step, last.settled);
    const choice = await op.ask(problem, ['retry', ...restorable(copy), 'abandon']);
    if (choice === 'abandon') op.abandon(problem.message);
    last =
      choice === 'restore' && copy !== null
        ? await restore(op, target.site, copy)
        : await activate(op, archiving);
  }
}

/** Press calls a site Active whose web server answers nobody: until it does, a person decides. */
async function seeItServed(op: Op, archiving: Archiving): Promise<void> {
  const { account, copy, target } = archiving;
  const { site, httpProbe } = target;
  for (;;) {
    const found = await op.readBack(verifyBroughtBack, (deadline) => ({
      account,
      site,
      httpProbe,
      deadline,
    }));
    if (found.ok) return;
    const message = `the archive has failed, and ${site} is not back: ${found.failures.join('; ')}`;
    const problem = { type: 'VerificationFailed', step: 'verify', message } as const;
    const choice = await op.ask(problem, ['retry', ...restorable(copy), 'accept', 'abandon']);
    if (choice === 'abandon') op.abandon(message);
    if (choice === 'accept') return op.giveUp('verify', found.failures.join('; '));
    if (choice === 'restore' && copy !== null) {
      await untilUp(op, archiving, await restore(op, site, copy));
    }
  }
}

const restorable = (copy: SafetyCopy | null) => (copy === null ? [] : (['restore'] as const));

/** What was off stays off. */
async function switchOff(op: Op, site: string): Promise<void> {
  const step = 'switch off';
  await op.orGiveUp(step, async () => {
    await op.settle(await op.command(step, deactivateSite, { site }));
  });
}
