import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { ask, flag } from './wire.js';

/** The domain of new sites, such as `frappe.cloud`. Read (A 3.1). @throws PressError */
export function getDomain(press: Transport, options?: CallOptions): Promise<string> {
  return ask(press, 'press.api.site.get_domain', {}, z.string().min(1), options);
}

const ClusterSchema = z.object({ name: z.string(), title: z.string().nullish() });

const OfferedClusterSchema = ClusterSchema.extend({
  /** What a private order names as its `provider`, such as "AWS EC2". */
  cloud_provider: z.string().nullish(),
});

const VersionSchema = z.object({
  name: z.string(),
  number: z.number(),
  status: z.string(),
  default: flag,
  /** The group a new site of this version lands on. */
  group: z.object({
    name: z.string(),
    title: z.string(),
    public: flag,
    bench: z.string(),
    bench_app_sources: z.array(z.string()),
    clusters: z.array(OfferedClusterSchema),
  }),
});

const OptionsForNewSchema = z.object({
  domain: z.string(),
  versions: z.array(VersionSchema),
  cluster_specific_root_domains: z.array(z.object({ name: z.string(), cluster: z.string() })),
  /** For the private path; a missing one is accepted there, an unknown one refused (observed N3). */
  providers: z.array(z.object({ name: z.string(), title: z.string().nullish() })),
  /**
   * Clusters beside those of the versions. Only empty lists were ever seen, so an entry of another
   * shape is left out instead of spoiling the answer.
   */
  additional_clusters: z.array(z.unknown()).transform((entries) =>
    entries.flatMap((entry) => {
      const cluster = OfferedClusterSchema.safeParse(entry);
      return cluster.success ? [cluster.data] : [];
    }),
  ),
});
export type OptionsForNew = z.infer<typeof OptionsForNewSchema>;

/**
 * Versions, their public group and its clusters; with `for_bench` those of one own group; and what
 * the private path may choose from. Read.
 * Only versions with an active bench and a usable cluster are listed (A 3.1). Press asks a third
 * party for our location meanwhile and answers 500 ConnectionError when that fails; retryable
 * (observed 4).
 *
 * @throws PressError
 */
export function optionsForNew(
  press: Transport,
  args: { readonly for_bench?: string } = {},
  options?: CallOptions,
): Promise<OptionsForNew> {
  return ask(press, 'press.api.site.options_for_new', args, OptionsForNewSchema, options);
}

const NewSiteVersionSchema = z.object({
  name: z.string(),
  number: z.number(),
  status: z.string(),
  /** Missing for a version without a public group (A 3.1). */
  group: z
    .object({
      name: z.string(),
      title: z.string(),
      apps: z.array(z.object({ app: z.string() })),
      clusters: z.array(ClusterSchema),
    })
    .optional(),
});
export type NewSiteVersion = z.infer<typeof NewSiteVersionSchema>;

/**
 * All versions with the public group of each, its clusters, and its apps by name:
 * {@link optionsForNew} tells app sources only. With `group` the versions of that own group. Read
 * (A 3.1).
 *
 * @throws PressError
 */
export async function newSiteOptions(
  press: Transport,
  args: { readonly group?: string } = {},
  options?: CallOptions,
): Promise<NewSiteVersion[]> {
  const answer = z.object({ versions: z.array(NewSiteVersionSchema) });
  return (await ask(press, 'press.api.site.get_new_site_options', args, answer, options)).versions;
}

const SitePlanSchema = z.object({
  name: z.string(),
  plan_title: z.string().nullable(),
  price_usd: z.number(),
  /** Decides the path: a new site then gets a bench of its own (A 3.2). */
  private_bench_support: flag,
  /** Whether sites of the plan may stand on private benches; Press itself never asks (D 1.7). */
  private_benches: flag.nullish(),
  dedicated_server_plan: flag,
  is_trial_plan: flag,
  restricted_plan: flag,
  /** Empty lists mean "any". */
  allowed_apps: z.array(z.string()),
  clusters: z.array(z.string()),
  bench_versions: z.array(z.string()),
});
export type SitePlan = z.infer<typeof SitePlanSchema>;

/** Plans this user may choose. Read; filtered by the user's roles (A 3.1). @throws PressError */
export function getSitePlans(press: Transport, options?: CallOptions): Promise<SitePlan[]> {
  return ask(press, 'press.api.site.get_site_plans', {}, z.array(SitePlanSchema), options);
}

/**
 * True when the name is taken *or blocked*. Read. Does not see group titles, which block the
 * private path too. At most 10 calls a minute per client address, whatever the account (A 6):
 * `getSite` and `listSites` have no such limit.
 *
 * @throws PressError `RATE_LIMITED` without `retryAfterMs`: wait a full minute
 */
export function siteExists(
  press: Transport,
  args: { readonly subdomain: string; readonly domain: string },
  options?: CallOptions,
): Promise<boolean> {
  return ask(press, 'press.api.site.exists', args, z.boolean(), options);
}
