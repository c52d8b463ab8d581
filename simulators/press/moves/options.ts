import { activeBenches } from '../benches/status.js';
import type { Columns } from '../documents/doctype.js';
import { flag } from '../documents/doctype.js';
import { INBOUND_IP } from '../sites/servers.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { MOVE_TO_BENCH, MOVE_TO_REGION } from './plan.js';

/** `Site.get_migration_options` (C 2.7): own groups of the site's version, and regions of its group. */
export function migrationOptions(world: World, site: SiteRow): Columns {
  const { groups, servers, clusters } = world.state;
  const version = groups[site.group]?.version;
  const own = Object.values(groups).filter(
    (group) =>
      group.team === site.team &&
      group.enabled &&
      !group.public &&
      group.version === version &&
      group.name !== site.group,
  );
  const regions = new Set(
    activeBenches(world, site.group).flatMap(({ cluster }) =>
      cluster === site.cluster ? [] : [cluster],
    ),
  );
  const serverView = (name: string) => ({
    name,
    title: null,
    public: flag(servers[name]?.public === true),
  });
  const ownServers = Object.values(servers).filter(({ team }) => team === site.team);
  return {
    has_recent_failed_migration: null,
    'In-Place Migrate Site': {
      hidden: false,
      allow_scheduling: false,
      button_label: 'Migrate Site',
      options: {},
    },
    [MOVE_TO_BENCH]: {
      hidden: false,
      allow_scheduling: true,
      button_label: 'Move Site To Bench',
      options: {
        available_release_groups: own.map((group) => ({
          name: group.name,
          title: group.title,
          public: 0,
          servers: group.servers.map(serverView),
        })),
        dedicated_servers_for_new_release_group: ownServers.map(({ name, cluster }) => ({
          name,
          title: null,
          cluster,
        })),
      },
    },
    [MOVE_TO_REGION]: {
      hidden: false,
      allow_scheduling: true,
      button_label: 'Move Site',
      options: {
        available_regions: clusters
          .filter(({ name }) => regions.has(name))
          .map(({ name, title, image }) => ({ name, title, image, inbound_ip: INBOUND_IP })),
        has_domain_with_a_record: false,
      },
    },
  };
}
