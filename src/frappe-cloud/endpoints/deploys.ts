import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import type { AppWithSource } from './group-options.js';
import { runForName, tellForName } from './named.js';
import { checkShape, tell } from './wire.js';

/** An app and the release it is to have, from `deployInformation`. */
export interface AppRelease extends AppWithSource {
  readonly release: string;
  /** Commit of the release. */
  readonly hash: string;
}

/**
 * First build and bench of an own group; answers the build. Mutating (C 3.3, D 1.6).
 * Trackers: `getBuild`, then queue and benches of the group.
 *
 * Repeated: A SECOND build and bench, also after the first (observed 4). A lost one: `listBuilds`.
 *
 * @throws PressError a 5xx proves nothing: the start of a build commits half way (C 3.4)
 */
export function initialDeploy(
  press: Transport,
  args: { readonly group: string },
  options?: CallOptions,
): Promise<string> {
  const call = { dt: 'Release Group', dn: args.group, method: 'initial_deploy', args: {} };
  return runForName(press, call, options);
}

/**
 * Builds the group with new releases of the given apps, the others as deployed, and puts up
 * benches; no site moves. Answers the build. Mutating (C 3.3). Trackers as {@link initialDeploy}.
 *
 * Repeated: 417, see `isDeployInProgress`, until the build has ended, then another build. A lost
 * one: a new row of `listBuilds`.
 *
 * @throws PressError as {@link initialDeploy}
 */
export function deploy(
  press: Transport,
  args: { readonly group: string; readonly apps: readonly AppRelease[] },
  options?: CallOptions,
): Promise<string> {
  const params = { name: args.group, apps: args.apps };
  return tellForName(press, 'press.api.bench.deploy', params, options);
}

export interface SiteToUpdate {
  readonly name: string;
  /** Where it stands now, both from `deployInformation`. */
  readonly server: string;
  readonly bench: string;
  readonly skip_failing_patches: boolean;
  readonly skip_backups: boolean;
}

export interface DeployAndUpdate {
  readonly group: string;
  /** Every app needs a release. */
  readonly apps: readonly AppRelease[];
  /** Updated as soon as a bench stands on their server; may be none. */
  readonly sites: readonly SiteToUpdate[];
  /** Lets Press refuse a build that must fail; its own default is true. */
  readonly run_will_fail_check: boolean;
}

/**
 * Deploys, then updates the given sites, with downtime. Mutating (C 3.3). Answers the Release
 * Pipeline, or the build where Press still works the old way: `deployTracker` tells which. A
 * pipeline succeeds before its site updates have ended, and its checks come after the answer
 * (observed 4).
 *
 * Repeated: A SECOND PIPELINE, which fails by itself while the first runs; the old way 417, see
 * `isDeployInProgress`. A lost one: new rows of `listReleasePipelines` and `listBuilds`.
 *
 * @throws PressError
 */
export function deployAndUpdate(
  press: Transport,
  { group, ...args }: DeployAndUpdate,
  options?: CallOptions,
): Promise<string> {
  const params = { name: group, ...args };
  return tellForName(press, 'press.api.bench.deploy_and_update', params, options);
}

/**
 * Builds once more what a build that has ended was made of; answers the new build. Mutating
 * (C 3.8); read from source, never measured. `redeployGroup` builds the group as it is now instead.
 *
 * Repeated: 417 while one builds, then another build. A lost one: a new row of `listBuilds`.
 *
 * @throws PressError
 */
export function redeployBuild(
  press: Transport,
  { group, build }: { readonly group: string; readonly build: string },
  options?: CallOptions,
): Promise<string> {
  return tellForName(press, 'press.api.bench.redeploy', { name: group, dc_name: build }, options);
}

/**
 * Stops a build that runs and starts another; answers the new one, or null when nothing was to be
 * stopped. Mutating (C 3.8); read from source, never measured. The only way to stop a build that no
 * pipeline belongs to. Repeated: 417 while one builds, or another build. A lost one: a new row of
 * `listBuilds`.
 *
 * @throws PressError
 */
export async function failAndRedeploy(
  press: Transport,
  { group, build }: { readonly group: string; readonly build: string },
  options?: CallOptions,
): Promise<string | null> {
  const method = 'press.api.bench.fail_and_redeploy';
  const { message } = await tell(press, method, { name: group, dc_name: build }, options);
  return checkShape(z.string().nullish(), message, method) ?? null;
}
