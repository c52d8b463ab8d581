import type { ReinstallArgs } from '../../domain/reinstall.js';
import type { Sent } from '../../domain/trackers.js';
import {
  type Account,
  type CallOptions,
  listSiteActivity,
  reinstallSite,
} from '../../frappe-cloud/index.js';
import { type Located, runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { madeSince } from '../made-since.js';

/** Empties a site, once: a second send after the first has ended would do it again (B 4.1). */
export function createReinstallActivities(deps: ActivityDeps) {
  return {
    async reinstallSite({ key, account: name, site }: ReinstallArgs): Promise<Sent> {
      const account = deps.accounts.get(name);
      return whileBeating((signal) =>
        runCommand(deps, {
          key,
          account,
          endpoint: 'press.api.site.reinstall',
          payload: { site },
          repeat: 'after_horizon',
          locate: (since) => locate(account, site, since, { signal }),
          async send() {
            const job = await reinstallSite(account.press, { site }, { signal });
            return { kind: 'site-job', site, job };
          },
        }),
      );
    },
  };
}

/** The activity that each accepted call leaves names its job (observed-2 1). */
async function locate(
  account: Account,
  site: string,
  since: number,
  options: CallOptions,
): Promise<Located> {
  const rows = await listSiteActivity(account.press, { site, action: 'Reinstall' }, options);
  const made = await madeSince(account, site, rows, since, options);
  if (made === null) {
    return { state: 'ambiguous', reason: `the age of a reinstall of ${site} cannot be told` };
  }
  const [newest, another] = made;
  if (newest === undefined) return { state: 'none' };
  if (newest.job === null || another !== undefined) {
    return { state: 'ambiguous', reason: `${site} was reinstalled, but nothing tells by whom` };
  }
  return {
    state: 'found',
    tracker: { kind: 'site-job', site, job: newest.job },
    evidence: { job: newest.job, output: `by ${newest.owner} at ${newest.creation}` },
  };
}
