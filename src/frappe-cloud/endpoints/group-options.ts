import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { ask, flag } from './wire.js';

const SourceSchema = z.object({
  /** App Source, such as "SRC-frappe-002". */
  name: z.string(),
  branch: z.string(),
  repository: z.string(),
  repository_owner: z.string(),
});

const GroupOptionsSchema = z.object({
  versions: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      default: flag,
      /** Only frappe is ever listed; its `source` is what `newGroup` wants. */
      apps: z.array(z.object({ name: z.string(), source: SourceSchema })),
    }),
  ),
  /** A cluster here may still have no server for new benches. */
  clusters: z.array(z.object({ name: z.string(), title: z.string().nullish() })),
});
export type GroupOptions = z.infer<typeof GroupOptionsSchema>;

/** What a new group may be made of. Read (D 1.3). @throws PressError */
export function groupOptions(press: Transport, options?: CallOptions): Promise<GroupOptions> {
  return ask(press, 'press.api.bench.options', {}, GroupOptionsSchema, options);
}

/** An app and the App Source it is taken from. */
const AppWithSourceSchema = z.object({ app: z.string(), source: z.string() });
export type AppWithSource = z.infer<typeof AppWithSourceSchema>;

/** Apps the platform wants in new groups of a version. Read (D 1.3). @throws PressError */
export async function groupPolicy(
  press: Transport,
  args: { readonly version: string },
  options?: CallOptions,
): Promise<AppWithSource[]> {
  const method = 'press.api.bench.get_release_group_policy_for_bench';
  const answer = z.object({ policies: z.array(AppWithSourceSchema) });
  return (await ask(press, method, args, answer, options)).policies;
}

const AddableAppSchema = z.object({
  app: z.string(),
  title: z.string(),
  /** Of the group's version only; empty: the app does not support it. */
  sources: z.array(SourceSchema),
});
export type AddableApp = z.infer<typeof AddableAppSchema>;

/**
 * Marketplace apps that an own group does not have, with the sources for its version: what
 * `addApps` wants. Read (D 1.5). Apps of one's own are not among them.
 *
 * @throws PressError
 */
export function addableApps(
  press: Transport,
  args: { readonly group: string },
  options?: CallOptions,
): Promise<AddableApp[]> {
  const params = { name: args.group };
  return ask(press, 'press.api.bench.all_apps', params, z.array(AddableAppSchema), options);
}

const GroupAppSchema = z.object({
  /** Of the app, such as "frappe". */
  name: z.string(),
  title: z.string(),
  branch: z.string(),
  repository: z.string(),
  repository_owner: z.string(),
  repository_url: z.string(),
  /** Deployed commit; null before the first bench. */
  hash: z.string().nullable(),
  deployed: z.boolean(),
  update_available: flag.nullish(),
});
export type GroupApp = z.infer<typeof GroupAppSchema>;

/**
 * Apps of an own group, in its order. Read (D 1.5); the proof of every lost change to them. Their
 * App Sources are in `getReleaseGroup`.
 *
 * @throws PressError
 */
export function groupApps(
  press: Transport,
  args: { readonly group: string },
  options?: CallOptions,
): Promise<GroupApp[]> {
  const params = { name: args.group };
  return ask(press, 'press.api.bench.apps', params, z.array(GroupAppSchema), options);
}

const GroupDependenciesSchema = z.object({
  /** Such as PYTHON_VERSION. */
  active_dependencies: z.array(z.object({ key: z.string(), value: z.string() })),
  /** True when they changed after the last deploy. */
  update_available: z.boolean(),
});
export type GroupDependencies = z.infer<typeof GroupDependenciesSchema>;

/**
 * Versions of the tools in the image of an own group. Read (D 1.5); from source, never measured.
 *
 * @throws PressError
 */
export function groupDependencies(
  press: Transport,
  args: { readonly group: string },
  options?: CallOptions,
): Promise<GroupDependencies> {
  const params = { name: args.group };
  return ask(press, 'press.api.bench.dependencies', params, GroupDependenciesSchema, options);
}
