import type { CommandKey } from '../../domain/operations.js';
import type { SwitchSiteArgs } from '../../domain/restore.js';
import type { Sent, Tracker } from '../../domain/trackers.js';
import {
  activateSite,
  deactivateSite,
  getSite,
  listSiteJobs,
  PressError,
  type Account,
  type CallOptions,
} from '../../frappe-cloud/index.js';
import { afterEffect, runCommand, type RemoteCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { knownJobs } from '../known-jobs.js';
import { madeSince } from '../made-since.js';

type Switch = Extract<Tracker, { kind: 'site-switch' }>;

/** Both must succeed: the server's own configuration, and the proxy in front (B 4.3, B 4.4). */
const SWITCH_JOBS = ['Update Site Configuration', 'Update Site Status'];

/** Takes a site off, and puts it back on. */
export function createSiteSwitchActivities(deps: ActivityDeps) {
  return {
    /** Maintenance mode, and off the proxy; billing goes on (B 4.3). */
    async deactivateSite(args: SwitchSiteArgs): Promise<Sent> {
      return whileBeating((signal) =>
        runCommand(deps, switchCommand(deps, args, 'Inactive', { signal })),
      );
    },

    /**
     * Out of maintenance mode, and back on the proxy. Never for a site whose directory an archive
     * has dropped: Press would call it Active (observed-2 5).
     */
    async activateSite(args: SwitchSiteArgs): Promise<Sent> {
      return whileBeating((signal) =>
        runCommand(deps, switchCommand(deps, args, 'Active', { signal })),
      );
    },
  };
}

function switchCommand(
  deps: ActivityDeps,
  { key, account: name, site }: SwitchSiteArgs,
  to: Switch['to'],
  options: CallOptions,
): RemoteCommand {
  const account = deps.accounts.get(name);
  const call = to === 'Active' ? activateSite : deactivateSite;
  const jobsSince = (since: number) => switchJobs(deps, { key, account, site }, since, options);
  const landed = async (since: number): Promise<Switch | null> => {
    const found = await getSite(account.press, { site }, options);
    if (found.found !== 'own' || found.site.status !== to) return null;
    return { kind: 'site-switch', site, to, jobs: await jobsSince(since) };
  };
  return {
    key,
    account,
    endpoint: `press.api.client.run_doc_method Site.${to === 'Active' ? 'activate' : 'deactivate'}`,
    payload: { site, to },
    // A second one is refused, which proves the first (observed-2 1).
    repeat: 'at_once',
    async locate(since) {
      const tracker = await landed(since);
      return tracker === null ? { state: 'none' } : { state: 'found', tracker, evidence: {} };
    },
    async send(since) {
      try {
        await call(account.press, { site }, options);
      } catch (error) {
        // It may be so already: then there is nothing to do.
        if (!(error instanceof PressError) || error.code !== 'REFUSED') throw error;
        const tracker = await landed(since);
        if (tracker === null) throw error;
        return tracker;
      }
      const jobs = await afterEffect(deps, () => jobsSince(since));
      return { kind: 'site-switch', site, to, jobs };
    },
  };
}

/** Press writes them in the transaction of the status, and names none of them. */
async function switchJobs(
  deps: ActivityDeps,
  {
    key,
    account,
    site,
  }: { readonly key: CommandKey; readonly account: Account; readonly site: string },
  since: number,
  options: CallOptions,
): Promise<readonly string[]> {
  const query = { site, job_types: SWITCH_JOBS };
  const listed = await listSiteJobs(account.press, query, options);
  const known = await knownJobs(deps, key);
  // Switching off and on makes jobs of the same types, seconds apart.
  const jobs =
    listed.found === 'own' ? listed.jobs.filter(({ name }) => !known.includes(name)) : [];
  const made = (await madeSince(account, site, jobs, since, options)) ?? jobs;
  return made.map(({ name }) => name);
}
