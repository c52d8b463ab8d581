import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import {
  type TenantNames,
  type UsageLine,
  WORDPRESS_STATUSES,
  type WordPressLine,
} from '../../schemas/estate/maplepress.js';
import type { GatewayDeps } from '../deps.js';
import { count, readQuery } from '../query.js';
import { lineOf, sendStream } from '../routes/stream.js';
import { wordPressView } from './site.js';
import { listWordPressSites, type WordPressPage } from './sites.js';
import { type UsageFound, usageOfTenant } from './usage.js';

const tenant = z.string().min(1).max(100);

const ListSchema = z.strictObject({
  tenant,
  status: z.enum(WORDPRESS_STATUSES).optional(),
  limit: count.optional(),
  // Its range is MaplePress's, and told in its words.
  pageSize: z.coerce.number().optional(),
});
const SiteSchema = z.strictObject({ tenant, site: z.string().min(1).max(300) });
const UsageSchema = z.strictObject({ tenant });

/** The WordPress sites of a MaplePress tenant, and what they use. */
export function maplePressRoutes(app: FastifyInstance, deps: GatewayDeps): void {
  const { tenants, log } = deps;

  app.get('/v1/maplepress', (): TenantNames => ({
    tenants: tenants.all().map(({ name }) => name),
  }));

  app.get('/v1/maplepress/:tenant/sites', async (request, reply) => {
    const { tenant: name, ...filter } = readQuery(ListSchema, everything(request));
    const gone = goneOf(reply);
    const pages = listWordPressSites(tenants.get(name), filter, gone);
    // Before the first line, so that what is wrong from the start is an error with its status.
    const first = await pages.next();
    return sendStream(reply, encodeSites(beginningWith(first, pages)), { of: name, log, gone });
  });

  app.get('/v1/maplepress/:tenant/sites/:site', async (request, reply) => {
    const { tenant: name, site } = readQuery(SiteSchema, everything(request));
    return wordPressView(tenants.get(name), deps, site, goneOf(reply));
  });

  app.get('/v1/maplepress/:tenant/usage', async (request, reply) => {
    const { tenant: name } = readQuery(UsageSchema, everything(request));
    const gone = goneOf(reply);
    const found = usageOfTenant(tenants.get(name), gone);
    const first = await found.next();
    return sendStream(reply, encodeUsage(beginningWith(first, found)), { of: name, log, gone });
  });
}

function everything(request: { readonly query: unknown; readonly params: unknown }): object {
  return { ...(request.query as object), ...(request.params as object) };
}

/** Fires when the caller has gone. */
function goneOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}

async function* beginningWith<T>(
  first: IteratorResult<T, void>,
  rest: AsyncIterable<T>,
): AsyncGenerator<T, void, undefined> {
  if (first.done !== true) yield first.value;
  yield* rest;
}

/** A page is one chunk: the next is read when the reader has taken it. */
async function* encodeSites(
  pages: AsyncIterable<WordPressPage>,
): AsyncGenerator<string, void, undefined> {
  const line = (content: WordPressLine) => lineOf(content);
  let count = 0;
  for await (const { sites, unread } of pages) {
    count += sites.length;
    const lines = [
      ...sites.map((site) => line({ site })),
      ...unread.map((row) => line({ unread: row })),
    ];
    if (lines.length > 0) yield lines.join('');
  }
  yield line({ end: { sites: count } });
}

async function* encodeUsage(
  usage: AsyncIterable<UsageFound>,
): AsyncGenerator<string, void, undefined> {
  const line = (content: UsageLine) => lineOf(content);
  let sites = 0;
  for await (const found of usage) {
    if ('site' in found) sites += 1;
    yield line(found);
  }
  yield line({ end: { sites } });
}
