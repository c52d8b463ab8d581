import type { Verification } from '../../domain/activity-types.js';
import type { VerifySiteArgs } from '../../domain/site-changes.js';
import {
  type Account,
  type CallOptions,
  getSite,
  installedApps,
  type Site,
  siteConfig,
} from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { whileBeating } from '../heartbeat.js';

/** Reads a site back whose code or data was changed: is it as it is to be? (D 4.4) */
export function createVerifySiteActivities({ accounts, timing }: ActivityDeps) {
  return {
    /** Looks again until the deadline; what is then still wrong is the answer. */
    async verifySite(args: VerifySiteArgs): Promise<Verification> {
      return whileBeating(async (signal): Promise<Verification> => {
        const account = accounts.get(args.account);
        const found = await getSite(account.press, { site: args.site }, { signal });
        if (found.found !== 'own') {
          return { ok: false, failures: [`${args.site} is gone`], exceptions: [], details: {} };
        }
        const { site } = found;
        const apps = await installedApps(account.press, { site: args.site }, { signal });
        const http = await httpProblem(account, site, args, signal);
        const failures = [
          ...differences(site, args),
          ...missingApps(apps, args.apps),
          ...(http !== null && args.httpProbe === 'required' ? [http] : []),
        ];
        if (failures.length > 0 && Date.now() < args.deadline) {
          throw new NotYet(failures.join('; '), timing.verifyInterval);
        }
        return {
          ok: failures.length === 0,
          failures,
          exceptions: http !== null && args.httpProbe === 'reported' ? [http] : [],
          details: {
            version: site.version ?? '',
            group: site.group ?? '',
            bench: site.bench ?? '',
            status: site.status,
            apps: (apps ?? args.apps).join(', '),
            scheduler: await schedulerOf(account, args.site, { signal }),
          },
        };
      });
    },
  };
}

function differences(site: Site, { is, left, ignoresMarks }: VerifySiteArgs): readonly string[] {
  const wanted = (name: 'status' | 'version' | 'group' | 'bench'): readonly string[] => {
    const [has, wants] = [site[name], is[name]];
    if (wants === null || has === wants) return [];
    return [`its ${name} is ${has ?? 'unknown'}, not ${wants}`];
  };
  return [
    ...wanted('status'),
    ...wanted('version'),
    ...wanted('group'),
    ...wanted('bench'),
    ...(left !== undefined && site.bench === left ? [`it is still on ${left}`] : []),
    ...(ignoresMarks ? [] : marksOf(site)),
  ];
}

/** What Press remembers of something that has failed, until it is mended. */
const marksOf = ({
  fatal_site_update: fatal,
  creation_failed: failed,
}: Site): readonly string[] => [
  ...(fatal === null ? [] : [`update ${fatal} still marks it as fatal`]),
  ...(failed === null ? [] : [`its creation or a restore failed at ${failed}`]),
];

function missingApps(has: readonly string[] | null, wants: readonly string[]): readonly string[] {
  const missing = has === null ? [] : wants.filter((app) => !has.includes(app));
  return missing.length === 0 ? [] : [`these apps are missing: ${missing.join(', ')}`];
}

/**
 * Whether it answers; an Inactive site does not. 503 of an Active one is maintenance mode that a
 * restore without its config file has left on (D 2.3).
 */
async function httpProblem(
  account: Account,
  { status }: Site,
  { site }: VerifySiteArgs,
  signal: AbortSignal,
): Promise<string | null> {
  if (status !== 'Active') return null;
  const probed = await account.probe(site, signal);
  if (probed.ok) return null;
  const trap = 'it may be in maintenance mode still: deactivate and activate it';
  const hint = probed.status === 503 ? `; ${trap}` : '';
  return `it does not answer HTTP (${probed.reason ?? 'no reason'}${hint})`;
}

/** As far as its configuration tells: nothing else does. */
async function schedulerOf(account: Account, site: string, options: CallOptions): Promise<string> {
  const rows = await siteConfig(account.press, { site }, options);
  const paused = rows.some(({ key, value }) => key === 'pause_scheduler' && value !== '0');
  return paused ? 'paused by its config' : 'not paused by its config';
}
