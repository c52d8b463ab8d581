import { activityInfo } from '@temporalio/activity';
import { ARCHIVED_AFTER_DAYS, type SiteArgs, type SiteStanding } from '../../domain/restore.js';
import { getSite, type CallOptions, type ProbeResult } from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { whileBeating } from '../heartbeat.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** A redirect is an answer of the site. */
const REFUSING = 400;
/** Looks before that is believed: a minute. */
const LOOKS = 4;

/** How a site stands, for decisions about ways back. */
export function createSiteLookActivities(deps: ActivityDeps) {
  return {
    /** One look. */
    lookAtSite: (args: SiteArgs): Promise<SiteStanding> =>
      whileBeating((signal) => readLook(deps, args, { signal })),

    /** A look that does not believe in maintenance at once. */
    awaitServed: (args: SiteArgs): Promise<SiteStanding> =>
      whileBeating(async (signal) => {
        const standing = await readLook(deps, args, { signal });
        if (!standing.served && activityInfo().attempt < LOOKS) {
          throw new NotYet(`${args.site}: ${standing.says}`, deps.timing.verifyInterval);
        }
        return standing;
      }),
  };
}

const GONE: SiteStanding = { status: 'gone', archivedFrom: null, served: false, says: 'gone' };

async function readLook(
  { accounts }: ActivityDeps,
  { account: name, site }: SiteArgs,
  options: CallOptions,
): Promise<SiteStanding> {
  const account = accounts.get(name);
  const found = await getSite(account.press, { site }, options);
  if (found.found !== 'own') return GONE;
  const { status, creation_failed, creation_failure_retention_days: days } = found.site;
  const failedAt = creation_failed === null ? null : account.clock.parse(creation_failed);
  const probe = await account.probe(site, options.signal);
  const until = failedAt === null ? null : failedAt + (days ?? ARCHIVED_AFTER_DAYS) * DAY_MS;
  return { status, archivedFrom: isoOf(until), ...servedBy(probe) };
}

/** In front of a site in maintenance stands a page with 503 (observed-2 3). */
const servedBy = ({ ok, status, reason }: ProbeResult) => ({
  served: ok || (status !== undefined && status < REFUSING),
  says: reason ?? `HTTP ${status ?? 'unknown'}`,
});

const isoOf = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString();
