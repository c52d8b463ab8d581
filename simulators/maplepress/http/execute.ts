import type { Endpoint } from '../api/endpoint.js';
import { login } from '../api/login.js';
import { siteEndpoints } from '../api/sites.js';
import type { World } from '../world/world.js';
import { type Answer, errorAnswer, jsonAnswer, Refusal } from './answer.js';
import { jsonBody, type MapleRequest } from './request.js';
import { tenantOf } from './tokens.js';

const ENDPOINTS = [login, ...siteEndpoints].map((endpoint) => ({
  endpoint,
  pattern: new RegExp(`^${endpoint.name.replace('{id}', '([^/]+)')}$`),
}));

interface Route {
  endpoint: Endpoint | null;
  /** Method and path; of a known endpoint without the id. */
  name: string;
  id: string;
}

/** Which endpoint a request is for. */
export function routeOf({ verb, path }: MapleRequest): Route {
  const asked = `${verb} ${path}`;
  for (const { endpoint, pattern } of ENDPOINTS) {
    const match = pattern.exec(asked);
    if (match) return { endpoint, name: endpoint.name, id: match[1] ?? '' };
  }
  return { endpoint: null, name: asked, id: '' };
}

/** Runs one request; a refusal leaves no trace. @returns also whether the world has changed. */
export function execute(
  world: World,
  request: MapleRequest,
  callSeq: number,
): { answer: Answer; committed: boolean } {
  world.currentCall = callSeq;
  const effects = world.state.effects.length;
  try {
    const answer = run(world, request);
    return { answer, committed: world.state.effects.length > effects };
  } catch (error) {
    if (error instanceof Refusal) return { answer: errorAnswer(error), committed: false };
    throw error;
  } finally {
    world.currentCall = 0;
    world.onChange();
  }
}

function run(world: World, request: MapleRequest): Answer {
  const { endpoint, id } = routeOf(request);
  if (endpoint === null) {
    return { status: 404, contentType: 'text/plain', body: '404 page not found\n' };
  }
  const tenant = endpoint.open === true ? '' : tenantOf(world, request.authorization);
  if (tenant === null) throw new Refusal(401, 'invalid or expired token');
  const body = jsonBody(request);
  if (body === null) throw new Refusal(400, 'invalid request payload');
  const value = endpoint.run({ world, tenant, query: request.query, body, id });
  return jsonAnswer(endpoint.status ?? 200, value);
}
