import type { Json } from '../types.js';
import type { GroupRow } from '../world/catalogue.js';
import type { World } from '../world/world.js';
import { baseColumns, type Columns, flag } from './doctype.js';
import { tagRows } from './tag-rows.js';

const DEPENDENCIES = {
  NVM_VERSION: '0.36.0',
  NODE_VERSION: '18.16.0',
  PYTHON_VERSION: '3.11',
  WKHTMLTOPDF_VERSION: '0.12.5',
  BENCH_VERSION: '5.31.0',
  PIP_VERSION: '25.3',
};

/** A row of a child table of a group. */
function childRow(
  world: World,
  group: GroupRow,
  [table, doctype]: readonly [string, string],
  index: number,
  columns: Columns,
): Columns {
  return {
    ...baseColumns(world, group),
    name: `${group.name}-${table}-${index + 1}`,
    idx: index + 1,
    ...columns,
    parent: group.name,
    parentfield: table,
    parenttype: 'Release Group',
    doctype,
  };
}

/** `bench.dependencies` (D 1.5); nobody changes them here. */
export const benchDependencies = (): Columns => ({
  active_dependencies: Object.entries(DEPENDENCIES).map(([key, value]) => ({ key, value })),
  supported_dependencies: [],
  dependency_title: {},
  internal_dependencies: [],
  update_available: false,
});

export function groupAppRows(world: World, group: GroupRow): Columns[] {
  return group.apps.map((app, index) =>
    childRow(world, group, ['apps', 'Release Group App'], index, {
      app,
      title: world.state.apps[app]?.title ?? app,
      source: group.sources[app] ?? '',
      enable_auto_deploy: 0,
    }),
  );
}

/** The raw row with its child tables, as only `client.delete` answers it (rg-delete). */
export function wholeGroup(world: World, group: GroupRow): Columns {
  return {
    ...baseColumns(world, group),
    doctype: 'Release Group',
    title: group.title,
    version: group.version,
    team: group.team,
    enabled: flag(group.enabled),
    default: flag(group.default),
    public: flag(group.public),
    ...SETTINGS,
    apps: groupAppRows(world, group),
    servers: group.servers.map((server, index) =>
      childRow(world, group, ['servers', 'Release Group Server'], index, { server, default: 0 }),
    ),
    dependencies: Object.entries(DEPENDENCIES).map(([dependency, version], index) =>
      childRow(world, group, ['dependencies', 'Release Group Dependency'], index, {
        dependency,
        version,
        is_custom: 0,
      }),
    ),
    tags: tagRows(world, group, 'Release Group'),
  };
}

/** Fields nobody changes here. */
const SETTINGS: Columns = {
  central_bench: 0,
  check_dependent_apps: 0,
  common_site_config: '{}',
  bench_config: '{}',
  gunicorn_threads_per_worker: 4,
  redis_cache_size: 512,
  redis_password: '*'.repeat(32),
  min_gunicorn_workers: 0,
  min_background_workers: 0,
  max_gunicorn_workers: 0,
  max_background_workers: 0,
  is_redisearch_enabled: 0,
  is_push_to_deploy_enabled: 0,
  use_app_cache: 0,
  compress_app_cache: 0,
  use_delta_builds: 0,
  merge_all_rq_queues: 0,
  merge_default_and_short_rq_queues: 1,
  use_rq_workerpool: 1,
  saas_bench: 0,
  saas_app: '',
  is_code_server_enabled: 0,
  environment_variables: [],
  common_site_config_table: [],
  packages: [],
  mounts: [],
};

interface GroupAction {
  action: string;
  description: string;
  button_label: string;
  doc_method: string;
  group?: string;
}

/** A deleted group can no longer be dropped (sgd-rg-after-delete). */
export function groupActions({ enabled }: GroupRow): Json {
  const offered: GroupAction[] = enabled ? [...ACTIONS, DROP] : [...ACTIONS];
  return offered.map((action) => ({ ...action }));
}

const ACTIONS: readonly GroupAction[] = [
  {
    action: 'Rename Bench',
    description: 'Give this bench another title',
    button_label: 'Rename',
    doc_method: 'rename',
  },
  {
    action: 'Transfer Bench',
    description: 'Give this bench to another team',
    button_label: 'Transfer',
    doc_method: 'send_change_team_request',
  },
];

const DROP: GroupAction = {
  action: 'Drop Bench',
  description: 'Archive this bench',
  button_label: 'Drop',
  doc_method: 'drop',
  group: 'Dangerous Actions',
};
