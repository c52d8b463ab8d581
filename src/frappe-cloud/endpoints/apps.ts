import { z } from 'zod';
import { PressError, PressErrorCode } from '../errors.js';
import type { CallOptions, Transport } from '../transport.js';
import { getDocument } from './generic.js';
import { ask } from './wire.js';

const AppRowSchema = z.object({ app: z.string() });

/**
 * Names of the site's apps, in bench order. Read (C 4.1). `press.api.site.installed_apps` fails
 * with a SQL error for a site with a paid app (observed-2 6.4); then the app list that the site's
 * document carries is taken. null: neither knows.
 *
 * @throws PressError
 */
export async function installedApps(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<string[] | null> {
  try {
    const rows = await ask(
      press,
      'press.api.site.installed_apps',
      { name: args.site },
      z.array(AppRowSchema),
      options,
    );
    return rows.map((row) => row.app);
  } catch (error) {
    const known = error instanceof PressError && error.code === PressErrorCode.SERVER_ERROR;
    if (!known || error.excType !== 'OperationalError') throw error;
    return appsOfDocument(press, args.site, options);
  }
}

const AppsOfSiteSchema = z.object({
  apps: z.array(AppRowSchema).optional(),
  update_information: z.object({ installed_apps: z.array(AppRowSchema).optional() }).optional(),
});

async function appsOfDocument(press: Transport, site: string, options?: CallOptions) {
  const document = await getDocument(press, 'Site', site, AppsOfSiteSchema, options);
  const rows = document.apps ?? document.update_information?.installed_apps;
  return rows?.map((row) => row.app) ?? null;
}
