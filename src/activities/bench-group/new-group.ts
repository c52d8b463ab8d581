import type { CommandKey } from '../../domain/operations.js';
import type { NewBench } from '../../domain/new-bench.js';
import { PRODUCTION_TIMING } from '../../domain/timing.js';
import type { Tracker } from '../../domain/trackers.js';
import {
  type Account,
  type AppWithSource,
  type CallOptions,
  groupOptions,
  groupPolicy,
  listGroupsByTitle,
  me,
  newGroup,
  PressError,
  type ReleaseGroupRow,
} from '../../frappe-cloud/index.js';
import type { Located, RemoteCommand } from '../commands.js';
import { OutcomeUnknown, Refused } from '../errors.js';
import { madeSince } from '../made-since.js';

/** By the clock of Press, whose hours are hours. */
const { horizon } = PRODUCTION_TIMING;

/** What a new group is for. */
export interface GroupToMake {
  readonly site: string;
  readonly bench: NewBench;
  /** frappe first, then what the platform wants in every group of the version (D 1.3). */
  readonly apps: readonly AppWithSource[];
}

/**
 * `press.api.bench.new` (D 1.1). Two of them that overlap make two groups of one title
 * (observed-2 1.7), so that a lost one is looked for until the horizon.
 */
export function newGroupCommand(
  account: Account,
  key: CommandKey,
  { site, bench, apps }: GroupToMake,
  options: CallOptions,
): RemoteCommand {
  const { title, version, ownServer, cluster } = bench;
  return {
    key,
    account,
    endpoint: 'press.api.bench.new',
    payload: { title, version, ownServer, cluster },
    repeat: 'after_horizon',
    async locate(since) {
      const found = await locateGroup(account, { site, title }, since, options);
      return groupFound(found, (group) => ({ kind: 'bench-group', group }));
    },
    async send() {
      const args = { title, version, apps, cluster, server: ownServer };
      const group = await newGroup(account.press, args, options);
      await checkAlone(account, title, options);
      return { kind: 'bench-group', group };
    },
  };
}

/** What every group of a version begins with. @throws Refused when Press offers no such version */
export async function firstApps(
  { press }: Account,
  version: string,
  options: CallOptions,
): Promise<readonly AppWithSource[]> {
  const [offered, wanted] = await Promise.all([
    groupOptions(press, options),
    groupPolicy(press, { version }, options),
  ]);
  const frappe = offered.versions
    .find(({ name }) => name === version)
    ?.apps.find(({ name }) => name === 'frappe');
  if (frappe === undefined) throw new Refused(`Press offers no new benches of ${version}`);
  return [
    { app: 'frappe', source: frappe.source.name },
    ...wanted.filter(({ app }) => app !== 'frappe'),
  ];
}

/** The group of ours of a title that is young enough to be made by a send; in words why not. */
export async function locateGroup(
  account: Account,
  { site, title }: { readonly site: string; readonly title: string },
  since: number,
  options: CallOptions,
): Promise<readonly ReleaseGroupRow[] | string> {
  const titled = await listGroupsByTitle(account.press, { title }, options);
  const ours = await oursAmong(account, { site, title, titled, since }, options);
  return typeof ours !== 'string' && ours.length > 1 ? twoGroups(title, ours) : ours;
}

/** Groups that bear a title, and since when one of them can be ours. */
export interface Titled {
  readonly site: string;
  readonly title: string;
  readonly titled: readonly ReleaseGroupRow[];
  readonly since: number;
}

/** Those that can be made by a send of ours, the newest first; in words why that cannot be told. */
export async function oursAmong(
  account: Account,
  { site, title, titled, since }: Titled,
  options: CallOptions,
): Promise<readonly ReleaseGroupRow[] | string> {
  const young = await madeSince(account, site, titled, since, options);
  if (young === null) return `groups are titled ${title}, and their age cannot be told`;
  if (young.length === 0) return [];
  const { user } = await me(account.press, options);
  return young.filter(({ owner }) => owner === user);
}

/** Whether groups are no further apart than deliveries of one request can be. */
export function isMadeAtOnce(
  { clock }: Account,
  groups: readonly Pick<ReleaseGroupRow, 'creation'>[],
): boolean {
  const times = groups.map(({ creation }) => clock.parse(creation));
  return Math.max(...times) - Math.min(...times) <= horizon;
}

/**
 * A request that something on the way delivers twice makes two groups. A look that fails changes
 * nothing: the answer names ours.
 *
 * @throws OutcomeUnknown
 */
export async function checkAlone(
  { press }: Account,
  title: string,
  options: CallOptions,
): Promise<void> {
  const groups = await listGroupsByTitle(press, { title }, options).catch((error: unknown) => {
    if (error instanceof PressError) return [];
    throw error;
  });
  if (groups.length > 1) throw new OutcomeUnknown(twoGroups(title, groups));
}

export const twoGroups = (title: string, groups: readonly ReleaseGroupRow[]): string =>
  `two groups are titled ${title}: ${groups.map(({ name }) => name).join(', ')}`;

/** What {@link locateGroup} comes to for a command. */
export function groupFound(
  found: readonly ReleaseGroupRow[] | string,
  tracker: (group: string) => Tracker,
): Located {
  if (typeof found === 'string') return { state: 'ambiguous', reason: found };
  const [group] = found;
  if (group === undefined) return { state: 'none' };
  const evidence = { group: group.name, output: `created ${group.creation}` };
  return { state: 'found', tracker: tracker(group.name), evidence };
}
