import type { GroupRow } from '../world/catalogue.js';
import type { World } from '../world/world.js';
import type { Columns } from './doctype.js';

/** `press.api.bench.all_apps`: without sources an app is not for the group's version (D 1.5). */
export function appsOnOffer(world: World, group: GroupRow): Columns[] {
  return Object.values(world.state.apps)
    .filter(({ app, marketplace }) => marketplace && !group.apps.includes(app))
    .map(({ app, title, description, repositoryOwner }) => ({
      name: app,
      title,
      image: null,
      app,
      description,
      sources: Object.values(world.state.sources)
        .filter((row) => row.app === app && row.public && row.enabled)
        .filter(({ versions }) => versions.includes(group.version))
        .map((row) => ({
          name: row.name,
          branch: row.branch,
          repository: row.repository,
          repository_owner: row.repositoryOwner,
          app,
          version: group.version,
        })),
      total_installs: 0,
      repo: `${repositoryOwner}/${app}`,
    }));
}
