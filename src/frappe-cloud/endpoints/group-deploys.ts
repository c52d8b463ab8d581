import { z } from 'zod';
import { PressError } from '../errors.js';
import type { CallOptions, Transport } from '../transport.js';
import { getDocument, getList, type Owned, readOwned } from './generic.js';
import { naiveDatetime } from './wire.js';

/** Every status of a private order, in the usual course (A 3.5); any of them may be skipped. */
const GROUP_DEPLOY_STATUSES = [
  'Pending',
  'Deploying Bench',
  /** Not final: the order goes on when anybody redeploys the group (A 3.5). */
  'Bench Deploy Failed',
  'Bench Deployed',
  'Creating Site',
  /** The `New Site` job succeeded; the site may still be Pending, or Broken (A 3.5). */
  'Site Created',
  'Site Creation Failed',
] as const;

const GroupDeploySchema = z.object({
  name: z.string(),
  status: z.enum(GROUP_DEPLOY_STATUSES),
  /** Null until the bench is up; follows the site into `<name>.archived` (observed-2 4). */
  site: z.string().nullable(),
  release_group: z.string().nullable(),
  owner: z.string(),
  creation: naiveDatetime,
});
/** An order of a site with a bench group of its own: Press calls it Site Group Deploy. */
export type GroupDeploy = z.infer<typeof GroupDeploySchema>;

const GroupDeployRowSchema = GroupDeploySchema.extend({
  /** Of the group. Its alias is read from source and was never measured: may be missing (A 2.3). */
  title: z.string().nullish(),
});
export type GroupDeployRow = z.infer<typeof GroupDeployRowSchema>;

/** The order itself does not show its subdomain (A 2.3); its group bears it as the title. */
export type GroupDeployFilter =
  { readonly subdomain: string } | { readonly names: readonly string[] };

/**
 * Own private orders, the newest first. Read; the proof of a lost `newSite` on the private path
 * (A 7, observed-2 1). By subdomain there can be several (two sends that overlapped), and none any
 * more once the group is deleted and renamed; by name they stay, also then.
 *
 * @throws PressError
 */
export function listGroupDeploys(
  press: Transport,
  by: GroupDeployFilter,
  options?: CallOptions,
): Promise<GroupDeployRow[]> {
  const query = {
    doctype: 'Site Group Deploy',
    fields: [...Object.keys(GroupDeploySchema.shape), 'release_group.title as title'],
    filters:
      'subdomain' in by ? { 'release_group.title': by.subdomain } : { name: ['in', by.names] },
  };
  return getList(press, query, GroupDeployRowSchema, options);
}

/**
 * A private order. Read. It cannot be stopped, repeated or deleted, and can hang for ever: wait
 * with a deadline, and look at builds, queue, benches and jobs of its group beside it (A 3.5, 3.6).
 *
 * @throws PressError
 */
export function getGroupDeploy(
  press: Transport,
  args: { readonly name: string },
  options?: CallOptions,
): Promise<Owned<{ readonly deploy: GroupDeploy }>> {
  return readOwned(async () => ({
    deploy: await getDocument(press, 'Site Group Deploy', args.name, GroupDeploySchema, options),
  }));
}

const TITLE_TAKEN = [
  /\b(Release Group with title|Site with subdomain|Bench of name) .+ already exists\b/,
  /\bbench group with this name already exists\b/,
];

/**
 * Whether `newSite` was refused on the private path because the name is in use: as the title of a
 * group of *any* team, enabled or not, or by a site (A 3.2). Perhaps by our own earlier send: then
 * {@link listGroupDeploys} by subdomain shows the order; another team's does not show (A 7).
 * Also for `newGroup` and `createPrivateBenchForUpgrade`, where only enabled groups of our own team
 * count (D 1.0).
 */
export function isTitleTaken(error: unknown): boolean {
  return error instanceof PressError && TITLE_TAKEN.some((text) => text.test(error.message));
}
