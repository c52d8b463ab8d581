import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { sendBackupFile } from '../backups/site-door.js';
import { controlRequest, isControlPath } from '../control/api.js';
import type { PressControls } from '../control/controls.js';
import { applyFault } from '../faults/apply.js';
import { answer, type Call, commit } from '../faults/call.js';
import { takeCallFault } from '../faults/matching.js';
import { isSiteApi } from '../sites/site-api.js';
import { siteNamedBy, visitSite } from '../sites/visit.js';
import { isStoragePath, storageRequest } from '../storage/server.js';
import type { World } from '../world/world.js';
import { authenticate, chooseTeam } from './auth.js';
import { openCall, paramsOrNone } from './call-log.js';
import { send } from './envelope.js';
import { type PressRequest, readRequest } from './request.js';

/** One HTTP server for Press, for the sites it hosts (by `Host`), and for the control API. */
export function createPressServer(world: World, controls: PressControls): Server {
  return createServer((message, response) => {
    handle(world, controls, message, response).catch((error: unknown) => {
      response.writeHead(500, { 'Content-Type': 'text/plain' });
      response.end(`simulator defect: ${error instanceof Error ? error.message : String(error)}\n`);
    });
  });
}

async function handle(
  world: World,
  controls: PressControls,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (isStoragePath(message.url)) {
    await storageRequest(world, message, response);
    return;
  }
  const request = await readRequest(message);
  if (request === null) {
    response.destroy();
    return;
  }
  world.clock.catchUp();
  if (isControlPath(request.path)) {
    controlRequest(controls, request, response);
    return;
  }
  const visited = siteNamedBy(world, request.headers.host);
  if (visited !== null && !isSiteApi(request)) {
    if (await sendBackupFile(world, visited, request, response)) return;
    send(world, response, visitSite(world, visited, request));
    return;
  }
  receive(world, request, response, visited?.host);
  world.clock.catchUp();
}

/** @param site the host, when a site is asked and not Press: its log and rules have it as `site` */
function receive(
  world: World,
  request: PressRequest,
  response: ServerResponse,
  site?: string,
): void {
  const team = teamName(world, request);
  const body = { ...paramsOrNone(request), ...(site === undefined ? {} : { site }) };
  const record = openCall(world, request, body, team);
  const call: Call = { request, record, response };
  const facts = { method: record.method, body, team };
  const fault = takeCallFault(world.state, facts);
  if (fault === null) answer(world, call, commit(world, call).answer);
  else applyFault(world, call, fault);
}

/** The team a call acts for, as far as it can be told before it is executed. */
function teamName(world: World, request: PressRequest): string | null {
  try {
    return chooseTeam(world.state, request, authenticate(world.state, request))?.name ?? null;
  } catch {
    return null;
  }
}
