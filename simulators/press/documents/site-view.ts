import { INBOUND_IP, OUTBOUND_IP } from '../sites/servers.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { ACCESS, baseColumns, type Columns, flag } from './doctype.js';
import { planOfSite } from './plan-views.js';
import { siteActions } from './site-actions-view.js';
import { hasScheduledUpdate, updateInformation } from './update-views.js';
import { tagRows } from './tag-rows.js';

const CREATION_FAILURE_RETENTION_DAYS = 14;
const EOL_VERSIONS = ['Version 13', 'Version 12'];

/** Site columns as lists see them: the status is the true one, the cluster its name. */
export function siteColumns(world: World, site: SiteRow): Columns {
  return {
    ...baseColumns(world, site),
    status: site.status,
    group: site.group,
    team: site.team,
    plan: site.plan,
    setup_wizard_complete: 0,
    archive_failed: flag(site.archiveFailed),
    cluster: site.cluster,
    bench: site.bench,
    database_access_connection_limit: 16,
    trial_end_date: null,
    tags: tagRows(world, site, 'Site'),
    server: site.server,
    host_name: site.hostName,
    skip_auto_updates: flag(site.skipAutoUpdates),
    additional_system_user_created: 0,
    signup_time: null,
    account_request: null,
    allow_physical_backup_by_user: 0,
    site_usage_exceeded: 0,
    is_monitoring_disabled: flag(site.unmonitored === true),
    reason_for_disabling_monitoring: null,
    creation_failed: world.local(site.creationFailed),
    fatal_site_update: site.fatalUpdate,
    standby_for_product: null,
  };
}

/** `client.get("Site")` (A 2.4): here the cluster is an object. */
export function siteDocument(world: World, site: SiteRow): Columns {
  const { versions, groups, teams, clusters, plans, servers } = world.state;
  const server = servers[site.server];
  const group = groups[site.group];
  const plan = plans[site.plan];
  const isUp = site.status === 'Active';
  const cluster = clusters.find(({ name }) => name === site.cluster);
  return {
    doctype: 'Site',
    ...inDocumentOrder(siteColumns(world, site), server?.public === false),
    cluster: { title: cluster?.title ?? site.cluster, image: cluster?.image ?? null },
    group_title: group?.title ?? null,
    version: group?.version ?? null,
    group_team: group?.team ?? null,
    group_public: flag(group?.public === true),
    latest_frappe_version: versions.at(-1)?.name ?? null,
    eol_versions: EOL_VERSIONS,
    owner_email: teams.find(({ name }) => name === site.team)?.user ?? null,
    current_plan: plan === undefined ? null : { ...planOfSite(world, plan), ...ACCESS },
    last_updated: null,
    creation_failure_retention_days: CREATION_FAILURE_RETENTION_DAYS,
    has_scheduled_updates: hasScheduledUpdate(world, site),
    update_information: updateInformation(world, site),
    actions: siteActions(site),
    outbound_ip: isUp ? OUTBOUND_IP : null,
    server_team: server?.team ?? null,
    server_title: server?.title ?? null,
    server_provider: cluster?.provider ?? 'Generic',
    inbound_ip: isUp ? INBOUND_IP : null,
    suspension_reason: null,
    communication_infos: [],
    ...ACCESS,
  };
}

/** Documents also show three fields that are no columns. */
function inDocumentOrder(columns: Columns, isDedicated: boolean): Columns {
  const { status, group, team, plan, ...rest } = columns;
  return {
    ...rest,
    ip: null,
    status: status ?? null,
    group: group ?? null,
    team: team ?? null,
    plan: plan ?? null,
    label: null,
    is_dedicated_server: isDedicated,
  };
}
