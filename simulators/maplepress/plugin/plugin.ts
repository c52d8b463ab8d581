import { MICROS_PER_MS } from '../../shared/time.js';
import type { Answer } from '../http/answer.js';
import type { PluginRequest } from '../types.js';
import type { SiteRow } from '../world/model.js';
import { KEY_PREFIX } from '../world/sites.js';
import type { World } from '../world/world.js';

const PLUGIN_VERSION = '1.0.0';
const BYTES_PER_PAGE = 32 * 1024;
const MOST_PAGES_AT_ONCE = 5;
const MOST_SEARCHES_AT_ONCE = 20;
/** Owners and plugins are punctual to this part of the time told. */
const JITTER = 0.1;

/** What an answer may show once. */
interface Shown {
  api_key?: string;
  new_api_key?: string;
  verification_token?: string;
}

interface SiteRef {
  site: string;
  keyNumber: number;
}

/** Registers what plugins do by themselves. */
export function installPlugins(world: World): void {
  world.agenda.on('plugin.connect', (ref) => {
    const { site: id, keyNumber } = ref as unknown as SiteRef;
    const site = world.state.sites[id];
    // A key that was replaced meanwhile comes too late.
    if (site?.keyNumber === keyNumber) connect(world, site);
  });
  world.agenda.on('plugin.index', (ref) => {
    const { site: id, keyNumber } = ref as unknown as SiteRef;
    const site = world.state.sites[id];
    if (site?.pluginKey !== site?.apiKey || site?.keyNumber !== keyNumber) return;
    if (!site.quiet) work(world, site);
    planIndexing(world, site);
  });
}

/**
 * The owner of a site sees what an answer shows of key and token, and enters them after a while. What
 * was in an answer that got lost they never see.
 */
export function showOwner(world: World, answer: Answer): void {
  if (answer.contentType !== 'application/json' || !answer.body.includes(KEY_PREFIX)) return;
  const secrets = JSON.parse(answer.body) as Shown;
  const apiKey = secrets.api_key ?? secrets.new_api_key;
  const site = world.sites().find((row) => row.apiKey === apiKey);
  if (site === undefined) return;
  const { verification_token: token = site.shown.verificationToken } = secrets;
  show(world, site, token);
  world.onChange();
}

/** The owner has the valid key, and the token if it was shown too. */
export function show(world: World, site: SiteRow, verificationToken: string | null): void {
  site.shown = { apiKey: site.apiKey, verificationToken };
  plan(world, world.timings.pluginConnects, 'plugin.connect', site);
}

function planIndexing(world: World, site: SiteRow): void {
  plan(world, world.timings.indexing, 'plugin.index', site);
}

function plan(world: World, after: number | null, kind: string, site: SiteRow): void {
  if (after === null) return;
  const factor = 1 + JITTER * (2 * world.random() - 1);
  const due = world.now() + Math.round(after * factor * MICROS_PER_MS);
  world.agenda.schedule(due, kind, { site: site.id, keyNumber: site.keyNumber });
}

/** The plugin gets what its owner has seen, and shows itself with it. */
export function connect(world: World, site: SiteRow): void {
  const { apiKey, verificationToken } = site.shown;
  if (apiKey === null || site.pluginKey === apiKey) return;
  const token = verificationToken === null ? {} : { verificationToken };
  pluginRequest(world, { apiKey, ...token, searches: 0 });
}

function work(world: World, site: SiteRow): void {
  const upTo = (most: number) => 1 + Math.floor(world.random() * most);
  pluginRequest(world, {
    apiKey: site.apiKey,
    pages: upTo(MOST_PAGES_AT_ONCE),
    searches: upTo(MOST_SEARCHES_AT_ONCE),
  });
}

/** @returns whether the key was valid, and of which site. */
export function pluginRequest(
  world: World,
  request: PluginRequest,
): { accepted: boolean; site: string | null } {
  const site = world.sites().find(({ apiKey }) => apiKey === request.apiKey);
  if (site === undefined) return { accepted: false, site: null };
  if (!site.verified && request.verificationToken !== site.verificationToken) {
    return { accepted: false, site: site.id };
  }
  site.verified = true;
  if (site.pluginKey !== site.apiKey) {
    site.pluginKey = site.apiKey;
    planIndexing(world, site);
  }
  site.pluginVersion = PLUGIN_VERSION;
  site.updatedAt = world.now();
  count(world, site, request);
  world.onChange();
  return { accepted: true, site: site.id };
}

function count(world: World, site: SiteRow, request: PluginRequest): void {
  const { pages = 0, searches = 1, bytes = pages * BYTES_PER_PAGE } = request;
  const month = monthOf(world.now());
  if (monthOf(site.lastResetAt) !== month) {
    site.monthlyPages = 0;
    site.lastResetAt = Date.parse(`${month}-01T00:00:00Z`) * MICROS_PER_MS;
  }
  site.pagesIndexed += pages;
  site.monthlyPages += pages;
  site.storageBytes += bytes;
  site.searches += searches;
  if (pages > 0) site.lastIndexedAt = world.now();
}

/** `2024-10`. */
function monthOf(time: number): string {
  return new Date(time / MICROS_PER_MS).toISOString().slice(0, 7);
}
