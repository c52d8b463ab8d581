import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { SITE_STATUSES } from '../../domain/site-status.js';
import type { SiteLine, SiteRow } from '../../schemas/estate/sites.js';
import type { GatewayDeps } from '../deps.js';
import { listEstate } from '../estate/sites.js';
import { tellTime } from '../estate/time.js';
import { account, count, readQuery, several } from '../query.js';
import { lineOf, sendStream } from './stream.js';

const text = z.string().min(1).max(200);

const SitesQuerySchema = z.strictObject({
  account,
  status: several(z.enum(SITE_STATUSES)).optional(),
  plan: text.optional(),
  version: text.optional(),
  group: text.optional(),
  cluster: text.optional(),
  tag: text.optional(),
  search: text.optional(),
  limit: count.optional(),
});

/** `GET /v1/sites`: one JSON document per line, the last of which says how it ended. */
export function sitesRoute(app: FastifyInstance, { accounts, log }: GatewayDeps): void {
  app.get('/v1/sites', async (request, reply) => {
    const { account: name, ...filter } = readQuery(SitesQuerySchema, request.query);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const found = accounts.get(name);
    const pages = listEstate(found, filter, gone.signal);
    // Before the first line, so that what is wrong from the start is an error with its status.
    const first = await pages.next();
    const lines = encode(first.done === true ? [] : first.value, pages);
    tellTime(reply, found);
    return sendStream(reply, lines, { of: name, log, gone: gone.signal });
  });
}

/** A page is one chunk: the next is read when the reader has taken it. */
async function* encode(
  first: readonly SiteRow[],
  rest: AsyncIterable<readonly SiteRow[]>,
): AsyncGenerator<string, void, undefined> {
  let sites = 0;
  const linesOf = (page: readonly SiteRow[]) => {
    sites += page.length;
    return page.map((site) => line({ site })).join('');
  };
  if (first.length > 0) yield linesOf(first);
  for await (const page of rest) if (page.length > 0) yield linesOf(page);
  yield line({ end: { sites } });
}

const line = (content: SiteLine): string => lineOf(content);
