import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { ask, flag } from './wire.js';

const PlanOfAppSchema = z.object({ name: z.string(), price_usd: z.number() });

const AvailableAppSchema = z.object({
  /** App Source. */
  name: z.string(),
  app: z.string(),
  title: z.string().nullable(),
  branch: z.string().nullable(),
  public: flag,
  /** Only of marketplace apps. */
  billing_type: z.string().nullish(),
  /** Only of apps that have any. */
  plans: z.array(PlanOfAppSchema).optional(),
});
export type AvailableApp = z.infer<typeof AvailableAppSchema>;

/**
 * Apps that the bench of an own site has and the site has not: what `installApp` may be given. Read
 * (C 4.2). An app that is missing here needs a deploy of the bench first.
 *
 * @throws PressError `FORBIDDEN` for a site of another team
 */
export function availableApps(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<AvailableApp[]> {
  const params = { name: args.site };
  return ask(press, 'press.api.site.available_apps', params, z.array(AvailableAppSchema), options);
}

const NamedSchema = z.object({ name: z.string(), title: z.string().nullish() });

const InstallOptionsSchema = z.object({
  /** Empty when none costs anything. */
  plans: z.array(PlanOfAppSchema),
  private_site_plan: z.string().nullable(),
  public_site_plan: z.string().nullable(),
  /** Own groups that have the app. */
  private_groups: z.array(NamedSchema),
  clusters: z.array(NamedSchema),
  /** By our address. */
  closest_cluster: z.string().nullable(),
  domain: z.string(),
});
export type InstallOptions = z.infer<typeof InstallOptionsSchema>;

/**
 * Where and with which plans a marketplace app could come on a new site. Read (C 4.5).
 *
 * @throws PressError
 */
export function getInstallAppOptions(
  press: Transport,
  args: { readonly app: string },
  options?: CallOptions,
): Promise<InstallOptions> {
  const method = 'press.api.marketplace.get_install_app_options';
  return ask(press, method, { marketplace_app: args.app }, InstallOptionsSchema, options);
}

const AppForNewSiteSchema = z.object({
  app: z.string(),
  title: z.string().nullable(),
  description: z.string().nullish(),
  plans: z.array(PlanOfAppSchema).nullish(),
});
export type AppForNewSite = z.infer<typeof AppForNewSiteSchema>;

/**
 * Marketplace apps for a new site on a shared bench, with their plans. Read (A 3.1).
 *
 * @throws PressError
 */
export function appsForNewSite(press: Transport, options?: CallOptions): Promise<AppForNewSite[]> {
  const method = 'press.api.site.app_details_for_new_public_site';
  return ask(press, method, {}, z.array(AppForNewSiteSchema), options);
}
