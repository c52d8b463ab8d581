import { z } from 'zod';
import { SITE_STATUSES, type SiteStatus } from '../../domain/site-status.js';
import type { CallOptions, Transport } from '../transport.js';
import {
  getDocument,
  getList,
  insertDocument,
  type Owned,
  readOwned,
  runDocMethod,
} from './generic.js';
import { checkShape, flag, naiveDatetime, tell } from './wire.js';

export { SITE_STATUSES, type SiteStatus };

/** Fields that `get` and `get_list` spell alike. */
const COMMON_FIELDS = {
  name: z.string(),
  status: z.enum(SITE_STATUSES),
  owner: z.string(),
  creation: naiveDatetime,
  team: z.string(),
  group: z.string().nullable(),
  bench: z.string().nullable(),
  server: z.string().nullable(),
  plan: z.string().nullable(),
  host_name: z.string().nullable(),
  /** Also set by a failed restore; an Active site that has it set has failed (A 3.4, A 4.5). */
  creation_failed: naiveDatetime.nullable(),
  /** Stays set for good once an archive failed (observed-2 5). */
  archive_failed: flag,
  fatal_site_update: z.string().nullable(),
};

const SiteSchema = z.object({
  ...COMMON_FIELDS,
  /** Version of the group, such as "Version 15". */
  version: z.string().nullable(),
  group_team: z.string().nullable(),
  group_public: flag.nullable(),
  /** Ours for a dedicated server, else Frappe's. */
  server_team: z.string().nullish(),
  /** Where an A record of a domain has to lead (C 5.5). */
  inbound_ip: z.string().nullish(),
  /** Days after which a site that is Broken with `creation_failed` is archived by itself (B 2.5). */
  creation_failure_retention_days: z.number().nullish(),
  /** Its own; "tags" of the site's page are those of the whole team (A 3.1). */
  tags: z.array(z.object({ tag_name: z.string() })).nullish(),
});
export type Site = z.infer<typeof SiteSchema>;

/** `cluster` only here: `get` replaces the name by an object of titles (A 2.4). */
const SiteRowSchema = z.object({ ...COMMON_FIELDS, cluster: z.string().nullable() });
export type SiteRow = z.infer<typeof SiteRowSchema>;

export interface NewSite {
  /** Subdomain only. */
  readonly name: string;
  /** `frappe` first. */
  readonly apps: readonly string[];
  readonly plan: string;
  readonly cluster: string;
  /** Required on the shared path. Press also accepts a group of another team (observed N2). */
  readonly group?: string;
  readonly version?: string;
  /** Ignored on the private path: the default domain is taken (A 3.2). */
  readonly domain?: string;
  /** Private path only: the cloud of the public server that gets the bench (A 3.2). */
  readonly provider?: string;
  /** A dedicated server of ours; decides the path before the plan does (A 3.2). */
  readonly server?: string;
}

const NewSiteAnswerSchema = z.union([
  z.object({ site: z.string(), job: z.string().nullable() }),
  z.object({ site_group_deploy: z.string() }),
]);
/** The site and its `New Site` job, or the order of a bench that comes before it (A 3.2). */
export type NewSiteAnswer = z.infer<typeof NewSiteAnswerSchema>;

/**
 * Orders a site; billing starts. Mutating (A 3.2). The plan decides the path: with
 * `private_bench_support` a bench group of its own is built first. Plans may be replaced silently:
 * read the site's `plan` back. App plans are left out on purpose: any entry is a 500 (observed C8).
 *
 * Repeated: shared path 409 `DUPLICATE`, safe at any time. Private path 417, see `isTitleTaken`,
 * once the first has ended, but a SECOND order, group and build while it is still running (observed-2 1).
 *
 * @throws PressError; a 5xx does not prove that no site exists (observed-2 6.1)
 */
export async function newSite(
  press: Transport,
  site: NewSite,
  options?: CallOptions,
): Promise<NewSiteAnswer> {
  const { message } = await tell(press, 'press.api.site.new', { site }, options);
  return checkShape(NewSiteAnswerSchema, message, 'press.api.site.new');
}

export interface InsertSite {
  readonly subdomain: string;
  readonly domain: string;
  /** `frappe` first. */
  readonly apps: readonly string[];
  readonly cluster: string;
  readonly group: string;
  readonly subscription_plan: string;
}

/**
 * Orders a site on an existing group; the answer names no job. Mutating (A 3.10). An unknown plan
 * is a 500. Repeated: 409 `DUPLICATE`, safe at any time.
 *
 * @throws PressError
 */
export function insertSite(
  press: Transport,
  { apps, ...site }: InsertSite,
  options?: CallOptions,
): Promise<Site> {
  const doc = { doctype: 'Site', ...site, apps: apps.map((app) => ({ app })) };
  return insertDocument(press, doc, SiteSchema, options);
}

/**
 * The site with its true status. Read; heavy, poll with {@link listSites}. A custom domain asked
 * for as a site is `none`, with the path of its site in `redirectsTo` (A 2.4).
 *
 * @throws PressError
 */
export function getSite(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<Owned<{ readonly site: Site }>> {
  return readOwned(async () => ({
    site: await getDocument(press, 'Site', args.site, SiteSchema, options),
  }));
}

/**
 * Own sites by name, the newest first; others are simply missing. Read. The status filter is
 * always sent: without it Press hides Archived sites and masks statuses (A 2.3).
 *
 * @throws PressError
 */
export function listSites(
  press: Transport,
  args: { readonly names: readonly string[]; readonly statuses?: readonly SiteStatus[] },
  options?: CallOptions,
): Promise<SiteRow[]> {
  const query = {
    doctype: 'Site',
    fields: Object.keys(SiteRowSchema.shape),
    filters: { name: ['in', args.names], status: ['in', args.statuses ?? SITE_STATUSES] },
    limit: Math.max(1, args.names.length),
  };
  return getList(press, query, SiteRowSchema, options);
}

/**
 * Own sites that bore this name and are archived, the one made last first. Read. Press renames them
 * to `<name>.archived`, `<name>.archived.1`, ... (B 4.2).
 *
 * @throws PressError
 */
export function listArchivedSites(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<SiteRow[]> {
  const query = {
    doctype: 'Site',
    fields: Object.keys(SiteRowSchema.shape),
    filters: { status: 'Archived', name: ['like', `${args.site}.archived%`] },
    limit: 10,
  };
  return getList(press, query, SiteRowSchema, options);
}

export interface ArchiveSite {
  readonly site: string;
  /** Kept with the activity row, also after the rename: the proof of a lost answer. */
  readonly reason: string;
  readonly force: boolean;
  /** Press's own default is true. False for half-made sites: their backup step fails (A 3.8). */
  readonly create_offsite_backup: boolean;
}

/**
 * DESTROYS the site: the status turns Pending at once, later the site is renamed to
 * `<name>.archived`. Mutating (A 3.8). The job is not named: see `listSiteActivity` "Archive".
 *
 * Repeated: 417 `BUSY` while pending, 403 `FORBIDDEN` after success.
 *
 * @throws PressError
 */
export async function archiveSite(
  press: Transport,
  { site, ...args }: ArchiveSite,
  options?: CallOptions,
): Promise<void> {
  await runDocMethod(press, { dt: 'Site', dn: site, method: 'archive', args }, options);
}
