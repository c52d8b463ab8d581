import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { ask, tell } from './wire.js';

/** A site, and the version it has NOW, such as "Version 15"; Press goes one up from there. */
export interface SiteAtVersion {
  readonly site: string;
  /** An unknown one is a 500 (C 1.5). */
  readonly version: string;
}

const params = ({ site, version }: SiteAtVersion) => ({ name: site, version });

const UpgradeBenchSchema = z.object({
  exists: z.boolean(),
  bench_name: z.string().nullable(),
  release_group: z.string().nullable(),
  release_group_title: z.string().nullish(),
});
export type UpgradeBench = z.infer<typeof UpgradeBenchSchema>;

/**
 * Whether an Active bench of ANY own group of the next version stands on the site's server and has
 * all apps of the site. Read (C 1.2). Compare `release_group` with the group you mean, or look at
 * `listBenches` (observed-2 2).
 *
 * @throws PressError
 */
export function checkExistingUpgradeBench(
  press: Transport,
  args: SiteAtVersion,
  options?: CallOptions,
): Promise<UpgradeBench> {
  const method = 'press.api.site.check_existing_upgrade_bench';
  return ask(press, method, params(args), UpgradeBenchSchema, options);
}

/** An app from a repository of one's own. */
const CustomAppSchema = z.object({
  app: z.string(),
  title: z.string(),
  /** The present source, as the present branch: one for the next version must be chosen. */
  source: z.string(),
  branch: z.string(),
  repository: z.string(),
  repository_url: z.string(),
  repository_owner: z.string(),
});

const AppCompatibilitySchema = z.object({
  /** TITLES of the apps that block, not their names. */
  incompatible: z.array(z.string()),
  can_upgrade: z.boolean(),
  /** Need a branch each; empty as long as something is incompatible. */
  site_custom_apps: z.array(CustomAppSchema),
  other_custom_apps_on_rg: z.array(CustomAppSchema),
});
export type AppCompatibility = z.infer<typeof AppCompatibilitySchema>;

/**
 * Which apps of the site's group block the next version. Read (C 1.3).
 *
 * @throws PressError `REFUSED` when there is no next version, or a source is missing
 */
export function checkAppCompatibility(
  press: Transport,
  args: SiteAtVersion,
  options?: CallOptions,
): Promise<AppCompatibility> {
  const method = 'press.api.site.check_app_compatibility_for_upgrade';
  return ask(press, method, params(args), AppCompatibilitySchema, options);
}

/**
 * Own, enabled, private groups of the next version. Read (C 1.5). Neither on the site's server for
 * certain, nor with a bench (observed-2 2).
 *
 * @throws PressError
 */
export function getPrivateGroupsForUpgrade(
  press: Transport,
  args: SiteAtVersion,
  options?: CallOptions,
): Promise<{ name: string; title: string }[]> {
  const method = 'press.api.site.get_private_groups_for_upgrade';
  const groups = z.array(z.object({ name: z.string(), title: z.string() }));
  return ask(press, method, params(args), groups, options);
}

export interface SiteAndGroup {
  readonly site: string;
  readonly group: string;
}

/**
 * Whether the group lists the site's server. Read (C 1.5). True long before a bench stands there;
 * Press does not check whose site and group are.
 *
 * @throws PressError
 */
export function validateGroupForUpgrade(
  press: Transport,
  { site, group }: SiteAndGroup,
  options?: CallOptions,
): Promise<boolean> {
  const method = 'press.api.site.validate_group_for_upgrade';
  return ask(press, method, { name: site, group_name: group }, z.boolean(), options);
}

/**
 * Adds the site's server to an own group and puts its last image up there, built anew when it must
 * be. Mutating (C 1.5, D 1.7). Names nothing; the trackers are queue and benches of the group, see
 * `isOnServer`. Press prunes servers without sites after 7 days (D 1.7).
 *
 * Repeated: 417 "Servers can be added only once", see `isAddedAlready`; never tested while the
 * first runs. A lost one: {@link validateGroupForUpgrade}.
 *
 * @throws PressError `REFUSED` before the first successful build; `FORBIDDEN` for a foreign group
 */
export async function addServerToGroup(
  press: Transport,
  { site, group }: SiteAndGroup,
  options?: CallOptions,
): Promise<void> {
  const method = 'press.api.site.add_server_to_release_group';
  await tell(press, method, { name: site, group_name: group }, options);
}
