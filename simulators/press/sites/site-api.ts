import { type Answer, errorAnswer, jsonAnswer } from '../http/envelope.js';
import { forbid, PressError } from '../http/errors.js';
import { type PressRequest, readParams } from '../http/request.js';
import { text } from '../json.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { hasSession, isPassword, openSession, setPassword } from './sessions.js';
import { isUp, type Visited, visitSite } from './visit.js';

const ADMINISTRATOR = '/api/resource/User/Administrator';
const LOGIN = '/api/method/login';

/** Requests to a site that can change it: they are logged, and may go wrong as scripted. */
export function isSiteApi({ path }: PressRequest): boolean {
  return path === LOGIN || path.startsWith('/api/resource/');
}

/** The little of Frappe's own REST API that hand-overs need. */
export function siteApi(world: World, visited: Visited, request: PressRequest): Answer {
  const { site } = visited;
  if (site === null || !isUp(site)) return visitSite(world, visited, request);
  if (request.path === LOGIN && request.verb === 'POST') return logIn(world, site, request);
  if (request.path === ADMINISTRATOR && request.verb === 'PUT') return save(world, site, request);
  return errorAnswer(world, new PressError('DoesNotExistError', '', { source: false }));
}

function logIn(world: World, site: SiteRow, request: PressRequest): Answer {
  const { usr, pwd } = readParams(request);
  if (usr !== 'Administrator' || !isPassword(world, site, text(pwd))) {
    return jsonAnswer(401, {
      message: 'Invalid login credentials',
      exc_type: 'AuthenticationError',
    });
  }
  return {
    ...jsonAnswer(200, { message: 'Logged In', home_page: '/apps', full_name: 'Administrator' }),
    headers: { 'Set-Cookie': `sid=${openSession(world, site)}; HttpOnly; Path=/; SameSite=Lax` },
  };
}

function save(world: World, site: SiteRow, request: PressRequest): Answer {
  const sid = sidOf(request);
  if (!hasSession(world, site, sid)) {
    const said = 'User <strong>Guest</strong> does not have access to this document';
    throw forbid(`${said}: <strong>User - Administrator</strong>`);
  }
  const password = text(readParams(request).new_password);
  if (password !== '') setPassword(world, site, sid, password);
  return jsonAnswer(200, { data: { name: 'Administrator', enabled: 1, user_type: 'System User' } });
}

/** The session of a request: a parameter or a cookie, as Frappe takes it. */
export function sidOf({ query, headers }: PressRequest): string {
  const cookie = /(?:^|;\s*)sid=([^;]*)/.exec(headers.cookie ?? '');
  return query.sid ?? cookie?.[1] ?? '';
}
