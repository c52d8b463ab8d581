import type { CommandKey } from '../../domain/operations.js';
import type { ProvisionTarget } from '../../domain/plan.js';
import type { Tracker } from '../../domain/trackers.js';
import {
  calibrateClock,
  getSite,
  insertSite,
  listSiteJobs,
  newSite,
  type Account,
  type CallOptions,
} from '../../frappe-cloud/index.js';
import type { Located, RemoteCommand } from '../commands.js';
import { Defect, NotYet } from '../errors.js';
import { orderCreation } from './order-creation.js';

/** Jobs that make a site; both kinds of the first, one of the second, must succeed (A 3.3). */
export const CREATION_JOBS = ['New Site', 'New Site from Backup', 'Add Site to Upstream'];

/** Clocks of one request differ by its own duration and the `Date` header's whole seconds. */
const CLOCK_SLACK_MS = 5_000;
/** Jobs start within seconds. */
const LOOK_AGAIN_MS = 1_000;

/** How Press is asked for a site, by the path it will take (A 3.2). */
export function creationCommand(
  account: Account,
  key: CommandKey,
  target: ProvisionTarget,
  options: CallOptions,
): RemoteCommand {
  return target.path === 'private' || target.path === 'dedicated'
    ? orderCreation(account, key, target, options)
    : siteCreation(account, key, target, options);
}

/**
 * A site on a shared bench or on an own group. The name is a key, so a second send
 * would be refused; still "not found" is proven first, because a request that starts after our
 * undo would make a site that nobody knows of (observed-2 1).
 */
function siteCreation(
  account: Account,
  key: CommandKey,
  target: ProvisionTarget,
  options: CallOptions,
): RemoteCommand {
  const { press } = account;
  return {
    key,
    account,
    endpoint: target.path === 'own_group' ? 'press.api.client.insert Site' : 'press.api.site.new',
    payload: target,
    repeat: 'after_horizon',
    async send() {
      if (target.path === 'own_group') return insertOnGroup(account, target, options);
      const answer = await newSite(
        press,
        {
          name: target.subdomain,
          domain: target.domain,
          apps: target.apps,
          plan: target.plan,
          version: target.version,
          cluster: target.cluster,
          group: target.group,
        },
        options,
      );
      if ('site' in answer) return { kind: 'site-creation', site: answer.site, job: answer.job };
      throw new Defect(
        `Press chose the private path for plan ${target.plan}: order ${answer.site_group_deploy}`,
      );
    },
    locate: (since) => locateSite(account, target, since, options),
  };
}

/** On an own group `site.new` would look at the plan first, and may build another bench (A 3.2). */
async function insertOnGroup(
  { press }: Account,
  target: ProvisionTarget,
  options: CallOptions,
): Promise<Tracker> {
  const { subdomain, domain, apps, cluster, group, plan } = target;
  const site = await insertSite(
    press,
    { subdomain, domain, apps, cluster, group, subscription_plan: plan },
    options,
  );
  return { kind: 'site-creation', site: site.name, job: null };
}

async function locateSite(
  account: Account,
  target: ProvisionTarget,
  since: number,
  options: CallOptions,
): Promise<Located> {
  const { press, clock } = account;
  const { site } = target;
  const found = await getSite(press, { site }, options);
  if (found.found === 'none') return { state: 'none' };
  if (found.found === 'foreign') {
    return { state: 'foreign', reason: `${site} belongs to another team: the name was taken` };
  }
  const { creation, group, plan, team } = found.site;
  const listed = await listSiteJobs(press, { site, job_types: CREATION_JOBS }, options);
  const jobs = listed.found === 'own' ? listed.jobs : [];
  // Whose it is shows by its age; without the server's zone a site of ours may be anybody's.
  if (!(await calibrateClock(account, site, options))) {
    const waits = jobs.some(({ end, status }) => end === null && status !== 'Delivery Failure');
    if (waits) throw new NotYet(`${site} exists; its age shows when its jobs start`, LOOK_AGAIN_MS);
    return { state: 'ambiguous', reason: `${site} exists, and its age cannot be told` };
  }
  if (clock.parse(creation) < since - CLOCK_SLACK_MS) {
    return { state: 'foreign', reason: `${site} is older than this operation (${creation})` };
  }
  if (jobs.length === 0) {
    // Press has kept half of a failed request: nothing heals such a site (observed-2 6.1).
    return { state: 'ambiguous', reason: `${site} exists, but no job makes it` };
  }
  if (group !== target.group || team !== target.team || plan !== target.plan) {
    return {
      state: 'ambiguous',
      reason: `${site} exists, but with group ${group}, plan ${plan}: not as this operation asked`,
    };
  }
  const job = jobs.find(({ job_type }) => job_type.startsWith('New Site'))?.name ?? null;
  return {
    state: 'found',
    tracker: { kind: 'site-creation', site, job },
    evidence: { status: found.site.status, output: `created ${creation}`, ...(job && { job }) },
  };
}
