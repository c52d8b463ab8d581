import { isObject, type Json } from '../../shared/json.js';
import { iso } from '../../shared/time.js';
import type { CallRecord } from '../types.js';
import type { World } from '../world/world.js';
import { jsonBody, type MapleRequest } from './request.js';

const SECRET_NAME = /passw|secret|token|key/i;
const REMOVED = '•••';
/** Older calls are forgotten; effects never are. */
const LONGEST_LOG = 20_000;

/** Opens the record of a call; it is completed while the call goes on. */
export function openCall(
  world: World,
  request: MapleRequest,
  endpoint: string,
  tenant: string | null,
): CallRecord {
  const record: CallRecord = {
    seq: (world.state.callSeq += 1),
    at: iso(world.now()),
    endpoint,
    path: request.path,
    args: redact({ ...request.query, ...jsonBody(request) }),
    tenant,
    status: null,
    answered: false,
    committed: false,
    fault: null,
  };
  const { calls } = world.state;
  calls.push(record);
  if (calls.length > LONGEST_LOG) calls.splice(0, calls.length - LONGEST_LOG);
  return record;
}

function redact(value: Json): Json {
  if (Array.isArray(value)) return value.map(redact);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET_NAME.test(name) ? REMOVED : redact(inner),
    ]),
  );
}
