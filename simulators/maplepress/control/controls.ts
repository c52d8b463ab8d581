import { iso, MICROS_PER_MS } from '../../shared/time.js';
import { addRule } from '../faults/matching.js';
import { connect, pluginRequest, show } from '../plugin/plugin.js';
import type { Estate, MaplePressSimulator } from '../types.js';
import type { SiteRow } from '../world/model.js';
import { TENANTS } from '../world/seed.js';
import { addSite, lastFour } from '../world/sites.js';
import type { World } from '../world/world.js';

/** Everything a test or an operator may do to the simulator, in process or over HTTP. */
export type Controls = Omit<MaplePressSimulator, 'url' | 'port' | 'tenants' | 'close'>;

export function createControls(world: World, reset: () => void): Controls {
  const changed = (): void => {
    world.clock.catchUp();
    world.onChange();
  };
  return {
    clock: {
      now: () => new Date(world.now() / MICROS_PER_MS),
      advance: (ms) => {
        world.clock.advance(ms);
      },
      setSpeed: (factor) => {
        world.clock.setSpeed(factor);
      },
    },
    addFault(rule) {
      const id = addRule(world.state, rule);
      changed();
      return id;
    },
    clearFaults() {
      world.state.rules = [];
      changed();
    },
    calls: () => world.state.calls,
    effects: () => world.state.effects,
    estate: () => readEstate(world),
    pluginRequest(request) {
      world.clock.catchUp();
      return pluginRequest(world, request);
    },
    connectPlugin(site) {
      connect(world, siteNamed(world, site));
      changed();
    },
    setQuiet(site, quiet) {
      siteNamed(world, site).quiet = quiet;
      changed();
    },
    revokeTokens() {
      world.state.tokenGeneration += 1;
      changed();
    },
    addSites(count) {
      const { tenantId } = TENANTS.main;
      for (let i = 0; i < count; i += 1) {
        const domain = `site-${world.hex(12)}.example.org`;
        const site = addSite(world, { tenantId, domain, siteUrl: `https://${domain}` });
        show(world, site, site.verificationToken);
      }
      changed();
    },
    reset,
  };
}

function siteNamed(world: World, name: string): SiteRow {
  const site = world.sites().find(({ id, domain }) => id === name || domain === name);
  if (site === undefined) throw new Error(`no site ${name}`);
  return site;
}

function readEstate(world: World): Estate {
  world.clock.catchUp();
  const sites = world.sites().map((site) => ({
    id: site.id,
    tenantId: site.tenantId,
    domain: site.domain,
    status: site.verified ? ('active' as const) : ('pending' as const),
    keyLastFour: lastFour(site.apiKey),
    keyNumber: site.keyNumber,
    pluginWorks: site.pluginKey === site.apiKey,
    quiet: site.quiet,
    searchRequests: site.searches,
    lastIndexedAt: site.lastIndexedAt === null ? null : iso(site.lastIndexedAt),
  }));
  return { sites };
}
