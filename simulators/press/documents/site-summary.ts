import { INBOUND_IP } from '../sites/servers.js';
import { hasUpdate } from '../updates/destination.js';
import { migrationView, upgradeView } from './upgrade-view.js';
import type { SiteRow } from '../world/model.js';
import { MICROS_PER_SECOND } from '../world/time.js';
import type { World } from '../world/world.js';
import { type Columns, flag } from './doctype.js';
import { wholePlan } from './plan-views.js';

const LONG_PENDING = 4 * 3600 * MICROS_PER_SECOND;

/** `press.api.site.get` (A 3.1). `group` is null for a public group (observed 4). */
export function siteSummary(world: World, site: SiteRow): Columns {
  const group = world.state.groups[site.group];
  const cluster = world.state.clusters.find(({ name }) => name === site.cluster);
  const teamTags = Object.values(world.state.sites)
    .filter((other) => other.team === site.team)
    .flatMap((other) => other.tags.map(({ name, tag }) => ({ name, tag })));
  const ownTags = site.tags.map(({ tag }) => tag);
  return {
    name: site.name,
    host_name: site.hostName,
    status: site.status,
    archive_failed: site.archiveFailed,
    trial_end_date: null,
    setup_wizard_complete: 0,
    group: group?.public === true ? null : site.group,
    team: site.team,
    group_public: flag(group?.public === true),
    latest_frappe_version: world.state.versions.at(-1)?.name ?? null,
    frappe_version: group?.version ?? null,
    server: site.server,
    server_region_info: { title: cluster?.title ?? site.cluster, image: cluster?.image ?? null },
    can_change_plan: true,
    hide_config: 0,
    communication_infos: [],
    ip: site.status === 'Active' ? INBOUND_IP : null,
    site_tags: ownTags,
    tags: teamTags,
    info: {
      owner: { first_name: 'Frappe', last_name: null, user_image: null },
      created_on: world.local(site.creation),
      last_deployed: null,
      auto_updates_enabled: true,
    },
    pending_for_long: site.status === 'Pending' && world.now() - site.creation > LONG_PENDING,
    site_migration: migrationView(world, site),
    version_upgrade: upgradeView(world, site),
  };
}

/** A row of `press.api.site.all`: the plan is a whole document (A 3.1). */
export function siteRowOfTeam(world: World, site: SiteRow): Columns {
  const group = world.state.groups[site.group];
  const plan = world.state.plans[site.plan];
  return {
    name: site.name,
    host_name: site.hostName,
    status: site.status,
    creation: world.local(site.creation),
    bench: site.bench,
    cluster: site.cluster,
    group: site.group,
    title: group?.title ?? null,
    version: group?.version ?? null,
    public: flag(group?.public === true),
    team: site.team,
    plan: plan === undefined ? null : wholePlan(world, plan),
    tags: site.tags.map(({ tag }) => tag),
    update_available: hasUpdate(world, site),
  };
}
