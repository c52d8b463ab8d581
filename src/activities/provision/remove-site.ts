import { activityInfo } from '@temporalio/activity';
import type { UndoArgs } from '../../domain/activity-types.js';
import type { CommandKey } from '../../domain/operations.js';
import type { UndoAnswer } from '../../domain/saga.js';
import type { Tracker } from '../../domain/trackers.js';
import {
  failureReason,
  getJobStatus,
  getSite,
  listSites,
  type Account,
  type CallOptions,
} from '../../frappe-cloud/index.js';
import { ARCHIVE_JOBS, archiveCommand, unfinishedJobs } from '../archive/archive-command.js';
import { runCommand } from '../commands.js';
import { createdBy } from './created-by.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet, UndoFailed } from '../errors.js';
import { whileBeating } from '../heartbeat.js';
import { removeGroup, restedOrder } from './remove-order.js';
import { CREATION_JOBS } from './site-creation.js';

const MOVING = ['Pending', 'Installing', 'Updating', 'Recovering'];

/**
 * The way back of a provision: archives the half-made site without backup and sees that its name
 * is free again (A 3.7, A 3.8). Each attempt reads, then acts; waiting is a benign retry.
 */
export function createRemoveSiteActivities(deps: ActivityDeps) {
  return {
    async removeSite(args: UndoArgs<'removeSite'>): Promise<UndoAnswer> {
      return whileBeating((signal) => removeSite(deps, args, { signal, priority: 'high' }));
    },
  };
}

async function removeSite(
  deps: ActivityDeps,
  args: UndoArgs<'removeSite'>,
  options: CallOptions,
): Promise<UndoAnswer> {
  const account = deps.accounts.get(args.account);
  const made = await createdBy(deps, account, args, options);
  const [create, onBench] = [made.get('create'), made.get('create on bench')];
  if (create === undefined) return { result: 'nothing', message: 'the site was never created' };
  if (create.kind !== 'site-order') return archiveCreated(deps, account, args, options);
  const order = await restedOrder(deps, account, args.operationId, create);
  // An order that made no site has left the name to anybody: what bears it is not ours.
  const site =
    order.madeSite || onBench !== undefined
      ? await archiveCreated(deps, account, args, options)
      : ({ result: 'nothing', message: 'the site was never created' } as const);
  if (order.group === null) return site;
  const dropped = await removeGroup(deps, account, args, order.group, options);
  return { result: 'undone', message: `${site.message}; ${dropped.message}` };
}

/** Archives the site if there is one, once it rests. */
async function archiveCreated(
  deps: ActivityDeps,
  account: Account,
  { operationId, round, target }: UndoArgs<'removeSite'>,
  options: CallOptions,
): Promise<UndoAnswer> {
  const { ledger, timing } = deps;
  const { site } = target;
  const key: CommandKey = { operationId, step: 'undo create', round };
  const halfMade = { site, force: true, finalBackup: false };
  const archive = archiveCommand(deps, account, key, halfMade, options);
  const asked = await ledger.getCommand(key);
  if (asked?.state !== 'settled') {
    const [row] = await listSites(account.press, { names: [site] }, options);
    if (row === undefined && (asked === null || asked.state === 'intended')) {
      return { result: 'nothing', message: `there is no site ${site}` };
    }
    // Archive is refused while the site moves, and one that is sent while a job of the creation
    // runs would race it: the site is Broken at the first of two jobs that fails (D 4.4, A 3.4).
    if (row && asked?.state !== 'sent') {
      const [moving] = await unfinishedJobs(account, site, CREATION_JOBS, options);
      if (moving !== undefined || MOVING.includes(row.status)) {
        const what = moving === undefined ? row.status : `${row.status}, ${moving.job_type} runs`;
        throw new NotYet(`${site} is ${what}; an undo waits until it rests`, timing.undoInterval);
      }
    }
  }
  const { tracker } = await runCommand(deps, archive);
  return confirmArchived(deps, account, site, tracker, options);
}

/** Gone *and* the job a success: neither alone is proof (observed C9). */
async function confirmArchived(
  deps: ActivityDeps,
  account: Account,
  site: string,
  tracker: Tracker,
  options: CallOptions,
): Promise<UndoAnswer> {
  const { press } = account;
  const wait = deps.timing.undoInterval;
  const job = tracker.kind === 'site-archive' || tracker.kind === 'site-job' ? tracker.job : null;
  // Jobs before the site: a site read after its jobs have ended shows what they made of it.
  const running = await unfinishedJobs(account, site, ARCHIVE_JOBS, options);
  const status = job === null ? null : await getJobStatus(press, { job }, options);
  const found = await getSite(press, { site }, options);
  if (found.found === 'own') {
    // Broken at the first job that fails, while the other still runs (observed-2 5).
    if (running.length > 0) throw new NotYet(`${site} is being archived`, wait);
    // An agent that refuses leaves the site Pending for ever (observed-2 5).
    const stranded = status === 'Failure' || status === 'Delivery Failure';
    if (MOVING.includes(found.site.status) && !stranded) {
      throw new NotYet(`${site} is being archived`, wait);
    }
    throw new UndoFailed(`Press could not archive ${site}: it is ${found.site.status}`, {
      status: found.site.status,
      ...(job && { job, output: (await failureReason(press, { job, site }, options))?.text ?? '' }),
    });
  }
  if (status === 'Undelivered' || status === 'Pending' || status === 'Running') {
    throw new NotYet(`${site} is gone; its archive job still runs`, wait);
  }
  if (status === 'Failure' || status === 'Delivery Failure') {
    throw new UndoFailed(`${site} is gone from Press, but its archive job ended ${status}`, {
      ...(job && { job }),
      status,
    });
  }
  return {
    result: 'undone',
    message: `archived${job === null ? '' : ` by job ${job}`}; the name is free (looked ${activityInfo().attempt} times)`,
  };
}
