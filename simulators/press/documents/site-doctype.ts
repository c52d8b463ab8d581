import { type CallContext, teamOf } from '../api/endpoint.js';
import { siteMethods, HIDDEN_SITE_METHODS } from '../api/site-methods.js';
import { crash, missing, refuse } from '../http/errors.js';
import { text, truthy } from '../json.js';
import type { Json } from '../types.js';
import { hasUpdate } from '../updates/destination.js';
import type { SiteRow } from '../world/model.js';
import type { Columns, Doctype } from './doctype.js';
import { siteColumns, siteDocument } from './site-view.js';

/** Listed for the dashboard, but no columns: asking for them is an SQL error (A 2.3). */
const NO_COLUMNS = ['ip', 'label', 'is_dedicated_server'];

const FIELDS = [
  'status',
  'group',
  'team',
  'plan',
  'setup_wizard_complete',
  'archive_failed',
  'cluster',
  'bench',
  'database_access_connection_limit',
  'trial_end_date',
  'tags',
  'server',
  'host_name',
  'skip_auto_updates',
  'additional_system_user_created',
  'signup_time',
  'account_request',
  'allow_physical_backup_by_user',
  'site_usage_exceeded',
  'is_monitoring_disabled',
  'reason_for_disabling_monitoring',
  'creation_failed',
  'fatal_site_update',
  'standby_for_product',
];

export const siteDoctype: Doctype = {
  fields: FIELDS,
  list: (context, filters) =>
    ownSites(context)
      .filter((site) => isWanted(site, filters))
      .map((site) => siteColumns(context.world, site)),
  linked: linkedColumns,
  decorate(context, row, columns, { filters, fields }) {
    const absent = fields.find((field) => NO_COLUMNS.includes(field));
    if (absent !== undefined) {
      throw crash('OperationalError', `(1054, "Unknown column '${absent}' in 'SELECT'")`);
    }
    if ('status' in filters) return;
    row.bench = columns.bench ?? null;
    const site = context.world.state.sites[text(columns.name)];
    if (site !== undefined && hasUpdate(context.world, site)) row.status = 'Update Available';
  },
  exists: ({ world }, name) => name in world.state.sites,
  owns: (context, name) => context.world.state.sites[name]?.team === teamOf(context).name,
  get({ world }, name) {
    const site = world.state.sites[name];
    if (site === undefined) throw missing('Site', name);
    return siteDocument(world, site);
  },
  editable: { skip_auto_updates: setSkipAutoUpdates },
  methods: siteMethods,
  hiddenMethods: HIDDEN_SITE_METHODS,
};

/** Not for sites on public benches (D 6.4). */
function setSkipAutoUpdates({ world }: CallContext, name: string, value: Json): void {
  const site = world.state.sites[name];
  if (site === undefined) throw missing('Site', name);
  if (world.state.groups[site.group]?.public === true && truthy(value)) {
    throw refuse("Auto updates can't be disabled for sites on public benches!");
  }
  site.skipAutoUpdates = truthy(value);
  world.touch(site);
  world.effect('site.skip_auto_updates', name, String(site.skipAutoUpdates));
}

function ownSites(context: CallContext): SiteRow[] {
  const team = teamOf(context).name;
  return Object.values(context.world.state.sites).filter((site) => site.team === team);
}

/** Without a status filter archived sites are hidden; `_search` looks into both names (A 2.3). */
function isWanted(site: SiteRow, filters: Readonly<Record<string, Json>>): boolean {
  if (!('status' in filters) && site.status === 'Archived') return false;
  if (filters._search === undefined) return true;
  const sought = text(filters._search).toLowerCase();
  return [site.name, site.hostName ?? ''].some((name) => name.toLowerCase().includes(sought));
}

function linkedColumns({ world }: CallContext, columns: Columns) {
  const { clusters, groups } = world.state;
  const cluster = clusters.find(({ name }) => name === columns.cluster);
  const group = groups[text(columns.group)];
  return {
    cluster: cluster && { title: cluster.title, image: cluster.image },
    group: group && { title: group.title, version: group.version, public: Number(group.public) },
  };
}
