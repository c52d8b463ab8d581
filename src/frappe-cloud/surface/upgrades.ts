import type { SurfaceRow } from './row.js';
import { reading } from './rows.js';

const site = (name: string) => `press.api.site.${name}`;

export const UPGRADE_ROWS: readonly SurfaceRow[] = [
  {
    endpoint: site('version_upgrade'),
    what: 'Moves a site to a group of the next version, now or at a time',
    danger: 'high',
    reach: { by: 'direct', call: 'versionUpgrade' },
    tracker: 'Site Update; before its time only `version_upgrade` of the overview',
    repeated: '417 while one is open, then a further upgrade where there is a next version',
    source: 'C 1.0, C 1.1, observed-2 1',
  },
  {
    endpoint: site('create_private_bench_for_site_upgrade'),
    what: 'Makes a private group of the next version for a site and upgrades it there',
    danger: 'high',
    reach: { by: 'direct', call: 'createPrivateBenchForUpgrade' },
    tracker: 'Deploy Candidate Build and Bench of the group, then Site Update',
    repeated: '417 once the first has ended, until then TWO groups that block each other',
    source: 'C 1.4, observed-2 1, observed-2 2',
  },
  reading(
    site('check_existing_upgrade_bench'),
    'checkExistingUpgradeBench',
    "A group of the next version with a bench on the site's server; perhaps not the one meant",
    'C 1.2, observed-2 2',
  ),
  reading(
    site('check_app_compatibility_for_upgrade'),
    'checkAppCompatibility',
    'Apps of a site that the next version lacks',
    'C 1.3',
  ),
  reading(
    site('get_private_groups_for_upgrade'),
    'getPrivateGroupsForUpgrade',
    'Own groups of the next version',
    'C 1.5, observed-2 2',
  ),
  reading(
    site('validate_group_for_upgrade'),
    'validateGroupForUpgrade',
    "Whether a group is on the site's server; positive before any deploy",
    'C 1.5, observed-2 2',
  ),
  {
    endpoint: site('add_server_to_release_group'),
    what: "Puts a group on the site's server and deploys it there",
    danger: 'moderate',
    reach: { by: 'direct', call: 'addServerToGroup' },
    tracker: 'Bench of the group on that server',
    repeated: '417 "can be added only once", which proves that it landed',
    source: 'C 1.5, observed-2 2',
  },
  reading(
    site('last_migrate_failed'),
    'lastMigrateFailed',
    'Whether the newest update was rolled back because migrating failed',
    'C 2.6',
  ),
  {
    endpoint: 'Site.get_migration_options',
    what: 'Groups, servers and regions where a site could go',
    danger: 'read',
    reach: { by: 'document method', call: 'getMigrationOptions' },
    tracker: null,
    repeated: 'the same answer',
    source: 'C 2.7, D 1.7',
  },
  {
    endpoint: 'Site.create_migration_plan',
    what: 'Moves a site to another group, server or region, now or at a time',
    danger: 'high',
    reach: { by: 'document method', call: 'createMigrationPlan' },
    tracker: 'Site Action',
    repeated: '417 "another site action", which proves that some plan landed',
    source: 'C 2.8, C 2.9, observed-2 3',
  },
  reading(
    site('change_server_options'),
    'changeServerOptions',
    'The other servers of the team',
    'C 2.10',
  ),
  reading(
    site('is_server_added_in_group'),
    'isServerAddedInGroup',
    'Whether the group of a site is on a server',
    'C 2.10',
  ),
  {
    endpoint: site('change_server'),
    what: 'Moves a site to another server of its group, now or at a time',
    danger: 'high',
    reach: { by: 'direct', call: 'changeServer' },
    tracker: 'none: `site_migration` of the overview until it is null, then the server of the site',
    repeated: '417 "Ongoing/Scheduled Site Migration", which proves that some move landed',
    source: 'C 2.9, C 2.10, observed-2 6.5',
  },
];
