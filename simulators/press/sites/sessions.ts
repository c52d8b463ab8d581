import { createHash } from 'node:crypto';
import { refuse } from '../http/errors.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { recordActivity } from './activity.js';

/** Length of a session id (Frappe's `generate_hash`). */
const SID_LENGTH = 56;

/**
 * `press.api.site.login` (B 4.5): no look at the status. A site that does not answer is entered
 * through the agent, which needs the site to be on its server.
 */
export function loginAsAdministrator(
  world: World,
  site: SiteRow,
  user: string,
  reason: string | null,
): string {
  if (!site.onServer) throw refuse('Could not login as Administrator');
  recordActivity(world, site, user, 'Login as Administrator', { reason });
  world.effect('site.login', site.name);
  return openSession(world, site);
}

/** Opens a session of Administrator. */
export function openSession(world: World, site: SiteRow): string {
  const sid = world.hash(SID_LENGTH);
  world.state.sessions[sid] = site.name;
  return sid;
}

/** Whether a session id counts on this site. */
export function hasSession(world: World, site: SiteRow, sid: string): boolean {
  return world.state.sessions[sid] === site.name;
}

/** Sets the password of Administrator; every other session of that user ends. */
export function setPassword(world: World, site: SiteRow, sid: string, password: string): void {
  world.state.passwords[site.name] = digest(password);
  for (const [other, name] of Object.entries(world.state.sessions)) {
    if (name === site.name && other !== sid) delete world.state.sessions[other];
  }
  world.effect('site.password', site.name);
}

/** Another database: nobody is logged in there, and the password is the one Press made (B 2.4). */
export function endSessions(world: World, site: SiteRow): void {
  const { sessions, passwords } = world.state;
  for (const [sid, name] of Object.entries(sessions)) {
    if (name === site.name) Reflect.deleteProperty(sessions, sid);
  }
  Reflect.deleteProperty(passwords, site.name);
}

/** Whether it is what somebody has set; the password that Press made is nobody's. */
export function isPassword(world: World, site: SiteRow, password: string): boolean {
  return world.state.passwords[site.name] === digest(password);
}

/** State files and control API must not hold passwords in clear. */
function digest(password: string): string {
  return createHash('sha256').update(password).digest('hex');
}
