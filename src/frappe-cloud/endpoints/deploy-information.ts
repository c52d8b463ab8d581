import { z } from 'zod';
import { PressError } from '../errors.js';
import type { CallOptions, Transport } from '../transport.js';
import { ask, flag, naiveDatetime } from './wire.js';

const ReleaseSchema = z.object({
  name: z.string(),
  source: z.string(),
  hash: z.string(),
  /** Such as "Approved". */
  status: z.string(),
  message: z.string().nullish(),
  creation: naiveDatetime,
  /** Withdrawn by its makers; Press refuses to deploy it. */
  is_yanked: flag,
  tag: z.string().nullish(),
});

const AppDeploySchema = z.object({
  app: z.string(),
  title: z.string(),
  source: z.string(),
  branch: z.string(),
  current_branch: z.string().nullish(),
  current_release: z.string().nullable(),
  current_hash: z.string().nullable(),
  current_tag: z.string().nullish(),
  next_release: z.string().nullable(),
  /** The newest first; empty when the newest is deployed. */
  releases: z.array(ReleaseSchema),
  will_branch_change: flag,
  /** Null for no. */
  update_available: flag.nullable(),
});

const DeployInformationSchema = z.object({
  update_available: z.boolean(),
  apps: z.array(AppDeploySchema),
  removed_apps: z.array(z.object({ name: z.string(), title: z.string() })),
  /** A build. */
  last_deploy: z
    .object({ name: z.string(), status: z.string(), creation: naiveDatetime })
    .nullable(),
  /** False from the end of the build on, although the bench is still missing (observed 4). */
  deploy_in_progress: z.boolean(),
  has_running_release_pipeline: z.boolean(),
  /** Only computed while a pipeline runs. */
  bench_creation_underway: z.boolean(),
  sites: z.array(z.object({ name: z.string(), server: z.string(), bench: z.string() })),
});
export type DeployInformation = z.infer<typeof DeployInformationSchema>;

/**
 * What a deploy of an own group would change, and the sites on it. Read (C 3.2). No guide to
 * whether a deploy has ended: see the fields.
 *
 * @throws PressError
 */
export function deployInformation(
  press: Transport,
  args: { readonly group: string },
  options?: CallOptions,
): Promise<DeployInformation> {
  const method = 'press.api.bench.deploy_information';
  return ask(press, method, { name: args.group }, DeployInformationSchema, options);
}

const DeployStatusSchema = z.object({
  is_validating: z.boolean(),
  is_deploy_in_progress: z.boolean(),
  /** The build of the running pipeline, despite its name. */
  candidate: z.string().nullable(),
});
export type DeployStatus = z.infer<typeof DeployStatusSchema>;

/**
 * How far the running pipeline of an own group is. Read (C 3.3). All false and null for a build
 * without a pipeline, also while it runs.
 *
 * @throws PressError
 */
export function deployStatus(
  press: Transport,
  args: { readonly group: string },
  options?: CallOptions,
): Promise<DeployStatus> {
  const params = { name: args.group };
  return ask(press, 'press.api.bench.deploy_status', params, DeployStatusSchema, options);
}

/** Refused because a build of the group runs: perhaps the one of our own earlier send. */
export function isDeployInProgress(error: unknown): boolean {
  return (
    error instanceof PressError &&
    /\bdeploy for this bench is already in progress\b/.test(error.message)
  );
}
