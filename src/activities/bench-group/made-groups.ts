import type { UndoArgs } from '../../domain/activity-types.js';
import {
  type Account,
  benchVersions,
  type CallOptions,
  listGroupsByTitle,
  type ReleaseGroupRow,
} from '../../frappe-cloud/index.js';
import type { CommandRow } from '../../ledger/types.js';
import { type RemoteCommand, resolveEarlierSend } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { Refused, UndoFailed } from '../errors.js';
import { groupFound, isMadeAtOnce, oursAmong, twoGroups } from './new-group.js';

/** Steps of the runbook that make a group. */
const MAKING_STEPS = ['new group', 'order bench'];
/** Notes a group that came of the same request as ours. */
const TWIN = 'group.twin';

type Args = UndoArgs<'dropGroup'>;

/** What an operation has made. */
export interface MadeGroups {
  readonly group: string;
  /** Others that came of the same request, delivered more than once (observed-2 1.7). */
  readonly twins: readonly string[];
  /** Twins that hold sites by now: nobody's to drop. */
  readonly inUse: readonly string[];
}

/**
 * The groups that the operation has made, proven or found; null when it made none.
 *
 * @throws OutcomeUnknown, UndoFailed when it cannot be told which ones are ours
 */
export async function madeGroups(
  deps: ActivityDeps,
  account: Account,
  args: Args,
  options: CallOptions,
): Promise<MadeGroups | null> {
  const rows = await deps.ledger.commandsOf(args.operationId);
  const row = rows.find(({ step }) => MAKING_STEPS.includes(step));
  if (row === undefined) return null;
  const group = await madeGroup(deps, account, args, row, options);
  if (group === null) return null;
  const titled = await listGroupsByTitle(account.press, { title: args.title }, options);
  const beside = { group, titled, since: row.firstSentAt ?? 0 };
  const twins = await twinsOf(deps, account, args, beside, options);
  const isHeld = await Promise.all(
    twins.map(
      async (name) => titled.some((row) => row.name === name) && holdsSites(account, name, options),
    ),
  );
  return {
    group,
    twins: twins.filter((_, index) => !isHeld[index]),
    inUse: twins.filter((_, index) => isHeld[index]),
  };
}

async function madeGroup(
  deps: ActivityDeps,
  account: Account,
  { site, title }: Args,
  row: CommandRow,
  options: CallOptions,
): Promise<string | null> {
  if (row.state === 'settled') return groupOf(row);
  if (row.state !== 'sent') return null;
  const sent = await cameOf(deps, account, row, async (since) => {
    const titled = await listGroupsByTitle(account.press, { title }, options);
    const ours = await oursAmong(account, { site, title, titled, since }, options);
    if (typeof ours !== 'string' && !isMadeAtOnce(account, ours)) {
      return { state: 'ambiguous', reason: twoGroups(title, ours) };
    }
    return groupFound(ours, (group) => ({ kind: 'bench-group', group }));
  });
  return sent === null ? null : groupOf(sent);
}

const groupOf = ({ tracker }: Pick<CommandRow, 'tracker'>): string | null =>
  tracker !== null && 'group' in tracker ? tracker.group : null;

/** Our group, and those that bear its title. */
interface Beside {
  readonly group: string;
  readonly titled: readonly ReleaseGroupRow[];
  readonly since: number;
}

/**
 * Once a group stands, Press gives its title to no other: one that bears it all the same was made at
 * the same time. After ours has lost its title it may be anybody's, so that twins are noted before.
 */
async function twinsOf(
  { ledger }: ActivityDeps,
  account: Account,
  { operationId, site, title }: Args,
  { group, titled, since }: Beside,
  options: CallOptions,
): Promise<readonly string[]> {
  const events = await ledger.events(operationId);
  const noted = events.flatMap(({ type, data }) =>
    type === TWIN ? [(data as { readonly group: string }).group] : [],
  );
  const own = titled.find(({ name }) => name === group);
  if (own === undefined || titled.length === 1) return noted;
  const ours = await oursAmong(account, { site, title, titled, since }, options);
  if (typeof ours === 'string') throw new UndoFailed(ours, { group });
  const found = ours.flatMap((row) =>
    row.name !== group && isMadeAtOnce(account, [own, row]) ? [row.name] : [],
  );
  const fresh = found.filter((name) => !noted.includes(name));
  if (fresh.length > 0) {
    await ledger.record(operationId, {
      events: fresh.map((name) => ({ key: `twin/${name}`, type: TWIN, data: { group: name } })),
    });
  }
  return [...noted, ...fresh];
}

async function holdsSites(
  { press }: Account,
  group: string,
  options: CallOptions,
): Promise<boolean> {
  const benches = await benchVersions(press, { group }, options);
  return benches.some(({ sites }) => sites.length > 0);
}

/** What came of an earlier send whose answer was lost; null when certainly nothing did. */
export async function cameOf(
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
