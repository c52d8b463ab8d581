import type { Tracker } from '../../domain/trackers.js';
import {
  type Account,
  type CallOptions,
  listSiteUpdates,
  me,
  type SiteUpdate,
} from '../../frappe-cloud/index.js';
import type { Located } from '../commands.js';
import { madeSince } from '../made-since.js';

/** Press names benches by their group: bench-0042-000003-f12 is one of bench-0042. */
export const groupOfBench = (bench: string | null): string | null =>
  /^bench-\d+/.exec(bench ?? '')?.[0] ?? null;

/** What an update of ours looks like; Press and other people make updates too (C 2.1). */
export interface Sought {
  readonly site: string;
  /** Whether this row is one that we would have made. */
  readonly fits: (row: SiteUpdate) => boolean;
}

/**
 * The Site Update that a lost call of ours has made: new, by our user, and as asked (observed-2 1).
 * Somebody else's that is open keeps ours away.
 */
export async function locateUpdate(
  account: Account,
  { site, fits }: Sought,
  since: number,
  options: CallOptions,
): Promise<Located> {
  const { press } = account;
  const rows = await listSiteUpdates(press, { site }, options);
  const young = await madeSince(account, site, rows, since, options);
  if (young === null) {
    return { state: 'ambiguous', reason: `${site} has updates, and their age cannot be told` };
  }
  const [newest] = young;
  if (newest === undefined) return { state: 'none' };
  const { user } = await me(press, options);
  const ours = young.filter((row) => row.owner === user && fits(row));
  if (ours.length > 1) {
    const names = ours.map(({ name }) => name).join(', ');
    return { state: 'ambiguous', reason: `more than one update of ${site} may be ours: ${names}` };
  }
  const [found] = ours;
  if (found === undefined) {
    const reason = `${newest.owner} has begun another update of ${site} meanwhile (${newest.name})`;
    return { state: 'foreign', reason };
  }
  const tracker: Tracker = { kind: 'site-update', site, update: found.name };
  const evidence = { status: found.status, output: `update ${found.name} of ${found.creation}` };
  return { state: 'found', tracker, evidence };
}
