import type { Evidence, Reading, Tracker } from '../../domain/trackers.js';
import {
  type Account,
  getSite,
  listSiteActions,
  listSiteUpdates,
  type SiteAction,
  type SiteUpdate,
  upgradeStanding,
} from '../../frappe-cloud/index.js';
import { OutcomeUnknown } from '../errors.js';
import { readSiteUpdate } from '../upgrade/update-tracker.js';

type MoveTracker = Extract<Tracker, { kind: 'site-move' }>;

const OPEN: readonly string[] = ['Scheduled', 'Pending', 'Running'];
const BUSY: readonly string[] = ['Pending', 'Installing', 'Updating', 'Recovering'];

/**
 * One look at a move (C 2.8). Its Site Action ends before the move does: within a server a Site Update
 * is still on its way back, between servers the migration is not over, and the plan not yet changed
 * (observed-2 6.5).
 *
 * @throws OutcomeUnknown when it cannot be read any more
 */
export async function readMove(account: Account, { site, action }: MoveTracker): Promise<Reading> {
  const { press } = account;
  const rows = await listSiteActions(press, { site });
  const row = rows.find(({ name }) => name === action);
  if (row === undefined) throw new OutcomeUnknown(`the move ${action} of ${site} cannot be read`);
  const evidence: Evidence = { status: row.status };
  if (row.status === 'Cancelled') return { state: 'settled', outcome: 'cancelled', evidence };
  const update = await updateOf(account, row, site);
  if (row.status === 'Scheduled' || row.status === 'Running') {
    const stuck = 'its update was cancelled, and Press never notices that';
    return { state: 'moving', evidence, ...(update?.status === 'Cancelled' && { stuck }) };
  }
  const atWork = await whatIsAtWork(account, site);
  if (row.status === 'Failure' && update !== null) return byUpdate(account, site, update);
  if (atWork !== null) return { state: 'moving', evidence, ...atWork };
  if (row.status === 'Success') return { state: 'settled', outcome: 'success', evidence };
  const output = 'Press tells of no reason; its dashboard shows the steps of the move';
  return { state: 'settled', outcome: 'failure', evidence: { ...evidence, output } };
}

/** The update that carries out a move within a server: the newest since it was planned. */
async function updateOf(
  { press }: Account,
  { creation }: SiteAction,
  site: string,
): Promise<SiteUpdate | null> {
  const updates = await listSiteUpdates(press, { site, since: creation });
  return updates[0] ?? null;
}

/** "Failure" of an update already fails the action, while the update goes back (C 2.8). */
async function byUpdate(account: Account, site: string, { name, status }: SiteUpdate) {
  if (status === 'Success' || status === 'Scheduled') {
    const evidence: Evidence = { status: 'Failure', update: name };
    return { state: 'settled', outcome: 'failure', evidence } as const;
  }
  return readSiteUpdate(account, { kind: 'site-update', site, update: name });
}

/** What is still under way after the action has ended; null when the site is at rest. */
async function whatIsAtWork(
  { press }: Account,
  site: string,
): Promise<Pick<Extract<Reading, { state: 'moving' }>, 'stuck'> | null> {
  const [found, { site_migration }] = await Promise.all([
    getSite(press, { site }),
    upgradeStanding(press, { site }),
  ]);
  if (site_migration !== null && OPEN.includes(site_migration.status)) return {};
  if (found.found !== 'own' || !BUSY.includes(found.site.status)) return null;
  return { stuck: `the move has ended, and the site is ${found.site.status} still` };
}
