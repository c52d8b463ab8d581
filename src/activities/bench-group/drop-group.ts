import { activityInfo } from '@temporalio/activity';
import type { UndoArgs } from '../../domain/activity-types.js';
import type { UndoAnswer } from '../../domain/saga.js';
import {
  type Account,
  type CallOptions,
  getReleaseGroup,
  upgradeStanding,
} from '../../frappe-cloud/index.js';
import type { CommandRow } from '../../ledger/types.js';
import { type RemoteCommand, resolveEarlierSend } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet, Refused, UndoFailed } from '../errors.js';
import { whileBeating } from '../heartbeat.js';
import { readDeploy } from '../provision/bench-progress.js';
import { deployGroupCommand } from './deploy-group.js';
import { dropGroupOnly, dropWhole, type GroupToDrop, isBelieved, stoodStill } from './drop.js';
import { isUnfinished, movingIn, whyStill } from './group-standing.js';
import { groupFound, locateGroup } from './new-group.js';

/** Steps of the runbook that make a group, and those that put something up in it. */
const MAKING_STEPS = ['new group', 'order bench'];
const BUILD_STEP = 'build bench';
const ADD_SERVER_STEP = 'add server';
const UPGRADE_STEP = 'upgrade';

type Args = UndoArgs<'dropGroup'>;

/**
 * The way back of a bench that was made for an upgrade: the group with all its benches goes, and the
 * site can be upgraded again later (C 1.4, C 3.9).
 */
export function createDropGroupActivities(deps: ActivityDeps) {
  return {
    async dropGroup(args: Args): Promise<UndoAnswer> {
      return whileBeating((signal) => dropGroup(deps, args, { signal, priority: 'high' }));
    },
  };
}

async function dropGroup(
  deps: ActivityDeps,
  args: Args,
  options: CallOptions,
): Promise<UndoAnswer> {
  const account = deps.accounts.get(args.account);
  const { operationId, round, title, begunBy } = args;
  const group = await madeGroup(deps, account, args, options);
  if (group === null) return { result: 'nothing', message: 'no bench group was made' };
  const drop: GroupToDrop = { operationId, round, group, title };
  await awaitRecord(deps, account, args, options);
  // Whatever else happens: Press must not begin any more.
  if (begunBy === 'press') await dropGroupOnly(deps, account, drop, options);
  await awaitRest(deps, account, args, group, options);
  const dropped = await dropWhole(deps, account, drop, options);
  await confirmFree(deps, account, args, group, options);
  return dropped;
}

/** The group that the operation has made, proven or found; null when it made none. */
async function madeGroup(
  deps: ActivityDeps,
  account: Account,
  { operationId, site, title }: Args,
  options: CallOptions,
): Promise<string | null> {
  const rows = await deps.ledger.commandsOf(operationId);
  const row = rows.find(({ step }) => MAKING_STEPS.includes(step));
  const groupOf = ({ tracker }: Pick<CommandRow, 'tracker'>): string | null =>
    tracker !== null && 'group' in tracker ? tracker.group : null;
  if (row?.state === 'settled') return groupOf(row);
  if (row?.state !== 'sent') return null;
  const sent = await located(deps, account, row, async (since) =>
    groupFound(await locateGroup(account, { site, title }, since, options), (group) => ({
      kind: 'bench-group',
      group,
    })),
  );
  return sent === null ? null : groupOf(sent);
}

/** What came of an earlier send whose answer was lost; null when certainly nothing did. */
async function located(
  deps: ActivityDeps,
  account: Account,
  row: CommandRow,
  locate: RemoteCommand['locate'],
) {
  const command: RemoteCommand = {
    key: row,
    account,
    endpoint: row.endpoint,
    payload: row.payloadHash,
    repeat: 'after_horizon',
    locate,
    send: () => Promise.reject(new UndoFailed('an undo sends nothing of this', {})),
  };
  try {
    return await resolveEarlierSend(deps, command, row);
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

/**
 * Waits until nothing of the group is on its way: neither a call of ours that may still land, nor an
 * image or a bench, which nothing can stop (observed-2 4).
 */
async function awaitRest(
  deps: ActivityDeps,
  account: Account,
  args: Args,
  group: string,
  options: CallOptions,
): Promise<void> {
  const { operationId } = args;
  const rows = await deps.ledger.commandsOf(operationId);
  for (const row of rows) {
    if (row.state !== 'sent') continue;
    if (row.step === BUILD_STEP) {
      await located(deps, account, row, (since) =>
        deployGroupCommand(account, row, group, options).locate(since),
      );
    }
    if (row.step === ADD_SERVER_STEP) {
      await located(deps, account, row, () => Promise.resolve({ state: 'none' }));
    }
  }
  const stirs = await whatStirs(deps, account, args, group);
  if (stirs === null) return;
  // Builds take minutes, stuck jobs days: ever less often, as any wait.
  const delay = Math.min(deps.timing.undoInterval * activityInfo().attempt, deps.timing.pollMax);
  throw new NotYet(`group ${group}: ${stirs}; an undo waits until it rests`, delay);
}

async function whatStirs(
  deps: ActivityDeps,
  account: Account,
  { operationId, begunBy }: Args,
  group: string,
): Promise<string | null> {
  const deploy = await readDeploy(account, group);
  if (isUnfinished(deploy)) return movingIn(deploy)?.name ?? 'queue bench';
  const stuck = deploy.builds.length === 0 ? null : whyStill(deploy);
  if (stuck === null) return null;
  if (begunBy === 'us') return (await isBelieved(deps, operationId, stuck)) ? null : stuck;
  // Its group was dropped before it came to rest, its bench with it.
  if (deploy.queue[0]?.status === 'Started' && deploy.benches.length === 0) return null;
  return (await stoodStill(deps, operationId, stuck)) ? null : stuck;
}

/**
 * The record of an upgrade that has ended trails by minutes, and keeps the bench until then (C 1.0,
 * C 3.9). One that is still to begin does not end by itself.
 */
async function awaitRecord(
  { timing, ledger }: ActivityDeps,
  account: Account,
  { operationId, site, begunBy }: Args,
  options: CallOptions,
): Promise<void> {
  const rows = await ledger.commandsOf(operationId);
  // Without one of ours, a record is somebody else's, and none of our business.
  if (begunBy === 'us' && !rows.some(({ step }) => step === UPGRADE_STEP)) return;
  const { version_upgrade: record } = await upgradeStanding(account.press, { site }, options);
  const hasBegun = begunBy === 'us' || (record !== null && record.job_id !== null);
  if (record?.status === 'Running' || (record?.status === 'Pending' && hasBegun)) {
    throw new NotYet(`an upgrade of ${site} is still ${record.status}`, timing.undoInterval);
  }
}

/** Nothing that was begun for the site may keep a later upgrade away (C 1.4). */
async function confirmFree(
  { timing }: ActivityDeps,
  account: Account,
  { site, begunBy }: Args,
  group: string,
  options: CallOptions,
): Promise<void> {
  const [found, { version_upgrade: record }] = await Promise.all([
    getReleaseGroup(account.press, { group }, options),
    upgradeStanding(account.press, { site }, options),
  ]);
  const linked = found.found === 'own' ? (found.group.linked_version_upgrade ?? null) : null;
  const isOpen = record?.status === 'Pending' || record?.status === 'Running';
  if (begunBy === 'press' && isOpen) {
    throw new NotYet(`an upgrade of ${site} is still ${record.status}`, timing.undoInterval);
  }
  if (linked !== null) {
    throw new UndoFailed(`upgrade ${linked} into the dropped group ${group} is still open`, {
      group,
    });
  }
}
