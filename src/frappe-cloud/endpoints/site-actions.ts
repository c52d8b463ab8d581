import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { getList } from './generic.js';
import { naiveDatetime } from './wire.js';

const SITE_ACTION_STATUSES = ['Scheduled', 'Running', 'Success', 'Failure', 'Cancelled'] as const;
export type SiteActionStatus = (typeof SITE_ACTION_STATUSES)[number];

const SiteActionSchema = z.object({
  name: z.string(),
  /** Such as "Move Site To Different Server / Bench". */
  action_type: z.string(),
  status: z.enum(SITE_ACTION_STATUSES),
  scheduled_time: naiveDatetime.nullable(),
  owner: z.string(),
  creation: naiveDatetime,
});
export type SiteAction = z.infer<typeof SiteActionSchema>;

/**
 * Moves of an own site that somebody planned, the newest first. Read (C 2.8). Ask for Scheduled and
 * Running ones before a restore: Press accepts a plan for a site with a fatal update, and carries
 * it out once the restore has cleared the flag (observed-2 3).
 *
 * @throws PressError
 */
export function listSiteActions(
  press: Transport,
  args: { readonly site: string; readonly statuses?: readonly SiteActionStatus[] },
  options?: CallOptions,
): Promise<SiteAction[]> {
  const query = {
    doctype: 'Site Action',
    fields: Object.keys(SiteActionSchema.shape),
    filters: { site: args.site, ...(args.statuses && { status: ['in', args.statuses] }) },
  };
  return getList(press, query, SiteActionSchema, options);
}
