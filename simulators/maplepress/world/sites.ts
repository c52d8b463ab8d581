import type { SiteRow } from './model.js';
import type { World } from './world.js';

const KEY_CHARACTERS = 40;
const TOKEN_CHARACTERS = 32;
export const KEY_PREFIX = 'live_sk_';

/** A registration with a fresh key. */
export function addSite(
  world: World,
  given: { tenantId: string; domain: string; siteUrl: string },
): SiteRow {
  const now = world.now();
  const site: SiteRow = {
    id: world.uuid(),
    ...given,
    apiKey: newKey(world),
    keyNumber: 1,
    verificationToken: `verify_${world.hex(TOKEN_CHARACTERS)}`,
    verified: false,
    createdAt: now,
    updatedAt: now,
    pluginVersion: '',
    pagesIndexed: 0,
    monthlyPages: 0,
    storageBytes: 0,
    searches: 0,
    lastIndexedAt: null,
    lastResetAt: now,
    shown: { apiKey: null, verificationToken: null },
    pluginKey: null,
    quiet: false,
  };
  world.state.sites[site.id] = site;
  return site;
}

/** The old key is refused from the same moment; the plugin still has it. */
export function rotateKey(world: World, site: SiteRow): { oldLastFour: string } {
  const oldLastFour = lastFour(site.apiKey);
  site.apiKey = newKey(world);
  site.keyNumber += 1;
  site.updatedAt = world.now();
  return { oldLastFour };
}

export const lastFour = (key: string): string => key.slice(-4);

function newKey(world: World): string {
  return `${KEY_PREFIX}${world.hex(KEY_CHARACTERS)}`;
}
