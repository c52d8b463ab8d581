import type { World } from '../world/world.js';
import { appSource, omit } from './app-views.js';
import type { Columns } from './doctype.js';

/** `press.api.bench.options`: only the app frappe is listed (D 1.3). */
export function benchOptions(world: World): Columns {
  return {
    versions: world.state.versions.map((version) => {
      const source = frappeSource(world, version.number);
      return {
        name: version.name,
        status: version.status,
        default: Number(version.default),
        apps: [{ name: 'frappe', title: 'Frappe Framework', sources: [source], source }],
      };
    }),
    clusters: world.state.clusters
      .filter(({ name }) => hasPublicServer(world, name))
      .map(({ name, title, image }) => ({ name, title, image, beta: 0 })),
  };
}

const frappeSource = (world: World, version: number): Columns =>
  omit(appSource(world, 'frappe', version), ['app', 'team', 'public', 'app_title', 'frappe']);

function hasPublicServer(world: World, cluster: string): boolean {
  return Object.values(world.state.servers).some((row) => row.public && row.cluster === cluster);
}
