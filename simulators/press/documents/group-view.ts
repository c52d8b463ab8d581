import type { Json } from '../types.js';
import type { GroupRow } from '../world/catalogue.js';
import { sourceName } from '../world/seed-catalogue.js';
import type { World } from '../world/world.js';
import type { Columns } from './doctype.js';

/** `deploy_information` of a Release Group that has nothing to deploy (C 3.2). */
export function deployInformation(world: World, group: GroupRow): Columns {
  const version = world.state.versions.find(({ name }) => name === group.version)?.number ?? 0;
  const sites = Object.values(world.state.sites).filter(
    (site) => site.group === group.name && site.status !== 'Archived',
  );
  return {
    update_available: false,
    apps: group.apps.map((app) => appInformation(world, app, version)),
    last_deploy: null,
    deploy_in_progress: false,
    has_running_release_pipeline: false,
    can_run_patch_build: false,
    bench_creation_underway: false,
    removed_apps: [],
    number_of_apps: group.apps.length,
    sites: sites.map(({ name, server, bench }) => ({
      name,
      server,
      bench,
      skip_failing_patches: false,
      skip_backups: false,
    })),
  };
}

function appInformation(world: World, app: string, version: number): Columns {
  const owner = world.state.apps[app]?.repositoryOwner ?? 'frappe';
  const branch = `version-${version}`;
  return {
    title: world.state.apps[app]?.title ?? app,
    app,
    name: app,
    source: sourceName(app, version),
    repository: app,
    repository_owner: owner,
    repository_url: `https://github.com/${owner}/${app}`,
    branch,
    current_hash: null,
    current_tag: null,
    current_release: null,
    releases: [],
    next_release: null,
    will_branch_change: false,
    current_branch: branch,
    update_available: null,
  };
}

export const groupActions = (): Json => [
  {
    action: 'Rename Bench',
    description: 'Rename it',
    button_label: 'Rename',
    doc_method: 'rename',
  },
  {
    action: 'Drop Bench',
    description: 'Drop it',
    button_label: 'Drop',
    doc_method: 'drop',
    group: 'Dangerous Actions',
  },
];
