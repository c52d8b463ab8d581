import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { getList } from './generic.js';
import { naiveDatetime } from './wire.js';

const SiteActivitySchema = z.object({
  name: z.string(),
  action: z.string(),
  /** The app of Install App and Uninstall App; for Archive whatever the caller gave. */
  reason: z.string().nullable(),
  /** Set for Install App, Uninstall App, Reinstall, Migrate, Restore, Archive, Clear Cache. */
  job: z.string().nullable(),
  owner: z.string(),
  creation: naiveDatetime,
});
export type SiteActivity = z.infer<typeof SiteActivitySchema>;

export interface SiteActivityQuery {
  readonly site: string;
  readonly action: string;
  readonly since?: string;
  readonly reason?: string;
}

/**
 * What was done to an own site, the newest first: the link from an action to its job, and the
 * proof of a lost answer (A 4.4, observed-2 1). Read. After archiving the rows are found under
 * `<site>.archived`, and none under the old name.
 *
 * @param args.action as Press spells it, such as "Archive", "Create", "Add Domain"
 * @param args.since created then or later; a datetime of the server, such as the `creation` of a
 * fresh row
 * @param args.reason exactly; looked for among the 20 newest
 * @throws PressError
 */
export async function listSiteActivity(
  press: Transport,
  { site, action, since, reason }: SiteActivityQuery,
  options?: CallOptions,
): Promise<SiteActivity[]> {
  const query = {
    doctype: 'Site Activity',
    fields: Object.keys(SiteActivitySchema.shape),
    filters: { site, action, ...(since !== undefined && { creation: ['>=', since] }) },
    limit: 20,
  };
  const rows = await getList(press, query, SiteActivitySchema, options);
  return reason === undefined ? rows : rows.filter((row) => row.reason === reason);
}
