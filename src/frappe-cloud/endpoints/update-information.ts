import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { getDocument, type Owned, readOwned } from './generic.js';
import { ask, flag } from './wire.js';

const AppUpdateSchema = z.object({
  app: z.string(),
  title: z.string().nullish(),
  repository: z.string().nullish(),
  branch: z.string().nullable(),
  current_branch: z.string().nullish(),
  current_hash: z.string().nullable(),
  next_hash: z.string().nullable(),
  will_branch_change: flag.nullish(),
  update_available: flag.nullish(),
});

const UpdateInformationSchema = z.object({
  update_available: z.boolean(),
  /** Every app of the next bench, those that stay the same too; missing without an update. */
  apps: z.array(AppUpdateSchema).optional(),
  /** The site's own. */
  installed_apps: z.array(z.object({ app: z.string() })).optional(),
});
export type UpdateInformation = z.infer<typeof UpdateInformationSchema>;

/**
 * Whether a newer bench of its group waits for the site, and what would change. Read (C 2.2). False
 * may be up to 60 s old, and the server's processes need not agree (observed 4): "no" is final only
 * when `scheduleUpdate` says so.
 *
 * @throws PressError `FORBIDDEN` for a site of another team
 */
export function checkForUpdates(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<UpdateInformation> {
  const method = 'press.api.site.check_for_updates';
  return ask(press, method, { name: args.site }, UpdateInformationSchema, options);
}

const UpdateOutlookSchema = z.object({
  /** The same as {@link checkForUpdates}. */
  update_information: UpdateInformationSchema,
  has_scheduled_updates: z.boolean(),
  /** Press itself updates the site at night unless this is set (C 2.1). */
  skip_auto_updates: flag,
  /** Version of the group, such as "Version 15". */
  version: z.string().nullable(),
  latest_frappe_version: z.string().nullable(),
  /** Versions that get no more fixes. */
  eol_versions: z.array(z.string()),
});
export type UpdateOutlook = z.infer<typeof UpdateOutlookSchema>;

/** What the site's document says about updates and versions. Read; heavy. @throws PressError */
export function getUpdateOutlook(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<Owned<{ readonly outlook: UpdateOutlook }>> {
  return readOwned(async () => ({
    outlook: await getDocument(press, 'Site', args.site, UpdateOutlookSchema, options),
  }));
}
