import type { CallRecord, Json } from '../types.js';
import { isObject } from '../json.js';
import type { World } from '../world/world.js';
import { iso } from '../world/time.js';
import { dottedMethod, type PressRequest, readParams } from './request.js';

const SECRET_NAME = /secret|passw|pwd|token|authorization|api_key|sid$/i;
/** Configuration travels under these names; its values may be anything. */
const CONFIG_NAMES = new Set(['config', 'value']);
/** Methods that take a key which was mailed to a person; elsewhere a `key` is only a name. */
const MAILED_KEY = /\.confirm_site_transfer$|\.saas\./;
const REMOVED = '•••';
/** Older calls are forgotten; effects never are. */
const LONGEST_LOG = 20_000;

/** Opens the record of a call; it is completed while the call goes on. */
export function openCall(
  world: World,
  request: PressRequest,
  params: Record<string, Json>,
  team: string | null,
): CallRecord {
  const method = dottedMethod(request.path) ?? request.path;
  const hasKey = MAILED_KEY.test(method) && params.key !== undefined;
  const record: CallRecord = {
    seq: (world.state.callSeq += 1),
    at: iso(world.now()),
    verb: request.verb,
    method,
    action: actionOf(params),
    args: redact(hasKey ? { ...params, key: REMOVED } : params),
    team,
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

export function paramsOrNone(request: PressRequest): Record<string, Json> {
  try {
    return readParams(request);
  } catch {
    return {};
  }
}

function actionOf(params: Record<string, Json>): string | null {
  const { dt, method } = params;
  return typeof dt === 'string' && typeof method === 'string' ? `${dt}.${method}` : null;
}

function redact(value: Json): Json {
  if (Array.isArray(value)) return value.map(redact);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, redactEntry(name, inner)]),
  );
}

function redactEntry(name: string, value: Json): Json {
  if (SECRET_NAME.test(name)) return REMOVED;
  if (!CONFIG_NAMES.has(name)) return redact(value);
  if (Array.isArray(value)) return value.map(redact);
  return isObject(value)
    ? Object.fromEntries(Object.keys(value).map((key) => [key, REMOVED]))
    : REMOVED;
}
