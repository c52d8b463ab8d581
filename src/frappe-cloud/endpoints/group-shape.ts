import { PressError } from '../errors.js';
import type { CallOptions, Transport } from '../transport.js';
import { runDocMethod } from './generic.js';
import type { AppWithSource } from './group-options.js';
import { tellForName } from './named.js';
import { tell } from './wire.js';

export interface NewGroup {
  readonly title: string;
  /** Such as "Version 16". */
  readonly version: string;
  /** `frappe` first, and at least that. */
  readonly apps: readonly AppWithSource[];
  readonly cluster: string | null;
  /** A dedicated server of exactly this team; shared ones are refused (D 1.1). */
  readonly server: string | null;
}

/**
 * Makes an own, empty group; answers its name. Mutating (D 1.1). Builds nothing and costs nothing.
 * Without a server Press takes any of the cluster: read it back from `getReleaseGroup`.
 *
 * Repeated: 417, see `isTitleTaken`, once the first has ended, but TWO groups of one title while it
 * is still running (observed-2 1): never before the horizon. A lost one: `listGroupsByTitle`.
 *
 * @throws PressError
 */
export function newGroup(
  press: Transport,
  { apps, ...group }: NewGroup,
  options?: CallOptions,
): Promise<string> {
  const bench = {
    ...group,
    apps: apps.map(({ app, source }) => ({ name: app, source })),
    // All keys must be there, this one too (D 1.1).
    saas_app: null,
  };
  return tellForName(press, 'press.api.bench.new', { bench }, options);
}

/**
 * Adds apps to an own group, all or none; takes effect with the next deploy. Mutating (D 1.5).
 * Press checks neither whose the sources are nor whether they fit the version.
 *
 * Repeated: 417, see {@link isAddedAlready}; safe at any time. A lost one: `groupApps`.
 *
 * @throws PressError
 */
export async function addApps(
  press: Transport,
  args: { readonly group: string; readonly apps: readonly AppWithSource[] },
  options?: CallOptions,
): Promise<void> {
  // Press unpacks the values by position: exactly these two, in this order (D 1.5).
  const apps = args.apps.map(({ app, source }) => ({ app, source }));
  await tell(press, 'press.api.bench.add_apps', { name: args.group, apps }, options);
}

export interface CustomAppToAdd {
  readonly name: string;
  readonly title: string;
  readonly repository_url: string;
  readonly branch: string;
  /** Of the GitHub app, for private repositories. */
  readonly github_installation_id?: string;
}

/**
 * Adds one app from a repository to an own group, with an App Source made when missing. Mutating
 * (D 1.5); read from source, never measured. Press asks GitHub meanwhile, and swallows some of its
 * errors: read `groupApps` back.
 *
 * Repeated: 417, see {@link isAddedAlready}. A lost one: `groupApps`.
 *
 * @throws PressError `SERVER_ERROR` "VersioningError" for a branch of another version: permanent
 */
export async function addCustomApp(
  press: Transport,
  args: { readonly group: string; readonly app: CustomAppToAdd },
  options?: CallOptions,
): Promise<void> {
  const { group, app } = args;
  const call = { dt: 'Release Group', dn: group, method: 'add_app' };
  await runDocMethod(press, { ...call, args: { app, is_update: false } }, options);
}

/**
 * Removes an app from an own group; takes effect with the next deploy. Mutating (D 1.5); read from
 * source, never measured. Sites that have the app cannot be updated any more then.
 *
 * Repeated: the same answer, also for an app that was never there. A lost one: `groupApps`.
 *
 * @throws PressError
 */
export async function removeApp(
  press: Transport,
  { group, app }: { readonly group: string; readonly app: string },
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.bench.remove_app', { name: group, app }, options);
}

/**
 * Takes an app of an own group from another branch; takes effect with the next deploy. Mutating
 * (D 1.5); read from source, never measured. GitHub is asked meanwhile.
 *
 * Repeated: 417 "App already on branch ...!". A lost one: `groupApps`.
 *
 * @throws PressError
 */
export async function changeBranch(
  press: Transport,
  { group, ...args }: { readonly group: string; readonly app: string; readonly to_branch: string },
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.bench.change_branch', { name: group, ...args }, options);
}

/** The app, or the server, is in the group already: perhaps by our own earlier send. */
export function isAddedAlready(error: unknown): boolean {
  return error instanceof PressError && /\bcan be added only once\b/.test(error.message);
}
