import { isObject, text } from '../json.js';
import type { Json } from '../types.js';
import type { GroupRow } from '../world/catalogue.js';
import type { TeamRow, UserRow } from '../world/accounts.js';
import type { Micros, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { crash, forbid, PressError } from '../http/errors.js';

export type Params = Record<string, Json | undefined>;

export interface CallContext {
  world: World;
  /** Null for a guest. */
  user: UserRow | null;
  /** Null for a guest and for a user whose only team is disabled (observed C12). */
  team: TeamRow | null;
  /** The client's address: rate limits count by it. */
  address: string;
  /** Where the client reached us, e.g. `http://127.0.0.1:8000`: links lead there. */
  origin: string;
  /** Rows made after this are not seen by the checks that take no lock (observed-2 1.7). */
  checkedAt: Micros;
}

/** A body that is not `{ message }`, e.g. `run_doc_method` with its `docs`. */
export class RawBody {
  readonly body: Record<string, Json>;
  constructor(body: Record<string, Json>) {
    this.body = body;
  }
}

/** An answer for a browser. */
export class Page {
  readonly status: number;
  readonly title: string;
  readonly headers: Record<string, string>;
  constructor(status: number, title: string, headers: Record<string, string> = {}) {
    this.status = status;
    this.title = title;
    this.headers = headers;
  }
}

/** `undefined` is Python's None: the body is `{}` (A 1.5). */
export type Outcome = Json | undefined | RawBody;

export interface Endpoint {
  /** Callable without credentials. */
  guest?: boolean;
  /** Changes the world: rolled back when called by GET (A 1.4). */
  mutates?: boolean;
  /** Verbs allowed; default all. */
  verbs?: readonly string[];
  /** `@protected`: the name is checked against the team before anything else (A 3.1). */
  guard?: 'Site' | 'Release Group';
  /** Parameters without a default: missing ones are a TypeError (A 1.4). */
  requires?: readonly string[];
  run(context: CallContext, params: Params): Outcome | Page;
}

export type Endpoints = Readonly<Record<string, Endpoint>>;

export function userOf({ user }: CallContext): UserRow {
  if (user === null) throw new PressError('AuthenticationError', '', { userMessage: false });
  return user;
}

/** The current team; the lookup by owner finds nothing when the only team is disabled (C12). */
export function teamOf(context: CallContext): TeamRow {
  if (context.team === null) {
    throw new PressError('DoesNotExistError', `Team ${userOf(context).user} not found`);
  }
  return context.team;
}

/** The site a guarded endpoint was called for. */
export function siteOf(context: CallContext, params: Params): SiteRow {
  const site = context.world.state.sites[text(params.name)];
  if (site === undefined) throw forbid('Not Permitted');
  return site;
}

/** The release group a guarded endpoint was called for. */
export function groupOf(context: CallContext, params: Params): GroupRow {
  const group = context.world.state.groups[text(params.name)];
  if (group === undefined) throw forbid('Not Permitted');
  return group;
}

/** The name `@protected` looks at: `name`, else the *first value* of `filters` (A 3.1). */
function guardedName(params: Params): string | null {
  if (params.name !== undefined) return text(params.name);
  if (params.doc_name !== undefined) return text(params.doc_name);
  const { filters } = params;
  if (filters === null)
    throw crash('AttributeError', "'NoneType' object has no attribute 'values'");
  if (isObject(filters)) {
    const [first] = Object.values(filters);
    if (first !== undefined) return text(first);
  }
  return null;
}

export function checkGuard(endpoint: Endpoint, context: CallContext, params: Params): void {
  if (endpoint.guard === undefined) return;
  const name = guardedName(params);
  if (name === null) throw forbid('Name not found, API access not permitted');
  const { sites, groups } = context.world.state;
  const row = endpoint.guard === 'Site' ? sites[name] : groups[name];
  if (row === undefined || row.team !== teamOf(context).name) throw forbid('Not Permitted');
}

export function checkRequired(method: string, endpoint: Endpoint, params: Params): void {
  const absent = (endpoint.requires ?? []).filter((name) => params[name] === undefined);
  if (absent.length > 0) throw missingArguments(method.split('.').at(-1) ?? method, absent);
}

/** Python's complaint about arguments. */
export function missingArguments(name: string, absent: readonly string[]): PressError {
  const quoted = absent.map((argument) => `'${argument}'`);
  const list =
    quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
  const plural = absent.length === 1 ? 'argument' : 'arguments';
  return new PressError(
    'TypeError',
    `${name}() missing ${absent.length} required positional ${plural}: ${list}`,
    { userMessage: false, source: false },
  );
}
