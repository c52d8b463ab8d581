import type { AppRow, PlanRow } from './catalogue.js';
import type { Row } from './model.js';

/** The team that owns public benches (A 2.2). */
export const FRAPPE_TEAM = 'frappe0team';

/** Where every server of this world stands. */
export const PROVIDER = 'AWS EC2';
/** Names a request may give; there is no server of the second. */
export const PROVIDERS: readonly string[] = [PROVIDER, 'OCI'];

export const CLUSTERS = [
  { name: 'Mumbai', title: 'Mumbai', image: null, provider: PROVIDER },
  { name: 'Frankfurt', title: 'Frankfurt', image: null, provider: PROVIDER },
  /** Known, but there is no server. */
  { name: 'Singapore', title: 'Singapore', image: null, provider: PROVIDER },
];

export const VERSIONS = [
  { name: 'Version 14', number: 14, status: 'Stable', default: false },
  { name: 'Version 15', number: 15, status: 'Stable', default: true },
  { name: 'Version 16', number: 16, status: 'Stable', default: false },
];

type PlanSeed = Omit<PlanRow, Exclude<keyof Row, 'name'>>;

const INR_PER_USD = 82;

function plan(name: string, priceUsd: number, extra: Partial<PlanSeed> = {}): PlanSeed {
  return {
    name,
    title: `$${priceUsd}`,
    priceUsd,
    priceInr: priceUsd * INR_PER_USD,
    cpuPerDay: Math.max(priceUsd / 12.5, 0.4),
    maxDatabaseMb: priceUsd * 41,
    maxStorageMb: priceUsd * 1024,
    dedicated: false,
    privateBench: false,
    support: priceUsd >= 100,
    clusters: [],
    allowedApps: [],
    ...extra,
  };
}

export const PLANS: readonly PlanSeed[] = [
  plan('Unlimited', 0, { title: 'Large', dedicated: true, maxDatabaseMb: 512_000 }),
  plan('USD 5', 5),
  plan('USD 10', 10),
  plan('USD 25', 25),
  plan('USD 50', 50),
  plan('USD 100', 100),
  plan('USD 200 Private', 200, { title: '$200', privateBench: true }),
  /** Restricted, so that the refusals of A 3.2 can be met. */
  plan('USD 10 CRM', 10, { allowedApps: ['frappe', 'crm'], clusters: ['Mumbai'] }),
];

const frappeApp = (app: string, title: string): AppRow => ({
  app,
  title,
  repositoryOwner: 'frappe',
  description: title,
  marketplace: true,
  plans: [],
});

export const APPS: readonly AppRow[] = [
  frappeApp('frappe', 'Frappe Framework'),
  frappeApp('erpnext', 'ERPNext'),
  frappeApp('hrms', 'Frappe HR'),
  frappeApp('crm', 'Frappe CRM'),
  /** In the catalogue, but on no shared bench. */
  frappeApp('lms', 'Frappe Learning'),
  {
    ...frappeApp('insights', 'Frappe Insights'),
    plans: [
      appPlan('MARKETPLACE-PLAN-insights-001', 'Insights Free', 0),
      appPlan('MARKETPLACE-PLAN-insights-002', 'Insights Basic', 5),
      appPlan('MARKETPLACE-PLAN-insights-003', 'Insights Pro', 20),
    ],
  },
];

function appPlan(name: string, title: string, priceUsd: number): AppRow['plans'][number] {
  return { name, title, priceUsd, priceInr: priceUsd * INR_PER_USD, features: ['Dashboards'] };
}

/** App Source names, e.g. `SRC-erpnext-15`: one per app and version. */
export const sourceName = (app: string, versionNumber: number): string =>
  `SRC-${app}-${versionNumber}`;
