import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import {
  deleteDocument,
  getDocument,
  getList,
  type Owned,
  readOwned,
  runDocMethod,
} from './generic.js';
import { ask, flag, naiveDatetime } from './wire.js';

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

const ReleaseGroupRowSchema = z.object({
  name: z.string(),
  title: z.string(),
  version: z.string(),
  owner: z.string(),
  creation: naiveDatetime,
});
export type ReleaseGroupRow = z.infer<typeof ReleaseGroupRowSchema>;

/**
 * Own, enabled, private groups of this exact title, the newest first. Read. A deleted group never
 * shows, although a running build still makes a bench in it (observed-2 4): ask
 * {@link getReleaseGroup} by name. There can be two with one title (observed 4).
 *
 * @throws PressError
 */
export function listGroupsByTitle(
  press: Transport,
  args: { readonly title: string },
  options?: CallOptions,
): Promise<ReleaseGroupRow[]> {
  const query = {
    doctype: 'Release Group',
    fields: Object.keys(ReleaseGroupRowSchema.shape),
    filters: { title: args.title },
  };
  return getList(press, query, ReleaseGroupRowSchema, options);
}

/**
 * Whether this team has an enabled group of the title. Read (D 1.2). False is no promise: groups
 * of other teams block the private path of `newSite` too (A 3.2).
 *
 * @throws PressError
 */
export function benchTitleExists(
  press: Transport,
  args: { readonly title: string },
  options?: CallOptions,
): Promise<boolean> {
  return ask(press, 'press.api.bench.exists', args, z.boolean(), options);
}

/**
 * DESTROYS the group: Disabled and renamed to `<title>.archived` at once, its Active benches are
 * archived by jobs; Pending, Installing and Broken ones stay (see `archiveBench`). Waiting version
 * upgrades into it are cancelled. Mutating (A 3.9). Never while a build or bench of it is
 * unfinished: that goes on, and the order makes its site in the deleted group (observed-2 4).
 *
 * Repeated: done again, the title grows by another ".archived"; safe at any time, and needed when
 * a bench came up after the first. A refusal may have done half: benches before the one that
 * refused are being archived.
 *
 * @throws PressError `BUSY` for some seconds after a bench came up or a site left it; `REFUSED`
 * while a site stands on a bench, so wait for the end of its archive before
 */
export function deleteGroup(
  press: Transport,
  args: { readonly group: string },
  options?: CallOptions,
): Promise<void> {
  return deleteDocument(press, 'Release Group', args.group, options);
}

/**
 * Builds the group's image again and puts up a bench. Mutating, and MONEY: an order that stands at
 * "Bench Deploy Failed" goes on by itself then and makes its site and subscription (A 3.5). Answers
 * nothing; the tracker is the newest of `listBuilds`. Repeated: another build and bench.
 *
 * @throws PressError
 */
export async function redeployGroup(
  press: Transport,
  args: { readonly group: string },
  options?: CallOptions,
): Promise<void> {
  const call = { dt: 'Release Group', dn: args.group, method: 'redeploy', args: {} };
  await runDocMethod(press, call, options);
}
