import type { TeamRow, UserRow } from '../world/accounts.js';
import type { WorldState } from '../world/model.js';
import { PressError } from './errors.js';
import type { PressRequest } from './request.js';

/** Path prefixes an ordinary user may reach (A 1.1). */
const ALLOWED_PREFIXES = [
  '/api/method/press.api.',
  '/api/method/press.saas.',
  '/api/method/wiki.',
  '/api/method/frappe.integrations.oauth2_logins.',
  '/api/method/press.www.marketplace.index.',
];
const ALLOWED_PATHS = new Set(['/api/method/ping', '/api/method/login', '/api/method/logout']);

const denied = (message: string, options = {}): PressError =>
  new PressError('AuthenticationError', message, options);

/** 401, not 404: a typo in the prefix looks like bad credentials (A 1.1). */
export function checkPath(path: string): void {
  if (ALLOWED_PATHS.has(path) || ALLOWED_PREFIXES.some((prefix) => path.startsWith(prefix))) return;
  throw denied('Access not allowed for this URL');
}

/** @returns null for a guest. @throws 401 when a header is present but wrong, on any method. */
export function authenticate(state: WorldState, request: PressRequest): UserRow | null {
  const header = request.headers.authorization;
  if (header === undefined) return null;
  const pair = credentials(header);
  const user = state.users.find(
    ({ apiKey, apiSecret }) => pair?.key === apiKey && pair.secret === apiSecret,
  );
  if (user === undefined) throw denied('', { userMessage: false, source: false });
  return user;
}

function credentials(header: string): { key: string; secret: string } | null {
  const [scheme = '', value = ''] = header.split(' ');
  const kind = scheme.toLowerCase();
  if (kind !== 'token' && kind !== 'basic') return null;
  const pair = kind === 'basic' ? Buffer.from(value, 'base64').toString('utf8') : value;
  const [key, secret] = pair.split(':');
  return key === undefined || secret === undefined ? null : { key, secret };
}

/** The team a request acts for: a header naming a foreign team is silently ignored (A 1.3). */
export function chooseTeam(
  state: WorldState,
  request: PressRequest,
  user: UserRow | null,
): TeamRow | null {
  if (user === null) return null;
  const wanted = request.headers['x-press-team'];
  if (wanted !== undefined && user.teams.includes(wanted)) {
    const team = state.teams.find(({ name }) => name === wanted);
    if (team?.enabled === true) return team;
    throw denied('Invalid Team');
  }
  const own = state.teams.filter(({ name, enabled }) => enabled && user.teams.includes(name));
  // Of a parent and its child, which have the same owner, it is the child (observed-2 6.9).
  return own.findLast((team) => team.user === user.user) ?? own[0] ?? null;
}
