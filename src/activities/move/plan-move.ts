import type { PlanArgs } from '../../domain/activity-types.js';
import type { MoveSiteInput } from '../../domain/inputs.js';
import type { MoveTarget } from '../../domain/moves.js';
import type { Check, Plan } from '../../domain/plan.js';
import { type Account, listDomains } from '../../frappe-cloud/index.js';
import { fail, pass, teamCheck, warn } from '../checks.js';
import type { ActivityDeps } from '../deps.js';
import { Refused } from '../errors.js';
import { beginning } from '../maintenance.js';
import { announcePlan, inputOf } from '../planning.js';
import { planSafetyCopy } from '../safety-copy/index.js';
import { downtime } from '../upgrade/change-plan.js';
import { lossesOf, openWorkChecks, statusCheck } from '../site/site-checks.js';
import { siteFacts } from '../site/site-facts.js';
import { readSite } from '../site/site-reading.js';
import { routeOf } from './destination.js';
import { readPlace } from './place.js';

/** Backup, restore, and an update at the least. */
const MOVE_SECONDS = 15 * 60;
const BENCH_SECONDS = 30 * 60;

/** Preflight of a move: read-only (C 2.7, C 2.8). */
export async function planMove(
  deps: ActivityDeps,
  { ref, input: given, underLock }: PlanArgs<MoveSiteInput>,
): Promise<Plan<MoveTarget>> {
  const input = inputOf('move', given);
  const { policy } = deps;
  const account = deps.accounts.get(input.account);
  const [reading, placed] = await Promise.all([
    readSite(account, input.site),
    readPlace(account, input.site),
  ]);
  if (placed === null) throw new Refused(`${input.site} is no site of this team`);
  const { site } = reading;
  const skip = input.safetyCopy === 'skip';
  const [route, copy, domains] = await Promise.all([
    routeOf(account, input, placed),
    planSafetyCopy(deps, account, input.site, { mode: 'new', skip }),
    domainCheck(account, input.site),
  ]);
  const begins = beginning(policy.maintenance, input.at, Date.now());
  const { to, after } = route;
  const plan = `its plan ${site.plan ?? ''}: Press sets another one with the kind of server`;
  return announcePlan(
    deps,
    { ref, underLock },
    {
      site: input.site,
      summary: [
        'cluster' in to ? `to ${to.cluster}` : `to ${to.group} on ${to.server}`,
        reading.apps.join(', '),
        downtime(MOVE_SECONDS),
      ].join(' · '),
      target: {
        site: input.site,
        to,
        before: placed.place,
        after,
        plan: site.plan,
        apps: reading.apps,
        skipFailingPatches: input.skipFailingPatches ?? false,
        maySkipPatches: policy.patches.skipFailing === 'allow',
        copy: copy.plan,
        httpProbe: policy.verification.http,
      },
      steps: [
        ...copy.steps,
        { name: 'move', undo: 'Press puts it back; else the copy is restored' },
        { name: 'verify' },
      ],
      pointOfNoReturn: 'move',
      mayLose: [...lossesOf(copy.plan, 'move'), ...(route.changesPlan ? [plan] : [])],
      checks: [
        teamCheck(site, reading.self),
        statusCheck(reading, { allowed: ['Active'], underLock }),
        ...route.checks,
        ...(route.changesPlan ? [warn('plan', plan)] : []),
        domains,
        ...openWorkChecks(reading, { underLock }),
        ...copy.checks,
        begins.check,
      ],
      acknowledge: copy.acknowledge,
      facts: {
        requestedBy: input.requestedBy,
        ...siteFacts(reading),
        skipsSafetyCopy: skip,
        skipsFailingPatches: input.skipFailingPatches ?? false,
      },
      resources: [
        `site:${input.site}`,
        ...(route.needsBench && 'group' in to ? [`group:${to.group}`] : []),
      ],
      ...(begins.notBefore !== undefined && { notBefore: begins.notBefore }),
      estimateSeconds: MOVE_SECONDS + (route.needsBench ? BENCH_SECONDS : 0),
    },
  );
}

/** Press refuses to move a site with a domain that does not work (C 2.9). */
async function domainCheck({ press }: Account, site: string): Promise<Check> {
  const domains = await listDomains(press, { site });
  const idle = domains.filter(({ status }) => status !== 'Active').map(({ domain }) => domain);
  return idle.length === 0
    ? pass('custom domains', 'none that does not work')
    : fail('custom domains', `these do not work, remove or mend them first: ${idle.join(', ')}`);
}
