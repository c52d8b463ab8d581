import type { CommandKey } from '../../domain/operations.js';
import type { Tracker } from '../../domain/trackers.js';
import {
  archiveSite,
  listArchivedSites,
  listSiteActivity,
  listSiteJobs,
  type Account,
  type CallOptions,
  type JobRow,
} from '../../frappe-cloud/index.js';
import { afterEffect, type Located, type RemoteCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';

/** Both decide: one drops the site on its server, the other its route on the proxy (B 4.2). */
export const ARCHIVE_JOBS = ['Archive Site', 'Remove Site from Upstream'];

const FINISHED = ['Success', 'Failure', 'Delivery Failure'];

/** How Press is asked to archive. */
export interface Archiving {
  readonly site: string;
  /** Drop the site although its database does not answer, as half-made ones may not (A 3.8). */
  readonly force: boolean;
  /** A backup of Press's own before; cannot be had of half-made sites (A 3.8). */
  readonly finalBackup: boolean;
}

/**
 * Archive carries the operation id as its reason: the one slot Press offers, and how it is found
 * again (B 4.2).
 */
export function archiveCommand(
  deps: ActivityDeps,
  account: Account,
  key: CommandKey,
  { site, force, finalBackup }: Archiving,
  options: CallOptions,
): RemoteCommand {
  const { press } = account;
  const reason = `${key.operationId}/${key.step}/${key.round}`;
  const locate = async (): Promise<Located> => {
    const job = await archiveJobOf(account, site, reason, options);
    if (job === undefined) return { state: 'none' };
    // Without its job nothing tells how it ends: that the name goes is no proof (observed C9).
    if (job === null) {
      return { state: 'ambiguous', reason: `Press tells of an archive of ${site}, not of its job` };
    }
    const tracker: Tracker = { kind: 'site-archive', site, job };
    return { state: 'found', tracker, evidence: { job } };
  };
  return {
    key,
    account,
    endpoint: 'press.api.client.run_doc_method Site.archive',
    payload: { site, reason },
    repeat: 'after_horizon',
    locate,
    async send() {
      await archiveSite(
        press,
        { site, reason, force, create_offsite_backup: finalBackup },
        options,
      );
      const found = await afterEffect(deps, locate);
      if (found.state === 'found') return found.tracker;
      throw new NotYet('accepted; its job is not to be seen yet', deps.timing.pollFirst);
    },
  };
}

/** The job of an archive with this reason, if Press names it; undefined when there was none. */
async function archiveJobOf(
  { press }: Account,
  site: string,
  reason: string,
  options: CallOptions,
): Promise<string | null | undefined> {
  const jobUnder = async (name: string) => {
    const query = { site: name, action: 'Archive', reason };
    const [row] = await listSiteActivity(press, query, options);
    return row?.job;
  };
  const job = await jobUnder(site);
  if (job !== undefined) return job;
  // After success the same row is found under the archived name (observed-2 1).
  for (const { name } of await listArchivedSites(press, { site }, options)) {
    const found = await jobUnder(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Jobs of these types that have not come to rest. */
export async function unfinishedJobs(
  account: Account,
  site: string,
  jobTypes: readonly string[],
  options?: CallOptions,
): Promise<readonly JobRow[]> {
  const listed = await listSiteJobs(account.press, { site, job_types: jobTypes }, options);
  if (listed.found !== 'own') return [];
  return listed.jobs.filter(({ status }) => !FINISHED.includes(status));
}
