import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { runDocMethod } from './generic.js';
import { SITE_STATUSES } from './sites.js';
import { ask, checkShape, flag, naiveDatetime } from './wire.js';

const SiteOverviewSchema = z.object({
  name: z.string(),
  status: z.enum(SITE_STATUSES),
  host_name: z.string().nullable(),
  team: z.string(),
  /** Such as "Version 15". */
  frappe_version: z.string().nullable(),
  latest_frappe_version: z.string().nullable(),
  server: z.string().nullable(),
  server_region_info: z.object({ title: z.string().nullable() }).nullable(),
  /** Address that an A record of a domain must have. */
  ip: z.string().nullable(),
  can_change_plan: z.boolean(),
  setup_wizard_complete: flag,
  /** Pending and untouched for more than 4 hours (B 4.8). */
  pending_for_long: z.boolean(),
  info: z.object({ created_on: naiveDatetime, auto_updates_enabled: flag }),
});
export type SiteOverview = z.infer<typeof SiteOverviewSchema>;

/**
 * What Press's own page of an own site tells beside its document: address, region. Read (A 3.1).
 * Its `tags` are those of the whole team, and it says nothing of a failed creation, and leaves out
 * a public group: `getSite` knows all three. `upgradeStanding` reads the rest of the answer.
 *
 * @throws PressError `FORBIDDEN` for a site of another team, and for none
 */
export function siteOverview(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<SiteOverview> {
  return ask(press, 'press.api.site.get', { name: args.site }, SiteOverviewSchema, options);
}

const AnySiteSchema = z.object({
  name: z.string(),
  /** Masked: "Update Available" covers the true one, even Broken (observed 4). */
  status: z.string(),
  team: z.string().nullish(),
});
export type AnySite = z.infer<typeof AnySiteSchema>;

export interface AllSites {
  readonly status?: 'Active' | 'Broken' | 'Inactive' | 'Trial' | 'Update Available';
  readonly tag?: string;
}

/**
 * Every site of the team AND of its child teams, archived ones left out. Read (A 3.1), in one
 * answer of any length with a whole plan for each site: for anything but a small estate, and for
 * true statuses, `listSites`.
 *
 * @throws PressError
 */
export function allSites(
  press: Transport,
  filter: AllSites = {},
  options?: CallOptions,
): Promise<AnySite[]> {
  // Both keys must be there, or it is a 500 (A 3.1).
  const params = { site_filter: { status: '', tag: '', ...filter } };
  return ask(press, 'press.api.site.all', params, z.array(AnySiteSchema), options);
}

/** Tags in use on sites of the team. Read (A 3.1). @throws PressError */
export function siteTags(press: Transport, options?: CallOptions): Promise<string[]> {
  return ask(press, 'press.api.site.site_tags', {}, z.array(z.string()), options);
}

const UsageSchema = z
  .object({
    cpu: z.number(),
    storage: z.number(),
    database: z.number(),
    hours_until_cpu_usage_resets: z.number(),
  })
  .transform(({ hours_until_cpu_usage_resets: hours_until_reset, ...used }) => ({
    ...used,
    hours_until_reset,
  }));
/** CPU in hours since the day began, as Press counts them; storage and database in MB. */
export type SiteUsage = z.infer<typeof UsageSchema>;

/**
 * What an own site uses now. Read. The sizes are those of the last count; no token may ask for a
 * new one (`refresh_database_usage` is a 403, observed-2 6.13). `currentPlan` tells the limits too.
 *
 * @throws PressError
 */
export async function getCurrentUsage(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<SiteUsage> {
  const call = { dt: 'Site', dn: args.site, method: 'get_current_usage', args: {} };
  const { message } = await runDocMethod(press, call, options);
  return checkShape(UsageSchema, message, 'Site.get_current_usage');
}
