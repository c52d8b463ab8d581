import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { getDocument, getList, type Owned, readOwned, runDocMethod } from './generic.js';
import { getBuild } from './builds.js';
import { naiveDatetime } from './wire.js';

/** Every status of a Release Pipeline (C 3.5); the first three move. */
const PIPELINE_STATUSES = [
  /** May rest for 10 minutes before it starts, and then block newer ones (observed 4). */
  'Pending',
  'Running',
  'Retrying',
  /** The benches stand; the site updates it started may still run (observed 4). */
  'Success',
  /** Benches on some of the servers only. */
  'Partial Success',
  'Failure',
] as const;

const PipelineRowSchema = z.object({
  name: z.string(),
  status: z.enum(PIPELINE_STATUSES),
  release_group: z.string(),
  owner: z.string(),
  creation: naiveDatetime,
});
export type ReleasePipelineRow = z.infer<typeof PipelineRowSchema>;

/**
 * Pipelines of an own group, the newest first. Read (C 3.5). The proof of a lost `deployAndUpdate`.
 *
 * @throws PressError
 */
export function listReleasePipelines(
  press: Transport,
  args: { readonly group: string },
  options?: CallOptions,
): Promise<ReleasePipelineRow[]> {
  return listPipelines(press, { release_group: args.group }, options);
}

function listPipelines(
  press: Transport,
  filters: Readonly<Record<string, unknown>>,
  options?: CallOptions,
): Promise<ReleasePipelineRow[]> {
  const fields = Object.keys(PipelineRowSchema.shape);
  const query = { doctype: 'Release Pipeline', fields, filters, limit: 20 };
  return getList(press, query, PipelineRowSchema, options);
}

const StageSchema = z.object({
  /** "Pre-release checks", "Preparing deployment", "Building", "Deploying". */
  label: z.string(),
  /** The last one reads Running even after a success (observed 4). */
  status: z.string(),
  builds: z.array(z.object({ name: z.string(), status: z.string() })).optional(),
  benches: z
    .array(z.object({ name: z.string(), status: z.string(), server: z.string() }))
    .optional(),
});

const PipelineSchema = PipelineRowSchema.extend({
  /** Empty before it starts. */
  steps: z.object({ stages: z.array(StageSchema) }),
});
export type ReleasePipeline = z.infer<typeof PipelineSchema>;

/**
 * A pipeline with its stages, builds and benches. Read (C 3.5). Why its checks failed is in
 * `deployFailureReason`; of a failed build in that of the build.
 *
 * @throws PressError
 */
export function getReleasePipeline(
  press: Transport,
  args: { readonly pipeline: string },
  options?: CallOptions,
): Promise<Owned<{ readonly pipeline: ReleasePipeline }>> {
  const { pipeline: name } = args;
  return readOwned(async () => ({
    pipeline: await getDocument(press, 'Release Pipeline', name, PipelineSchema, options),
  }));
}

/**
 * Ends a running pipeline as Failure and cancels its builds. Mutating (C 3.5); read from source,
 * never measured. Repeated: no error; safe at any time.
 *
 * @throws PressError
 */
export async function stopReleasePipeline(
  press: Transport,
  args: { readonly pipeline: string },
  options?: CallOptions,
): Promise<void> {
  const call = { dt: 'Release Pipeline', dn: args.pipeline, method: 'force_fail', args: {} };
  await runDocMethod(press, call, options);
}

/**
 * What kind of name `deployAndUpdate` answered: Press says the one or the other, by a setting that
 * nobody can read (C 3.3). Read. null when neither is ours.
 *
 * @throws PressError
 */
export async function deployTracker(
  press: Transport,
  args: { readonly name: string },
  options?: CallOptions,
): Promise<'pipeline' | 'build' | null> {
  const [pipeline] = await listPipelines(press, { name: args.name }, options);
  if (pipeline) return 'pipeline';
  const build = await getBuild(press, { build: args.name }, options);
  return build.found === 'own' ? 'build' : null;
}
