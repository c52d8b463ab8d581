import type { ServerResponse } from 'node:http';
import type { FaultRule } from '../fault-types.js';
import type { MapleRequest } from '../http/request.js';
import type { PluginRequest } from '../types.js';
import type { Controls } from './controls.js';

const PREFIX = '/_sim/';

export const isControlPath = (path: string): boolean => path.startsWith(PREFIX);

type Handler = (controls: Controls, body: unknown) => unknown;

const ROUTES: Readonly<Record<string, Handler>> = {
  'GET calls': (controls) => controls.calls(),
  'GET effects': (controls) => controls.effects(),
  'GET estate': (controls) => controls.estate(),
  'GET clock': (controls) => ({ now: controls.clock.now() }),
  'POST clock': (controls, body) => {
    const { advance, speed } = body as { advance?: number; speed?: number };
    if (speed !== undefined) controls.clock.setSpeed(speed);
    if (advance !== undefined) controls.clock.advance(advance);
    return { now: controls.clock.now() };
  },
  'POST faults': (controls, body) => ({ id: controls.addFault(faultRule(body)) }),
  'DELETE faults': (controls) => {
    controls.clearFaults();
    return {};
  },
  'POST plugin': (controls, body) => controls.pluginRequest(body as PluginRequest),
  'POST site': (controls, body) => {
    const { site, connect, quiet } = body as { site: string; connect?: boolean; quiet?: boolean };
    if (quiet !== undefined) controls.setQuiet(site, quiet);
    if (connect === true) controls.connectPlugin(site);
    return {};
  },
  'POST sites': (controls, body) => {
    controls.addSites((body as { count: number }).count);
    return {};
  },
  'POST revoke-tokens': (controls) => {
    controls.revokeTokens();
    return {};
  },
  'POST reset': (controls) => {
    controls.reset();
    return {};
  },
};

/** Answers a control request: plain JSON, no authentication, nothing logged. */
export function controlRequest(
  controls: Controls,
  request: MapleRequest,
  response: ServerResponse,
): void {
  const handler = ROUTES[`${request.verb} ${request.path.slice(PREFIX.length)}`];
  if (handler === undefined) {
    answer(response, 404, { error: 'no such control', controls: Object.keys(ROUTES) });
    return;
  }
  try {
    const body: unknown = request.body === '' ? {} : JSON.parse(request.body);
    answer(response, 200, handler(controls, body));
  } catch (error) {
    answer(response, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

function faultRule(body: unknown): FaultRule {
  const rule = body as Partial<FaultRule>;
  if (typeof rule.call?.endpoint !== 'string' || typeof rule.fault?.kind !== 'string') {
    throw new Error('a fault rule needs "call" with its "endpoint", and "fault" with its "kind"');
  }
  return rule as FaultRule;
}
