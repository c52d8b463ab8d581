import type { Standing, StandingArgs } from '../../domain/site-changes.js';
import {
  type Account,
  getJob,
  getSite,
  getSiteUpdate,
  listSiteActions,
  listSiteJobs,
  type Site,
  type SiteAction,
  type SiteUpdate,
} from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet, OutcomeUnknown } from '../errors.js';
import { whileBeating } from '../heartbeat.js';
import { isSwept } from '../swept-job.js';

/** What Press itself still does to a site after it has called an update fatal (D 2.2). */
const AFTERMATH = ['Restore Site Tables', 'Activate Site'];

/** Where updates leave a site (D 2.2). Reads only. */
export function createUpdateStandingActivities({ accounts, timing }: ActivityDeps) {
  return {
    /** Waits until Press's own aftermath is over, then tells where the site stands. */
    async readUpdateStanding(args: StandingArgs): Promise<Standing> {
      const { pollFirst } = timing;
      return whileBeating(() => readStanding(accounts.get(args.account), args, pollFirst));
    },
  };
}

/**
 * One look.
 *
 * @throws NotYet while Press itself still works on it; OutcomeUnknown when it cannot be read
 */
export async function readStanding(
  account: Account,
  { site: name, update, before }: StandingArgs,
  againMs: number,
): Promise<Standing> {
  const { press } = account;
  const row = await getSiteUpdate(press, { site_update: update });
  if (row === null) throw new OutcomeUnknown(`the update ${update} of ${name} cannot be read`);
  const busy = await aftermathOf(account, row);
  if (busy !== null) throw new NotYet(`Press still runs "${busy}"`, againMs);
  const found = await getSite(press, { site: name });
  if (found.found !== 'own') throw new OutcomeUnknown(`${name} is not there any more`);
  const moves = await listSiteActions(press, { site: name, statuses: ['Scheduled', 'Running'] });
  return standingOf(found.site, row, { before, swept: await wasSwept(account, row), moves });
}

/** The job of Press's own that is still at work on the site. */
async function aftermathOf({ press, clock }: Account, row: SiteUpdate): Promise<string | null> {
  const listed = await listSiteJobs(press, { site: row.site, job_types: AFTERMATH });
  if (listed.found !== 'own') return null;
  const since = clock.parse(row.creation);
  const open = listed.jobs.find(
    ({ creation, status }) =>
      clock.parse(creation) >= since && ['Undelivered', 'Pending', 'Running'].includes(status),
  );
  return open?.job_type ?? null;
}

/** Over the step "Move Site" too: where the site is on its server is not known then (D 2.2). */
async function wasSwept({ press }: Account, { update_job }: SiteUpdate): Promise<boolean> {
  return update_job !== null && isSwept(await getJob(press, { job: update_job }));
}

interface Around {
  readonly before: StandingArgs['before'];
  readonly swept: boolean;
  readonly moves: readonly SiteAction[];
}

function standingOf(site: Site, row: SiteUpdate, { before, swept, moves }: Around): Standing {
  const rests = ['Active', 'Inactive', 'Broken', 'Suspended'].includes(site.status);
  const where = swept || !rests ? 'unknown' : placeOf(site, row);
  const isFatal = site.fatal_site_update !== null;
  return {
    where,
    sound: site.status === before.status && !isFatal,
    moves: moves.map(
      ({ action_type, status, scheduled_time }) =>
        `${action_type} (${status}${scheduled_time === null ? '' : ` ${scheduled_time}`})`,
    ),
    says: [
      `it is ${site.status} on ${site.bench ?? 'no bench'}, ${site.version ?? 'no version'}`,
      ...(isFatal ? ['marked by a fatal update'] : []),
      ...(swept ? ['the update was ended by the sweep of Press, which hides how far it came'] : []),
    ].join(', '),
    evidence: {
      status: site.status,
      ...(site.group !== null && { group: site.group }),
      ...(row.recover_job !== null && { job: row.recover_job }),
    },
  };
}

function placeOf({ bench }: Site, row: SiteUpdate): Standing['where'] {
  if (bench === row.source_bench) return 'source';
  return bench === row.destination_bench ? 'destination' : 'unknown';
}
