import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { getDocument, getList, type Owned, readOwned } from './generic.js';
import { flag } from './wire.js';

const ReleaseGroupSchema = z.object({
  name: z.string(),
  /** Ends in ".archived" once deleted (A 3.9). */
  title: z.string(),
  team: z.string(),
  version: z.string(),
  public: flag,
  /** Computed by Press; does not reliably cover the phase after the build (A 3.9b). */
  status: z.enum(['Disabled', 'Deploying', 'Awaiting Deploy', 'Active']),
  apps: z.array(z.object({ app: z.string(), source: z.string() })),
  server: z.string().nullish(),
  linked_version_upgrade: z.string().nullish(),
});
export type ReleaseGroup = z.infer<typeof ReleaseGroupSchema>;

/**
 * A bench group. Read. A public one belongs to Frappe's team and is `foreign` here: those are in
 * `optionsForNew` (A 2.4).
 *
 * @throws PressError
 */
export function getReleaseGroup(
  press: Transport,
  args: { readonly group: string },
  options?: CallOptions,
): Promise<Owned<{ readonly group: ReleaseGroup }>> {
  return readOwned(async () => ({
    group: await getDocument(press, 'Release Group', args.group, ReleaseGroupSchema, options),
  }));
}

const BenchSchema = z.object({
  name: z.string(),
  status: z.enum(['Pending', 'Installing', 'Updating', 'Active', 'Broken', 'Archived']),
  group: z.string(),
  cluster: z.string().nullable(),
});
export type Bench = z.infer<typeof BenchSchema>;

/**
 * Benches of an own group, the newest first; archived ones are hidden. Read. Also works for a
 * disabled group, where benches may still come up (observed-2 4).
 *
 * @throws PressError
 */
export function listBenches(
  press: Transport,
  args: { readonly group: string },
  options?: CallOptions,
): Promise<Bench[]> {
  const query = {
    doctype: 'Bench',
    fields: Object.keys(BenchSchema.shape),
    filters: { group: args.group },
  };
  return getList(press, query, BenchSchema, options);
}
