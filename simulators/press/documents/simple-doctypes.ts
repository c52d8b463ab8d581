import { missing } from '../http/errors.js';
import { text } from '../json.js';
import { ACCESS, baseColumns, type Doctype, flag } from './doctype.js';
import { owned } from './owned.js';
import { planOfSite, planOffer } from './plan-views.js';

export const activityDoctype = owned({
  doctype: 'Site Activity',
  fields: ['action', 'reason', 'site', 'job'],
  rows: (world) => world.state.activities,
  team: (_world, row) => row.team,
  columns: (_world, { action, reason, site, job, team }) => ({ action, reason, site, job, team }),
});

export const notificationDoctype = owned({
  doctype: 'Press Notification',
  fields: [
    'team',
    'document_type',
    'class',
    'type',
    'document_name',
    'is_actionable',
    'read',
    'is_addressed',
    'title',
    'message',
    'traceback',
    'assistance_url',
  ],
  rows: (world) => world.state.notifications,
  team: (_world, row) => row.team,
  columns: (_world, row) => ({
    team: row.team,
    document_type: row.documentType,
    document_name: row.documentName,
    class: 'Error',
    type: row.type,
    is_actionable: 0,
    read: 0,
    is_addressed: 0,
    title: row.title,
    message: row.message,
    traceback: row.traceback,
    assistance_url: null,
  }),
});

const domainBase = owned({
  doctype: 'Site Domain',
  fields: ['domain', 'status', 'dns_type', 'site', 'redirect_to_primary'],
  rows: (world) => Object.values(world.state.domains),
  team: (world, row) => world.state.sites[row.site]?.team,
  columns: (_world, row) => ({
    domain: row.domain,
    status: row.status,
    dns_type: row.dnsType,
    site: row.site,
    redirect_to_primary: flag(row.redirectToPrimary),
  }),
});

export const domainDoctype: Doctype = {
  ...domainBase,
  /** Without a site nothing is listed (A 2.3). */
  list: (context, filters) => ('site' in filters ? domainBase.list(context, filters) : []),
  decorate({ world }, row, columns) {
    const site = world.state.sites[text(columns.site)];
    if (site?.hostName === columns.domain) row.primary = true;
  },
};

const planBase = owned({
  doctype: 'Site Plan',
  fields: ['plan_title', 'price_usd', 'price_inr', 'cpu_time_per_day', 'enabled', 'interval'],
  rows: (world) => Object.values(world.state.plans),
  team: () => undefined,
  columns: (_world, plan) => ({ ...planOffer(plan), enabled: 1, interval: 'Daily' }),
});

/** Readable by all, not scoped (A 2.2). */
export const planDoctype: Doctype = {
  ...planBase,
  list: ({ world }) =>
    Object.values(world.state.plans).map((plan) => ({
      ...baseColumns(world, plan),
      ...planOffer(plan),
      enabled: 1,
      interval: 'Daily',
    })),
  owns: () => true,
  get({ world }, name) {
    const plan = world.state.plans[name];
    if (plan === undefined) throw missing('Site Plan', name);
    return { ...planOfSite(world, plan), ...ACCESS };
  },
};
