import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ReadAnswer, Reads } from '../../schemas/estate/reads.js';
import type { GatewayDeps } from '../deps.js';
import { tellTime } from '../estate/time.js';
import { GatewayError } from '../problem.js';
import { account, readQuery } from '../query.js';
import { READS } from '../reads/index.js';
import { shownAnswer } from '../reads/shown.js';

/** Some ask the server of the site meanwhile; two calls of it fit in what a connection may be idle. */
const LIMIT_MS = 50_000;

const PathSchema = z.strictObject({ account, endpoint: z.string() });

/**
 * `GET /v1/reads`, what there is, and `GET /v1/accounts/<account>/reads/<endpoint>`: what Frappe
 * Cloud answers, as its schema reads it.
 */
export function readsRoutes(app: FastifyInstance, { accounts }: GatewayDeps): void {
  app.get('/v1/reads', (): Reads => ({
    reads: [...READS.values()].map(({ endpoint, what, arguments: args }) => ({
      endpoint,
      what,
      arguments: [...args],
    })),
  }));
  app.get('/v1/accounts/:account/reads/:endpoint', async (request, reply): Promise<ReadAnswer> => {
    const { account: name, endpoint } = readQuery(PathSchema, request.params);
    const read = READS.get(endpoint);
    if (read === undefined) {
      throw new GatewayError(
        404,
        'not_found',
        `there is no read ${endpoint}`,
        'what there is: npx sitewright read --list; what changes something is an operation',
      );
    }
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const found = accounts.get(name);
    const options = { signal: gone.signal, timeoutMs: LIMIT_MS };
    const answer = await read.run(found.press, request.query, options);
    tellTime(reply, found);
    return { account: name, endpoint, answer: shownAnswer(answer) };
  });
}
