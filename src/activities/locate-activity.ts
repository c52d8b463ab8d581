import type { CommandKey } from '../domain/operations.js';
import type { Tracker } from '../domain/trackers.js';
import {
  listSiteActivity,
  me,
  type Account,
  type CallOptions,
  type SiteActivity,
} from '../frappe-cloud/index.js';
import type { Located } from './commands.js';
import type { ActivityDeps } from './deps.js';
import { knownJobs } from './known-jobs.js';
import { madeSince } from './made-since.js';

/** What an accepted call leaves behind at Press. */
export interface Deed {
  readonly key: CommandKey;
  readonly site: string;
  /** As Press spells it, e.g. "Migrate". */
  readonly action: string;
  /** What Press writes beside it, e.g. the app of "Install App". */
  readonly reason?: string;
  /** What is waited for then. */
  readonly track: (job: string) => Tracker;
}

/**
 * Looks for the activity that each accepted call leaves, with its job; ours by user and time, and
 * by a job that no earlier round of this operation has (observed-2 1).
 */
export async function locateByActivity(
  deps: ActivityDeps,
  account: Account,
  { key, site, action, reason, track }: Deed,
  since: number,
  options: CallOptions,
): Promise<Located> {
  const { press } = account;
  const { user } = await me(press, options);
  const known = await knownJobs(deps, key);
  const query = { site, action, ...(reason !== undefined && { reason }) };
  const rows = await listSiteActivity(press, query, options);
  const isKnown = (job: string | null): boolean => job !== null && known.includes(job);
  const mine = rows.filter(({ owner, job }) => owner === user && !isKnown(job));
  const ours = await madeSince(account, site, mine, since, options);
  if (ours === null) {
    return { state: 'ambiguous', reason: `${words(site, action)}, and when cannot be told` };
  }
  const [row, another] = ours;
  if (row === undefined) return { state: 'none' };
  if (another !== undefined || row.job === null) {
    return { state: 'ambiguous', reason: `${words(site, action)} more than once meanwhile` };
  }
  return { state: 'found', tracker: track(row.job), evidence: evidenceOf(row, row.job) };
}

const words = (site: string, action: string): string => `${site} has had "${action}"`;

const evidenceOf = ({ owner, creation }: SiteActivity, job: string) => ({
  job,
  output: `by ${owner} at ${creation}`,
});
