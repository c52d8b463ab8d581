import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { getDocument, getList, type Owned, readOwned } from './generic.js';
import { readableOutput } from './output.js';
import { naiveDatetime } from './wire.js';

/** Every status of an image build (A 3.9b); all but the last two move. */
const BUILD_STATUSES = [
  'Draft',
  'Scheduled',
  'Pending',
  'Preparing',
  'Running',
  'Success',
  'Failure',
] as const;

const BuildSchema = z.object({
  name: z.string(),
  owner: z.string(),
  status: z.enum(BUILD_STATUSES),
  /** For a person: plain text, at most 2 KB, its end; null when Press tells nothing. */
  build_error: z
    .string()
    .nullable()
    .transform((text) => readableOutput(text) || null),
  retry_count: z.number(),
  creation: naiveDatetime,
  /** Such as "deploy-0006-000001". */
  deploy_candidate: z.string().nullable(),
});
/** An image build: Press calls it Deploy Candidate Build. */
export type Build = z.infer<typeof BuildSchema>;

/**
 * Image builds of an own group, the newest first. Read; also works for a disabled group. A failed
 * build may be tried again up to 3 times, 1, 5 and 25 minutes later, each time as a new build that
 * starts Scheduled (A 3.5): a Failure alone does not end an order. Nothing stops a build
 * (observed-2 4); `failAndRedeploy` puts another in its place.
 *
 * @throws PressError
 */
export function listBuilds(
  press: Transport,
  args: { readonly group: string },
  options?: CallOptions,
): Promise<Build[]> {
  const query = {
    doctype: 'Deploy Candidate Build',
    fields: Object.keys(BuildSchema.shape),
    filters: { group: args.group },
  };
  return getList(press, query, BuildSchema, options);
}

const BuildDocumentSchema = BuildSchema.extend({
  group: z.string(),
  build_start: naiveDatetime.nullable(),
  build_end: naiveDatetime.nullable(),
  /** May all stay Pending although the build has ended, as every one recorded did. */
  build_steps: z.array(z.object({ stage: z.string(), step: z.string(), status: z.string() })),
});
export type BuildDocument = z.infer<typeof BuildDocumentSchema>;

/**
 * An image build with its steps. Read (C 3.4). A Failure may be followed by another build of the
 * same `deploy_candidate`: see {@link listBuilds}. Why it failed: `deployFailureReason`.
 *
 * @throws PressError
 */
export function getBuild(
  press: Transport,
  args: { readonly build: string },
  options?: CallOptions,
): Promise<Owned<{ readonly build: BuildDocument }>> {
  const { build: name } = args;
  return readOwned(async () => ({
    build: await getDocument(press, 'Deploy Candidate Build', name, BuildDocumentSchema, options),
  }));
}
