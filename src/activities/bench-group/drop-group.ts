import { activityInfo } from '@temporalio/activity';
import type { UndoArgs } from '../../domain/activity-types.js';
import type { UndoAnswer } from '../../domain/saga.js';
import {
  type Account,
  type CallOptions,
  getReleaseGroup,
  upgradeStanding,
} from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet, UndoFailed } from '../errors.js';
import { whileBeating } from '../heartbeat.js';
import { readDeploy } from '../provision/bench-progress.js';
import { deployGroupCommand } from './deploy-group.js';
import { dropGroupOnly, dropWhole, type GroupToDrop, isBelieved, stoodStill } from './drop.js';
import { isUnfinished, movingIn, whyStill } from './group-standing.js';
import { cameOf, madeGroups } from './made-groups.js';

/** Steps of the runbook that put something up in a group. */
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
      const account = deps.accounts.get(args.account);
      return whileBeating((signal) => dropGroup(deps, account, args, { signal, priority: 'high' }));
    },
  };
}

async function dropGroup(
  deps: ActivityDeps,
  account: Account,
  args: Args,
  options: CallOptions,
): Promise<UndoAnswer> {
  const { operationId, round, title, begunBy } = args;
  const made = await madeGroups(deps, account, args, options);
  if (made === null) return { result: 'nothing', message: 'no bench group was made' };
  const drop = { operationId, round, title };
  const drops: readonly GroupToDrop[] = [
    { ...drop, group: made.group },
    ...made.twins.map((group) => ({ ...drop, group, isTwin: true })),
  ];
  await awaitRecord(deps, account, args, options);
  // Whatever else happens: Press must not begin any more.
  if (begunBy === 'press') {
    for (const one of drops) await dropGroupOnly(deps, account, one, options);
  }
  await awaitSends(deps, account, args, made.group, options);
  for (const { group } of drops) await awaitRest(deps, account, args, group);
  const dropped: string[] = [];
  for (const one of drops) {
    dropped.push((await dropWhole(deps, account, one, options)).message);
    await confirmFree(deps, account, args, one.group, options);
  }
  if (made.inUse.length > 0) {
    const message = `${made.inUse.join(', ')} came of the same order, and holds sites: it is left`;
    throw new UndoFailed([...dropped, message].join('; '), {});
  }
  return { result: 'undone', message: dropped.join('; ') };
}

/** Waits until no call of ours into the group may still land. */
async function awaitSends(
  deps: ActivityDeps,
  account: Account,
  { operationId }: Args,
  group: string,
  options: CallOptions,
): Promise<void> {
  const rows = await deps.ledger.commandsOf(operationId);
  for (const row of rows) {
    if (row.state !== 'sent') continue;
    if (row.step === BUILD_STEP) {
      await cameOf(deps, account, row, (since) =>
        deployGroupCommand(account, row, group, options).locate(since),
      );
    }
    if (row.step === ADD_SERVER_STEP) {
      await cameOf(deps, account, row, () => Promise.resolve({ state: 'none' }));
    }
  }
}

/** Waits until no image and no bench of the group is on its way: nothing can stop one (observed-2 4). */
async function awaitRest(
  deps: ActivityDeps,
  account: Account,
  args: Args,
  group: string,
): Promise<void> {
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
