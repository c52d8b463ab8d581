import { endpoints } from '../api/index.js';
import {
  type CallContext,
  checkGuard,
  checkRequired,
  type Endpoint,
  Page,
  type Params,
  RawBody,
} from '../api/endpoint.js';
import { siteApi } from '../sites/site-api.js';
import { siteNamedBy } from '../sites/visit.js';
import type { Json } from '../types.js';
import type { Micros } from '../world/model.js';
import type { World } from '../world/world.js';
import { authenticate, checkPath, chooseTeam } from './auth.js';
import { type Answer, errorAnswer, htmlAnswer, jsonAnswer } from './envelope.js';
import { PressError } from './errors.js';
import { dottedMethod, type PressRequest, readParams } from './request.js';

export interface Execution {
  answer: Answer;
  /** Whether changes of the world were committed. */
  committed: boolean;
}

const COMMITTING_VERBS = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Runs one request in one transaction: errors and GETs leave no trace (A 1.4, A 1.8), except what
 * the server itself commits half way.
 *
 * @param checkedAt see {@link CallContext.checkedAt}; default now.
 */
export function execute(
  world: World,
  request: PressRequest,
  callSeq: number,
  checkedAt: Micros = Infinity,
): Execution {
  if (request.verb === 'HEAD') return { answer: { status: 403, body: '' }, committed: false };
  if (request.verb === 'OPTIONS') return { answer: { status: 200, body: '' }, committed: false };
  world.currentCall = callSeq;
  const effects = world.state.effects.length;
  try {
    const answer = run(world, request, checkedAt);
    return { answer, committed: world.state.effects.length > effects };
  } catch (error) {
    if (!(error instanceof PressError)) throw error;
    const committed = world.state.effects.length > effects;
    return { answer: errorFor(world, request, error), committed };
  } finally {
    world.currentCall = 0;
    world.onChange();
  }
}

function run(world: World, request: PressRequest, checkedAt: Micros): Answer {
  const visited = siteNamedBy(world, request.headers.host);
  if (visited !== null) return siteApi(world, visited, request);
  checkPath(request.path);
  const user = authenticate(world.state, request);
  const method = dottedMethod(request.path) ?? '';
  if (method === 'ping') return jsonAnswer(200, { message: 'pong' });
  const params = readParams(request);
  const team = chooseTeam(world.state, request, user);
  const { address, origin } = request;
  const context: CallContext = { world, user, team, address, origin, checkedAt };
  const endpoint = findEndpoint(method);
  checkWhitelisted(method, endpoint, context, request.verb);
  checkGuard(endpoint, context, params);
  checkRequired(method, endpoint, params);
  const mustRollBack = endpoint.mutates === true && !COMMITTING_VERBS.has(request.verb);
  const restore = mustRollBack ? snapshot(world) : null;
  try {
    return outcomeAnswer(endpoint, context, params);
  } finally {
    restore?.();
  }
}

/** @returns what undoes every change since; names drawn meanwhile are never used again. */
function snapshot(world: World): () => void {
  const { calls, effects, rules, ...rows } = world.state;
  const before = structuredClone(rows);
  const count = effects.length;
  return () => {
    const { random, lastStamp } = world.state;
    effects.length = count;
    world.state = { ...before, calls, effects, rules, random, lastStamp };
  };
}

function outcomeAnswer(endpoint: Endpoint, context: CallContext, params: Params): Answer {
  const outcome = endpoint.run(context, params);
  if (outcome === undefined) return jsonAnswer(200, {});
  if (outcome instanceof RawBody) return jsonAnswer(200, outcome.body);
  if (outcome instanceof Page) return htmlAnswer(outcome.status, outcome.title, outcome.headers);
  return jsonAnswer(200, { message: outcome });
}

/** An unknown dotted path is 417, not 404 (A 1.7). */
function findEndpoint(method: string): Endpoint {
  const endpoint = endpoints[method];
  if (endpoint !== undefined) return endpoint;
  const module = method.split('.').slice(0, -1).join('.');
  const name = method.split('.').at(-1) ?? '';
  const isKnownModule = Object.keys(endpoints).some((known) => known.startsWith(`${module}.`));
  const reason = isKnownModule
    ? `module '${module}' has no attribute '${name}'`
    : `No module named '${module}'`;
  throw new PressError(
    'ValidationError',
    `Failed to get method for command ${method} with ${reason}`,
    { source: false },
  );
}

function checkWhitelisted(
  method: string,
  endpoint: Endpoint,
  context: CallContext,
  verb: string,
): void {
  if (context.user === null && endpoint.guest !== true) {
    throw new PressError(
      'PermissionError',
      '<details><summary>You are not permitted to access this resource.</summary>' +
        `Function <strong>${method}</strong> is not whitelisted.</details>`,
      { title: 'Method Not Allowed', source: false },
    );
  }
  if (endpoint.verbs !== undefined && !endpoint.verbs.includes(verb)) {
    throw new PressError('PermissionError', 'Not permitted', { source: false });
  }
}

/** `/api/v2/` refuses in another envelope (observed 4). */
function errorFor(world: World, request: PressRequest, error: PressError): Answer {
  if (!request.path.startsWith('/api/v2/')) return errorAnswer(world, error);
  const entry: Record<string, Json> = {
    type: error.excType,
    exception: error.exception,
    message: error.message,
    title: 'Message',
    indicator: 'red',
  };
  return jsonAnswer(error.status, { errors: [entry] });
}
