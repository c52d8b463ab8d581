import { createHash } from 'node:crypto';
import { isObject, text } from '../json.js';
import { crash, refuse } from '../http/errors.js';
import type { Json } from '../types.js';
import type { ConfigRow, JobRow, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { BLACKLIST, configRow, HIDDEN_PASSWORD, pushConfig, typeOf } from './config.js';
import { checkSiteAction } from './guards.js';
import { saveSite } from './actions.js';

/** First version that has server scripts switched off on shared benches (C 5.2). */
const SERVER_SCRIPTS_OFF_SINCE = 15;

/** The list form REPLACES every visible key; blacklisted ones are skipped silently (C 5.2). */
export function replaceConfig(
  world: World,
  site: SiteRow,
  user: string,
  config: Json,
): ConfigRow[] {
  if (!Array.isArray(config)) throw crash('TypeError', 'string indices must be integers');
  const kept = site.config.filter(({ key, internal }) => internal || BLACKLIST.has(key));
  const sent: ConfigRow[] = [];
  for (const entry of config) {
    if (!isObject(entry)) throw crash('TypeError', 'string indices must be integers');
    const { key, value = null } = entry;
    if (key === undefined) throw crash('KeyError', "'key'");
    const row = entryRow(world, site, user, text(key), value, text(entry.type) || undefined);
    if (row !== null) sent.push(row);
  }
  site.config = [...kept, ...sent];
  store(world, site, user, config);
  return sent;
}

/** The object form MERGES, and refuses what the list form skips (C 5.2). */
export function mergeConfig(world: World, site: SiteRow, user: string, config: Json): void {
  checkSiteAction(site, 'update_config', ['Active', 'Broken']);
  if (!isObject(config)) throw crash('AttributeError', "'list' object has no attribute 'items'");
  for (const [key, value] of Object.entries(config)) checkKey(world, site, key, value);
  for (const [key, value] of Object.entries(config)) {
    const row = entryRow(world, site, user, key, value);
    if (row === null) continue;
    site.config = [...site.config.filter((other) => other.key !== key), row];
  }
  store(world, site, user, config);
}

/** A key that is not there is another job all the same; null for one that may not go (C 5.3). */
export function deleteConfigKey(
  world: World,
  site: SiteRow,
  user: string,
  key: string,
): JobRow | null {
  checkSiteAction(site, 'delete_config', ['Active', 'Broken']);
  if (BLACKLIST.has(key)) return null;
  site.config = site.config.filter((row) => row.key !== key);
  return store(world, site, user, { deleted: key });
}

function store(world: World, site: SiteRow, user: string, payload: Json): JobRow {
  saveSite(world, site, user);
  const job = pushConfig(world, site, user);
  const digest = createHash('sha256').update(JSON.stringify(payload)).digest('hex').slice(0, 12);
  world.effect('config.update', site.name, digest);
  return job;
}

/** The row to store, or null for what cannot be set: empty values and blacklisted keys. */
function entryRow(
  world: World,
  site: SiteRow,
  user: string,
  key: string,
  value: Json,
  sentType?: string,
): ConfigRow | null {
  if (BLACKLIST.has(key) || value === null || value === '') return null;
  const existing = site.config.find((row) => row.key === key);
  const type = typeOf(key, value, sentType);
  if (type === 'Password' && value === HIDDEN_PASSWORD) return existing ?? null;
  const row = configRow(world, user, key, value, type);
  return existing === undefined
    ? row
    : { ...row, name: existing.name, creation: existing.creation };
}

function checkKey(world: World, site: SiteRow, key: string, value: Json): void {
  if (key === 'developer_mode') {
    throw refuse(
      "You shouldn't enable developer mode on Frappe Cloud as your changes won't persist. " +
        'Please use a local setup for development.',
    );
  }
  if (BLACKLIST.has(key)) {
    throw refuse(`The key <b>${key}</b> is blacklisted or internal and cannot be updated`);
  }
  const group = world.state.groups[site.group];
  const version = world.state.versions.find(({ name }) => name === group?.version)?.number ?? 0;
  const isShared = group?.public === true && version >= SERVER_SCRIPTS_OFF_SINCE;
  if (key === 'server_script_enabled' && isShared && value !== false && value !== 0) {
    throw refuse(
      'You cannot enable server scripts on public benches. Please move to a private bench.',
    );
  }
}
