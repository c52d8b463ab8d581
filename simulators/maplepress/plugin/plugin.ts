import { MICROS_PER_MS } from '../../shared/time.js';
import type { PluginRequest } from '../types.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';

const PLUGIN_VERSION = '1.0.0';
const BYTES_PER_PAGE = 32 * 1024;
const MOST_PAGES_AT_ONCE = 5;
const MOST_SEARCHES_AT_ONCE = 20;
/** Owners and plugins are punctual to this part of the time told. */
const JITTER = 0.1;

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

/** After a while the owner enters the key that was just issued. */
export function planConnection(world: World, site: SiteRow): void {
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

/** The plugin gets the valid key and shows itself with it. */
export function connect(world: World, site: SiteRow): void {
  if (site.pluginKey === site.apiKey) return;
  const { apiKey, verificationToken } = site;
  pluginRequest(world, { apiKey, verificationToken, searches: 0 });
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
