import { teamOf } from '../api/endpoint.js';
import { benchMethods } from '../api/bench-methods.js';
import { missing } from '../http/errors.js';
import { text } from '../json.js';
import type { BenchRow } from '../world/catalogue.js';
import type { World } from '../world/world.js';
import { ACCESS, baseColumns, type Columns, type Doctype, flag } from './doctype.js';

/** Lists show these whatever fields were asked for (observed, seq-sgd-success). */
const ALWAYS_SHOWN = ['is_ssh_proxy_setup', 'inplace_update_docker_image'];

export const benchDoctype: Doctype = {
  fields: ['apps', 'name', 'group', 'status', 'cluster', ...ALWAYS_SHOWN],
  /** Archived ones are left out, also when asked for (r2-seq-sgd-group-deleted-mid-build). */
  list: (context) =>
    Object.values(context.world.state.benches)
      .filter((bench) => bench.team === teamOf(context).name && bench.status !== 'Archived')
      .map((bench) => benchColumns(context.world, bench)),
  decorate({ world }, row, columns) {
    for (const field of ALWAYS_SHOWN) row[field] = columns[field] ?? null;
    const { sites, servers } = world.state;
    row.site_count = Object.values(sites).filter(
      (site) => site.bench === columns.name && site.status !== 'Archived',
    ).length;
    row.on_public_server = flag(servers[text(columns.server)]?.public === true);
    row.has_app_patch_applied = false;
    row.has_updated_inplace = false;
  },
  exists: ({ world }, name) => name in world.state.benches,
  owns: (context, name) => context.world.state.benches[name]?.team === teamOf(context).name,
  get({ world }, name) {
    const bench = world.state.benches[name];
    if (bench === undefined) throw missing('Bench', name);
    return { doctype: 'Bench', ...benchColumns(world, bench), actions: [], ...ACCESS };
  },
  methods: benchMethods,
};

function benchColumns(world: World, bench: BenchRow): Columns {
  return {
    ...baseColumns(world, bench),
    apps: bench.apps.map((app) => ({ app, parent: bench.name, doctype: 'Bench App' })),
    group: bench.group,
    status: bench.status,
    cluster: bench.cluster,
    server: bench.server,
    team: bench.team,
    is_ssh_proxy_setup: flag(bench.sshProxy),
    inplace_update_docker_image: null,
  };
}
