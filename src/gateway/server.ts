import type { AddressInfo } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import type { GatewayDeps } from './deps.js';
import { maplePressRoutes } from './maplepress/routes.js';
import { GatewayError, problemOf } from './problem.js';
import { estateRoutes } from './routes/estate.js';
import { readsRoutes } from './routes/reads.js';
import { contractRoute } from './routes/contract.js';
import { sitesRoute } from './routes/sites.js';
import { createTokenCheck } from './token.js';

export interface GatewayOptions {
  /** Whoever has it may read everything that the accounts may. */
  readonly token: string;
  /** Default: the loopback interface. */
  readonly host?: string;
  /** Default: a free one. */
  readonly port?: number;
}

/** A running gateway. */
export interface Gateway {
  readonly url: string;
  /** Lets requests end for {@link GRACE_MS}, then drops them. */
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** Requests have no body: what is sent as one is refused early. */
const MAX_BODY_BYTES = 1_024;
/** For a request to arrive whole. */
const REQUEST_TIMEOUT_MS = 10_000;
/** Of a connection without any traffic: longer than the slowest read of Press (30 s, twice). */
const IDLE_TIMEOUT_MS = 120_000;
const GRACE_MS = 5_000;

/** Serves the read routes: every key stays in this process (D 7). @throws Error when it cannot listen */
export async function startGateway(deps: GatewayDeps, options: GatewayOptions): Promise<Gateway> {
  const app = fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: IDLE_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    // A path that cannot be decoded is answered before any hook runs.
    frameworkErrors: (error, _request, reply) => {
      const { status, problem } = problemOf(error);
      const body = JSON.stringify({ error: problem });
      reply.raw.writeHead(status, { 'content-type': 'application/json' }).end(body);
    },
    routerOptions: { maxParamLength: 300 },
  });
  guard(app, options.token);
  explain(app, deps);
  app.get('/healthz', () => ({ ok: true }));
  sitesRoute(app, deps);
  contractRoute(app, deps);
  estateRoutes(app, deps);
  readsRoutes(app, deps);
  maplePressRoutes(app, deps);

  const host = options.host ?? LOOPBACK;
  await app.listen({ host, port: options.port ?? 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    async close() {
      const closed = app.close();
      const deadline = setTimeout(() => app.server.closeAllConnections(), GRACE_MS);
      await closed;
      clearTimeout(deadline);
    },
  };
}

/** Everything but the health check needs the token, paths that do not exist included. */
function guard(app: FastifyInstance, token: string): void {
  const carriesToken = createTokenCheck(token);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (request.routeOptions.url === '/healthz') return;
    if (carriesToken(request.headers.authorization)) return;
    reply.header('www-authenticate', 'Bearer');
    throw new GatewayError(
      401,
      'unauthorized',
      'the bearer token is missing or wrong',
      'Authorization: Bearer <token>; it is in keys/gateway.token of the data directory, or what SITEWRIGHT_GATEWAY_TOKEN says',
    );
  });
}

/** Errors as JSON, and one line of the log per request: without query, which may name customers. */
function explain(app: FastifyInstance, { log }: GatewayDeps): void {
  app.setErrorHandler((error, request, reply) => {
    const { status, problem } = problemOf(error);
    if (status >= 500) log.error({ err: error, route: request.routeOptions.url }, problem.message);
    return reply.code(status).send({ error: problem });
  });
  app.setNotFoundHandler(() => {
    throw new GatewayError(
      404,
      'not_found',
      'there is no such route',
      'docs/gateway.md lists them',
    );
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request;
    const ms = Math.round(reply.elapsedTime);
    log.info({ method, route: routeOptions.url ?? null, status: reply.statusCode, ms }, 'request');
    done();
  });
}
