import { activityInfo } from '@temporalio/activity';
import type { UndoArgs } from '../../domain/activity-types.js';
import type { CommandKey } from '../../domain/operations.js';
import type { UndoAnswer } from '../../domain/saga.js';
import type { Reading, Tracker } from '../../domain/trackers.js';
import {
  type Account,
  archiveBench,
  type CallOptions,
  deleteGroup,
  getGroupDeploy,
  getReleaseGroup,
  listBenches,
  listGroupJobs,
  listGroupsByTitle,
} from '../../frappe-cloud/index.js';
import { movingStage, readDeploy } from './bench-progress.js';
import { runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet, UndoFailed } from '../errors.js';
import { readOrder } from './order-tracker.js';

const DROP = 'undo group';
const FINISHED = ['Success', 'Failure', 'Delivery Failure'];

type OrderTracker = Extract<Tracker, { kind: 'site-order' }>;

/** What an order that rests has made. */
export interface Rested {
  /** Its bench group; null when it never had one. */
  readonly group: string | null;
  /** Whether Press has made the site, also when that has been archived since. */
  readonly madeSite: boolean;
}

/**
 * What an order has made, once it has come to rest, so that nothing it started goes on: a group
 * deleted before gives birth to the site later (observed-2 4).
 *
 * @throws NotYet while it moves, and while it has not stood still for long enough; UndoFailed when
 * it cannot be read
 */
export async function restedOrder(
  deps: ActivityDeps,
  account: Account,
  operationId: string,
  tracker: OrderTracker,
): Promise<Rested> {
  const reading = await readOrder(account, tracker);
  const found = await getGroupDeploy(account.press, { name: tracker.order });
  if (found.found !== 'own') {
    throw new UndoFailed(`what order ${tracker.order} has made cannot be read any more`, {});
  }
  const { release_group: group, site } = found.deploy;
  const waitsFor = await unrest(deps, account, operationId, reading, group);
  if (waitsFor !== null) {
    // Builds take minutes, stuck jobs days: ever less often, as any wait.
    const delay = Math.min(deps.timing.undoInterval * activityInfo().attempt, deps.timing.pollMax);
    throw new NotYet(`order ${tracker.order}: ${waitsFor}; an undo waits until it rests`, delay);
  }
  return { group, madeSite: site !== null };
}

/** What keeps an order from being at rest; null when it is. */
async function unrest(
  deps: ActivityDeps,
  account: Account,
  operationId: string,
  reading: Reading,
  group: string | null,
): Promise<string | null> {
  if (reading.state === 'settled') return null;
  const at = reading.step?.name ?? reading.evidence.status ?? 'it moves';
  if (reading.stuck === undefined || group === null) return at;
  if (!(await isBelieved(deps, operationId, reading.stuck))) return reading.stuck;
  // A bench whose callback cannot succeed goes on trying until Press's sweep (A 3.5 item 5).
  return movingStage(await readDeploy(account, group)) === undefined ? null : at;
}

/**
 * Whether an order that stands still may be taken for one that rests: Press can take minutes to
 * try something again. When it was first seen so is in the ledger, to outlast this attempt.
 */
async function isBelieved(
  { ledger, timing }: ActivityDeps,
  operationId: string,
  stuck: string,
): Promise<boolean> {
  // The rest of the order was proven before its group was dropped: what changed since is our doing.
  const rows = await ledger.commandsOf(operationId);
  if (rows.some(({ step, state }) => step === DROP && state === 'settled')) return true;
  const key = `stuck/${stuck}`;
  await ledger.record(operationId, { events: [{ key, type: 'order.stuck', data: { stuck } }] });
  const seen = (await ledger.events(operationId)).find((event) => event.key === key);
  return seen !== undefined && Date.now() - Date.parse(seen.at) >= timing.stuckLimit;
}

/**
 * Drops the bench group of an order, after its site has gone: the group, then the benches that
 * dropping leaves (Broken, Pending), and reads back that nothing is left (A 3.7, A 3.9).
 */
export async function removeGroup(
  deps: ActivityDeps,
  account: Account,
  { operationId, round, target }: UndoArgs<'removeSite'>,
  group: string,
  options: CallOptions,
): Promise<UndoAnswer> {
  const { press } = account;
  const wait = deps.timing.undoInterval;
  const key = (step: string): CommandKey => ({ operationId, step, round });

  const isDropped = async (): Promise<boolean> => {
    const found = await getReleaseGroup(press, { group }, options);
    return found.found === 'none' || (found.found === 'own' && found.group.status === 'Disabled');
  };
  const drop = key(DROP);
  // Deleted once more it would only get a longer title, and benches are looked at below.
  if ((await deps.ledger.getCommand(drop)) !== null || !(await isDropped())) {
    await runCommand(deps, {
      key: drop,
      account,
      endpoint: 'press.api.client.delete Release Group',
      payload: { group },
      // Succeeds again at any time (observed-2 1).
      repeat: 'at_once',
      async locate() {
        return (await isDropped())
          ? { state: 'found', tracker: { kind: 'done' }, evidence: {} }
          : { state: 'none' };
      },
      async send() {
        await deleteGroup(press, { group }, options);
        return { kind: 'done' };
      },
    });
  }

  const jobs = await listGroupJobs(press, { group, job_types: ['Archive Bench'] }, options);
  const running = jobs.filter(({ status }) => !FINISHED.includes(status));
  for (const bench of await listBenches(press, { group }, options)) {
    if (bench.status === 'Archived') continue;
    if (running.some((job) => job.bench === bench.name)) {
      throw new NotYet(`bench ${bench.name} is being archived`, wait);
    }
    const archive = key(`undo bench ${bench.name}`);
    const asked = await deps.ledger.getCommand(archive);
    if (asked?.state === 'settled') {
      throw new UndoFailed(`bench ${bench.name} could not be archived: it is ${bench.status}`, {
        group,
        status: bench.status,
      });
    }
    await runCommand(deps, {
      key: archive,
      account,
      endpoint: 'press.api.client.run_doc_method Bench.archive',
      payload: { bench: bench.name },
      repeat: 'at_once',
      async locate() {
        const left = await listBenches(press, { group }, options);
        const there = left.some(({ name, status }) => name === bench.name && status !== 'Archived');
        return there
          ? { state: 'none' }
          : { state: 'found', tracker: { kind: 'done' }, evidence: {} };
      },
      async send() {
        await archiveBench(press, { bench: bench.name }, options);
        return { kind: 'done' };
      },
    });
    throw new NotYet(`bench ${bench.name} is being archived`, wait);
  }
  const titled = await listGroupsByTitle(press, { title: target.subdomain }, options);
  if (titled.some(({ name }) => name === group)) {
    throw new NotYet(`group ${group} still bears the title ${target.subdomain}`, wait);
  }
  return { result: 'undone', message: `bench group ${group} dropped, no bench is left` };
}
