import type { CommandKey } from '../../domain/operations.js';
import type { UndoAnswer } from '../../domain/saga.js';
import {
  type Account,
  type CallOptions,
  deleteGroup,
  getReleaseGroup,
  listGroupsByTitle,
} from '../../frappe-cloud/index.js';
import { archiveBenches } from '../archive-benches.js';
import { runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';

/** Step of every undo that drops a group. */
export const DROP = 'undo group';

/** Whose undo drops which group. */
export interface GroupToDrop {
  readonly operationId: string;
  readonly round: number;
  readonly group: string;
  readonly title: string;
  /** Made beside the one that the operation knows of: its step bears its name. */
  readonly isTwin?: boolean;
}

/**
 * Drops a bench group: the group, then the benches that dropping leaves (Broken, Pending, or come up
 * since), and reads back that nothing is left (A 3.7, A 3.9).
 *
 * @throws NotYet while something of it is still to go; UndoFailed when something stays
 */
export async function dropWhole(
  deps: ActivityDeps,
  account: Account,
  drop: GroupToDrop,
  options: CallOptions,
): Promise<UndoAnswer> {
  await dropGroupOnly(deps, account, drop, options);
  const { operationId, round, group, title } = drop;
  const benches = { operationId, round, group, isMeant: () => true };
  await archiveBenches(deps, account, benches, options);
  const titled = await listGroupsByTitle(account.press, { title }, options);
  if (titled.some(({ name }) => name === group)) {
    throw new NotYet(`group ${group} still bears the title ${title}`, deps.timing.undoInterval);
  }
  return { result: 'undone', message: `bench group ${group} dropped, no bench is left` };
}

/**
 * The group without what is left of it. Upgrades that Press would begin into it are cancelled
 * (C 3.9).
 */
export async function dropGroupOnly(
  deps: ActivityDeps,
  account: Account,
  { operationId, round, group, isTwin = false }: GroupToDrop,
  options: CallOptions,
): Promise<void> {
  const { press } = account;
  const isDropped = async (): Promise<boolean> => {
    const found = await getReleaseGroup(press, { group }, options);
    return found.found === 'none' || (found.found === 'own' && found.group.status === 'Disabled');
  };
  const step = isTwin ? `${DROP} ${group}` : DROP;
  const key: CommandKey = { operationId, step, round };
  // Deleted once more it would only get a longer title, and benches are looked at apart.
  if ((await deps.ledger.getCommand(key)) === null && (await isDropped())) return;
  await runCommand(deps, {
    key,
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

/**
 * Whether what stands still may be taken for what rests. It was proven to rest before its group was
 * dropped: what changes afterwards is our doing.
 */
export async function isBelieved(
  deps: ActivityDeps,
  operationId: string,
  stuck: string,
): Promise<boolean> {
  const rows = await deps.ledger.commandsOf(operationId);
  if (rows.some(({ step, state }) => step === DROP && state === 'settled')) return true;
  return stoodStill(deps, operationId, stuck);
}

/**
 * Whether it has stood still for long enough: Press can take minutes to try something again. When it
 * was first seen so is in the ledger, to outlast this attempt.
 */
export async function stoodStill(
  { ledger, timing }: ActivityDeps,
  operationId: string,
  stuck: string,
): Promise<boolean> {
  const key = `stuck/${stuck}`;
  await ledger.record(operationId, { events: [{ key, type: 'order.stuck', data: { stuck } }] });
  const seen = (await ledger.events(operationId)).find((event) => event.key === key);
  return seen !== undefined && Date.now() - Date.parse(seen.at) >= timing.stuckLimit;
}
