import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { getList, runDocMethod } from './generic.js';
import { ask, naiveDatetime } from './wire.js';

const BenchSchema = z.object({
  name: z.string(),
  /** Pending also means "is being archived" (A 3.9b). */
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

/**
 * Whether a bench stands on a server: its name ends in the server's short one (A 3.9b), and
 * nothing else that a team may read tells. One that is put up anew there bears a number too.
 */
export function isOnServer(bench: { readonly name: string }, server: string): boolean {
  const place = bench.name.replace(/^bench-\d+-\d+-/, '');
  const short = server.split('.')[0] ?? server;
  return (
    place === short ||
    (place.startsWith(`${short}-`) && /^\d+$/.test(place.slice(short.length + 1)))
  );
}

const BenchVersionSchema = z.object({
  name: z.string(),
  status: z.string(),
  version: z.string(),
  /** Without archived and suspended ones. */
  sites: z.array(z.object({ name: z.string(), status: z.string() })),
  /** UTC, unlike most (D 6.1). */
  deployed_on: naiveDatetime.nullable(),
});
export type BenchVersion = z.infer<typeof BenchVersionSchema>;

/**
 * Benches of an own group with their sites, the newest first; archived ones are hidden. Read
 * (D 6.1). For polling, {@link listBenches} is lighter.
 *
 * @throws PressError
 */
export function benchVersions(
  press: Transport,
  args: { readonly group: string },
  options?: CallOptions,
): Promise<BenchVersion[]> {
  const params = { name: args.group };
  return ask(press, 'press.api.bench.versions', params, z.array(BenchVersionSchema), options);
}

const BenchQueueEntrySchema = z.object({
  name: z.string(),
  /** Started: the bench exists. Failure: it never will, and nothing tries again (A 3.9b). */
  status: z.enum(['Queued', 'Started', 'Failure']),
  creation: naiveDatetime,
});
export type BenchQueueEntry = z.infer<typeof BenchQueueEntrySchema>;

/**
 * Built images of an own group on their way to a bench, the newest first. Read. Between the build
 * and the bench nothing else shows that something goes on (A 3.6).
 *
 * @throws PressError
 */
export function listBenchQueue(
  press: Transport,
  args: { readonly group: string },
  options?: CallOptions,
): Promise<BenchQueueEntry[]> {
  const query = {
    doctype: 'New Bench Queue',
    fields: Object.keys(BenchQueueEntrySchema.shape),
    filters: { group: args.group },
  };
  return getList(press, query, BenchQueueEntrySchema, options);
}

/**
 * DESTROYS a bench, for those that `deleteGroup` leaves: Broken and Pending ones. Mutating (A 3.7);
 * read from source, never measured. Answers nothing; the tracker is the group's newest "Archive
 * Bench" job. It ends Archived (gone from {@link listBenches}), Broken, or Active.
 *
 * Repeated: 417 `BUSY` "already archived" for 6 hours (C 3.9): look at the list.
 *
 * @throws PressError `BUSY`, `REFUSED` as `deleteGroup`
 */
export async function archiveBench(
  press: Transport,
  args: { readonly bench: string },
  options?: CallOptions,
): Promise<void> {
  await runDocMethod(press, { dt: 'Bench', dn: args.bench, method: 'archive', args: {} }, options);
}
