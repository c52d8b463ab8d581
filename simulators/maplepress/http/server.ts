import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { controlRequest, isControlPath } from '../control/api.js';
import type { Controls } from '../control/controls.js';
import { applyFault } from '../faults/apply.js';
import { type Call, commit, reply } from '../faults/call.js';
import { takeCallFault } from '../faults/matching.js';
import type { World } from '../world/world.js';
import { openCall } from './call-log.js';
import { routeOf } from './execute.js';
import { jsonBody, type MapleRequest, readRequest } from './request.js';
import { tenantOf } from './tokens.js';

/** One HTTP server for MaplePress and for the control API. */
export function createMaplePressServer(world: World, controls: Controls): Server {
  return createServer((message, response) => {
    handle(world, controls, message, response).catch((error: unknown) => {
      response.writeHead(500, { 'Content-Type': 'text/plain' });
      response.end(`simulator defect: ${error instanceof Error ? error.message : String(error)}\n`);
    });
  });
}

async function handle(
  world: World,
  controls: Controls,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(message);
  if (request === null) {
    response.destroy();
    return;
  }
  world.clock.catchUp();
  if (isControlPath(request.path)) controlRequest(controls, request, response);
  else receive(world, request, response);
  world.clock.catchUp();
}

function receive(world: World, request: MapleRequest, response: ServerResponse): void {
  const { name, id } = routeOf(request);
  const tenant = tenantOf(world, request.authorization);
  const record = openCall(world, request, name, tenant);
  const call: Call = { request, record, response };
  const body = jsonBody(request) ?? {};
  const fault = takeCallFault(world.state, { endpoint: name, site: id, tenant, body });
  if (fault === null) reply(world, call, commit(world, call));
  else applyFault(world, call, fault);
}
