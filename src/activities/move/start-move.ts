import type { Destination, StartMoveArgs } from '../../domain/moves.js';
import type { Sent, Tracker } from '../../domain/trackers.js';
import {
  type Account,
  type CallOptions,
  createMigrationPlan,
  listSiteActions,
  me,
} from '../../frappe-cloud/index.js';
import { type Located, runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { madeSince } from '../made-since.js';

/** As Press names what comes of a plan (C 2.8). */
const actionOf = (to: Destination): string =>
  'cluster' in to ? 'Move Site To Different Region' : 'Move Site To Different Server / Bench';

/** Has Press plan the move, which it then carries out by itself; its Site Action can be followed. */
export function startMove(
  deps: ActivityDeps,
  { key, account: name, site, to, skipFailingPatches }: StartMoveArgs,
): Promise<Sent> {
  const account = deps.accounts.get(name);
  const asked = { site, to, skip_failing_patches: skipFailingPatches };
  return whileBeating((signal) =>
    runCommand(deps, {
      key,
      account,
      endpoint: 'press.api.client.run_doc_method Site.create_migration_plan',
      payload: asked,
      // Refused while the first is open; after it has ended a second one is another move (C 2.8).
      repeat: 'after_horizon',
      locate: (since) => locate(account, { site, to }, since, { signal }),
      send: async () => track(site, await createMigrationPlan(account.press, asked, { signal })),
    }),
  );
}

const track = (site: string, action: string): Tracker => ({ kind: 'site-move', site, action });

/** Ours by user and time; nobody else plans the same move meanwhile. */
async function locate(
  account: Account,
  { site, to }: { readonly site: string; readonly to: Destination },
  since: number,
  options: CallOptions,
): Promise<Located> {
  const { press } = account;
  const [{ user }, actions] = await Promise.all([
    me(press, options),
    listSiteActions(press, { site }, options),
  ]);
  const mine = actions.filter(
    ({ owner, action_type }) => owner === user && action_type === actionOf(to),
  );
  const ours = await madeSince(account, site, mine, since, options);
  if (ours === null) {
    return { state: 'ambiguous', reason: `moves of ${site} were planned, and when cannot be told` };
  }
  const [row, another] = ours;
  if (row === undefined) return { state: 'none' };
  if (another !== undefined) {
    return { state: 'ambiguous', reason: `more than one move of ${site} was planned meanwhile` };
  }
  return {
    state: 'found',
    tracker: track(site, row.name),
    evidence: { status: row.status, output: `by ${row.owner} at ${row.creation}` },
  };
}
