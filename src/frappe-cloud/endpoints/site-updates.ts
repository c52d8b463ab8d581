import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { getList, runDocMethod } from './generic.js';
import { runForName } from './named.js';
import { ask, flag, naiveDatetime } from './wire.js';

/** Every status of a Site Update (C 2.1); any middle one may be missed between two looks. */
const SITE_UPDATE_STATUSES = [
  /** Waits for its time, or for the site to be free; tried every 5 minutes. */
  'Scheduled',
  'Pending',
  'Running',
  'Success',
  /** NOT final: the way back follows. Rarely seen; rests while a server cannot be reached. */
  'Failure',
  'Recovering',
  /** Rolled back: the site is on its source bench, as before (D 2.2). */
  'Recovered',
  /** Final, with many meanings: look where the site stands, by the table of D 2.2. */
  'Fatal',
  'Cancelled',
] as const;
export type SiteUpdateStatus = (typeof SITE_UPDATE_STATUSES)[number];

const SiteUpdateSchema = z.object({
  name: z.string(),
  site: z.string(),
  status: z.enum(SITE_UPDATE_STATUSES),
  creation: naiveDatetime,
  /** Who asked for it; Press itself updates sites at night (C 2.1). */
  owner: z.string(),
  source_bench: z.string().nullable(),
  /** The only sign of the destination group, which Press never shows (observed-2 1). */
  destination_bench: z.string().nullable(),
  /** "Migrate" or "Pull"; always "Migrate" when the group changes. */
  deploy_type: z.string().nullable(),
  /** "Logical" mostly; Press decides (C 2.1). */
  backup_type: z.string().nullable(),
  /** Their steps are in `getJob`; a reaped job lies about "Move Site" (D 2.2). */
  update_job: z.string().nullable(),
  recover_job: z.string().nullable(),
  activate_site_job: z.string().nullable(),
  deactivate_site_job: z.string().nullable(),
  scheduled_time: naiveDatetime.nullable(),
  skipped_backups: flag,
  skipped_failing_patches: flag,
  update_start: naiveDatetime.nullable(),
  update_end: naiveDatetime.nullable(),
});
/** A move of a site to a newer bench, within its group or to another one. */
export type SiteUpdate = z.infer<typeof SiteUpdateSchema>;

export interface SiteUpdateFilter {
  readonly site: string;
  /** Naive, in the server's zone, as `creation` is. Rows made at that moment are among them. */
  readonly since?: string;
  readonly statuses?: readonly SiteUpdateStatus[];
  /** Default 20. */
  readonly limit?: number;
}

/**
 * Updates of an own site, the newest first. Read (C 2.1). The tracker of every update and upgrade,
 * and the proof of a lost one: a row that is new, ours by `owner`, with the right destination bench
 * (observed-2 1). An upgrade with a time ahead has no row yet.
 *
 * @throws PressError
 */
export function listSiteUpdates(
  press: Transport,
  args: SiteUpdateFilter,
  options?: CallOptions,
): Promise<SiteUpdate[]> {
  const filters = {
    site: args.site,
    ...(args.since !== undefined && { creation: ['>=', args.since] }),
    ...(args.statuses && { status: ['in', args.statuses] }),
  };
  return listUpdates(press, filters, args.limit ?? 20, options);
}

/**
 * One update by name; null for an unknown one and for one of another team. Read. Asked for as a
 * list: some builds of Press refuse the document to team users (A 2.2).
 *
 * @throws PressError
 */
export async function getSiteUpdate(
  press: Transport,
  args: { readonly site_update: string },
  options?: CallOptions,
): Promise<SiteUpdate | null> {
  const [row] = await listUpdates(press, { name: args.site_update }, 1, options);
  return row ?? null;
}

function listUpdates(
  press: Transport,
  filters: Readonly<Record<string, unknown>>,
  limit: number,
  options?: CallOptions,
): Promise<SiteUpdate[]> {
  const fields = Object.keys(SiteUpdateSchema.shape);
  const query = { doctype: 'Site Update', fields, filters, limit };
  return getList(press, query, SiteUpdateSchema, options);
}

export interface ScheduleUpdate {
  readonly site: string;
  /** True leaves no way back: a failure ends Fatal, half migrated perhaps (D 2.2). */
  readonly skip_backups: boolean;
  readonly skip_failing_patches: boolean;
  /** Naive, in the server's zone; a time gone by starts within 5 minutes. Left out: now. */
  readonly scheduled_time?: string;
}

/**
 * Updates the site to the newest bench of its group; answers the name of the Site Update. Mutating,
 * with downtime (C 2.2). Needs a site Active, Inactive, Suspended or Broken. A busy site makes the
 * update Scheduled instead of Pending (C 2.1).
 *
 * Repeated: 417 by the state of the site, or 417 "Site Update is scheduled for ..." for one that
 * waits (see `updateRefusal`); once it has ended, another update. A lost one: `listSiteUpdates`.
 *
 * @throws PressError
 */
export function scheduleUpdate(
  press: Transport,
  { site, ...args }: ScheduleUpdate,
  options?: CallOptions,
): Promise<string> {
  return runForName(press, { dt: 'Site', dn: site, method: 'schedule_update', args }, options);
}

export interface EditScheduledUpdate {
  readonly site: string;
  readonly site_update: string;
  /** All of them: what is left out would be reset (C 2.3). */
  readonly skip_backups: boolean;
  readonly skip_failing_patches: boolean;
  readonly scheduled_time: string | null;
}

/**
 * Changes a scheduled update. Mutating (C 2.3). Press checks neither its status nor whose it is:
 * look first. Repeated: the same again; safe at any time.
 *
 * @throws PressError the refusals of {@link scheduleUpdate}
 */
export async function editScheduledUpdate(
  press: Transport,
  { site, site_update: name, ...changed }: EditScheduledUpdate,
  options?: CallOptions,
): Promise<void> {
  const args = { name, ...changed };
  const call = { dt: 'Site', dn: site, method: 'edit_scheduled_update', args };
  await runDocMethod(press, call, options);
}

/**
 * Withdraws an update that waits for its time; it becomes Cancelled. Mutating (C 2.4). Nothing of
 * the kind exists for a version upgrade.
 *
 * Repeated: 417 "... with status Cancelled ...". A lost one: the status of the update.
 *
 * @throws PressError `REFUSED` when it has begun or begins just now
 */
export async function cancelScheduledUpdate(
  press: Transport,
  { site, ...args }: { readonly site: string; readonly site_update: string },
  options?: CallOptions,
): Promise<void> {
  const call = { dt: 'Site', dn: site, method: 'cancel_scheduled_update', args };
  await runDocMethod(press, call, options);
}

/**
 * True when the newest update of the site was rolled back because migrating failed. Read (C 2.6).
 * False for a Fatal one and for a failed plain migrate.
 *
 * @throws PressError
 */
export function lastMigrateFailed(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<boolean> {
  const method = 'press.api.site.last_migrate_failed';
  return ask(press, method, { name: args.site }, z.boolean(), options);
}
