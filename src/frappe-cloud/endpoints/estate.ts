import { z } from 'zod';
import { PressError, PressErrorCode } from '../errors.js';
import type { CallOptions, Transport } from '../transport.js';
import { getList } from './generic.js';
import { SITE_STATUSES, type SiteStatus } from './sites.js';
import { flag, naiveDatetime } from './wire.js';

const EstateSiteSchema = z.object({
  name: z.string(),
  status: z.enum(SITE_STATUSES),
  plan: z.string().nullable(),
  group: z.string().nullable(),
  cluster: z.string().nullable(),
  host_name: z.string().nullable(),
  creation: naiveDatetime,
  creation_failed: naiveDatetime.nullable(),
  archive_failed: flag,
  fatal_site_update: z.string().nullable(),
  /** Of the group, such as "Version 15". Nullish: Press drops a field it does not know (A 2.3). */
  version: z.string().nullish(),
  group_title: z.string().nullish(),
});
export type EstateSite = z.infer<typeof EstateSiteSchema>;

/** Fields of linked documents are asked for by their path (A 2.3). */
const PATHS: Readonly<Record<string, string>> = {
  version: 'group.version as version',
  group_title: 'group.title as group_title',
};
const FIELDS = Object.keys(EstateSiteSchema.shape).map((field) => PATHS[field] ?? field);

export interface EstateQuery {
  /** Always sent: without it Press hides Archived sites and masks statuses (A 2.3). */
  readonly statuses: readonly SiteStatus[];
  readonly plan?: string;
  readonly cluster?: string;
  /** Of the bench group, such as "Version 15". */
  readonly version?: string;
  /** A part of the name or of the primary domain. */
  readonly search?: string;
}

/**
 * Own sites by name from A to Z, page by page: pages hang on the last name of the one before, so
 * that a site that comes or goes meanwhile neither repeats nor hides another. Read (A 2.3). A
 * filter that Press does not know is dropped in silence: look at the rows again.
 *
 * @param args.pageSize rows of one call; Press has no limit of its own
 * @throws PressError
 */
export async function* eachSitePage(
  press: Transport,
  args: { readonly query: EstateQuery; readonly pageSize: number },
  options?: CallOptions,
): AsyncGenerator<readonly EstateSite[], void, undefined> {
  const { statuses, plan, cluster, version, search } = args.query;
  let after = '';
  for (;;) {
    const query = {
      doctype: 'Site',
      fields: FIELDS,
      filters: {
        status: ['in', statuses],
        ...(after !== '' && { name: ['>', after] }),
        ...(plan !== undefined && { plan }),
        ...(cluster !== undefined && { cluster }),
        ...(version !== undefined && { 'group.version': version }),
        ...(search !== undefined && { _search: search }),
      },
      order_by: 'name asc',
      limit: args.pageSize,
    };
    const page = await getList(press, query, EstateSiteSchema, options);
    const last = page.at(-1)?.name;
    if (last === undefined) return;
    if (last === after) throw doesNotMove();
    yield page;
    if (page.length < args.pageSize) return;
    after = last;
  }
}

/** A site as {@link eachSitePage} tells of it; null when it is not ours. Read. @throws PressError */
export async function estateSite(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<EstateSite | null> {
  const filters = { name: args.site, status: ['in', SITE_STATUSES] };
  const query = { doctype: 'Site', fields: FIELDS, filters, limit: 1 };
  const [row] = await getList(press, query, EstateSiteSchema, options);
  return row ?? null;
}

/** Going on would ask for the same page for ever. */
function doesNotMove(): PressError {
  return new PressError({
    code: PressErrorCode.BAD_ANSWER,
    message: 'a page of sites ends where the one before has ended',
    endpoint: 'press.api.client.get_list',
    status: 200,
    sent: 'yes',
    ended: true,
  });
}
