import type { Json } from '../types.js';
import { activeBenches } from '../benches/status.js';
import { newDisk } from '../backups/files.js';
import { missingLink, PressError, refuse } from '../http/errors.js';
import type { BackupSource } from '../restores/source.js';
import type { BenchRow, GroupRow } from '../world/catalogue.js';
import type { JobRow, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { recordActivity } from './activity.js';
import { configRow } from './config.js';
import { createFirstJobs, takeOver } from './first-jobs.js';
import { planOnServer } from './plan-on-server.js';
import { addSubscription } from './subscriptions.js';

const NAME_PATTERN = /^[a-z0-9][a-z0-9-]*[a-z0-9]$/;
const SHORTEST_NAME = 5;
const LONGEST_NAME = 32;

interface SiteRequest {
  subdomain: string;
  domain: string;
  group: GroupRow;
  /** Where it goes; chosen by group and cluster when not given. */
  bench?: BenchRow;
  cluster: string | null;
  apps: string[];
  plan: string;
  /** Marketplace plans chosen for paid apps, by app. */
  appPlans?: Record<string, string>;
  team: string;
  user: string;
  /** A backup it is made of instead of an empty database. */
  source?: BackupSource | null;
}

export interface InsertedSite {
  site: SiteRow;
  job: JobRow;
}

/** Inserts a Site and queues its two jobs, in one transaction (A 3.3). */
export function insertSite(world: World, request: SiteRequest): InsertedSite {
  checkSubdomain(request.subdomain);
  const bench = request.bench ?? chooseBench(world, request);
  const plan = planOnServer(world, request.plan, bench.server);
  checkApps(world, request.apps, bench);
  checkPlan(world, plan, request.apps, bench);
  const source = request.source ?? null;
  source?.checkSpace({ server: bench.server, group: request.group.name });
  const name = `${request.subdomain}.${request.domain}`;
  checkNameIsFree(world, name);

  const site = putSite(world, request, bench, plan);
  site.remoteFiles = source?.remoteFiles ?? {};
  world.state.domains[name] = {
    ...world.newRow(request.user, name),
    domain: name,
    site: name,
    status: 'Active',
    dnsType: 'CNAME',
    retryCount: 0,
    redirectToPrimary: false,
  };
  addSubscription(world, site, request.user, null, plan);
  subscribeApps(world, site, request);
  recordActivity(world, site, request.user, 'Create');
  world.effect('site.create', name);
  if (source !== null) takeOver(world, site, request.user, source);
  return { site, job: createFirstJobs(world, site, request.user, source) };
}

/** The row of a site that is on its way, and nothing else. */
export function putSite(
  world: World,
  request: Pick<SiteRequest, 'subdomain' | 'domain' | 'group' | 'apps' | 'team' | 'user'>,
  bench: BenchRow,
  plan: string,
): SiteRow {
  const name = `${request.subdomain}.${request.domain}`;
  const site: SiteRow = {
    ...world.newRow(request.user, name),
    subdomain: request.subdomain,
    domain: request.domain,
    team: request.team,
    group: request.group.name,
    bench: bench.name,
    server: bench.server,
    cluster: bench.cluster,
    plan,
    status: 'Pending',
    apps: [...request.apps],
    hostName: name,
    creationFailed: null,
    archiveFailed: false,
    fatalUpdate: null,
    config: [],
    tags: [],
    onServer: false,
    routed: false,
    responsive: true,
    disk: newDisk(world, bench.name),
    remoteFiles: {},
    skipAutoUpdates: false,
  };
  site.config.push(configRow(world, request.user, 'rate_limit', rateLimit(world, plan)));
  world.state.sites[name] = site;
  return site;
}

function checkSubdomain(subdomain: string): void {
  if (subdomain === '') throw refuse('Please enter a subdomain to create the site.');
  if (!NAME_PATTERN.test(subdomain)) {
    throw refuse(
      'Subdomain contains invalid characters. Use lowercase characters, numbers and hyphens',
    );
  }
  if (subdomain.length > LONGEST_NAME) {
    throw refuse(`Subdomain too long. Use ${LONGEST_NAME} or less characters`);
  }
  if (subdomain.length < SHORTEST_NAME) {
    throw refuse(`Subdomain too short. Use ${SHORTEST_NAME} or more characters`);
  }
}

function chooseBench(world: World, { group, cluster }: SiteRequest): BenchRow {
  if (cluster !== null && !world.state.clusters.some(({ name }) => name === cluster)) {
    throw missingLink(`Could not find Cluster: ${cluster}`);
  }
  const active = activeBenches(world, group.name);
  const place = cluster ?? active[0]?.cluster;
  const bench = active.findLast((row) => row.cluster === place);
  if (bench === undefined) {
    const where = cluster ?? 'any cluster';
    throw refuse(`Site cannot be deployed on ${where} yet. Please contact support.`);
  }
  return bench;
}

function checkApps(world: World, apps: string[], bench: BenchRow): void {
  for (const [index, app] of apps.entries()) {
    if (!(app in world.state.apps)) {
      throw missingLink(`Could not find Row #${index + 1}: App: ${app}`);
    }
  }
  if (apps[0] !== 'frappe') throw refuse('First app to be installed on site must be frappe.');
  const twice = apps.filter((app, index) => apps.indexOf(app) !== index);
  if (twice.length > 0) throw refuse(`These apps are listed more than once: ${twice.join(', ')}`);
  const absent = apps.find((app) => !bench.apps.includes(app));
  if (absent !== undefined) {
    throw refuse(
      `App ${absent} is not available on Bench ${bench.name}. Please ` +
        "<a href='https://docs.frappe.io/cloud/installing-an-app#bench-group'> " +
        `add ${absent} to Bench Group</a> and trigger a new deploy.`,
    );
  }
}

function checkPlan(world: World, name: string, apps: string[], bench: BenchRow): void {
  const plan = world.state.plans[name];
  if (plan === undefined) return;
  if (plan.clusters.length > 0 && !plan.clusters.includes(bench.cluster)) {
    throw refuse(`In ${name}, you can't deploy site in ${bench.cluster} cluster.`);
  }
  const barred = apps.find((app) => plan.allowedApps.length > 0 && !plan.allowedApps.includes(app));
  if (barred !== undefined) {
    throw refuse(`In ${name}, you can't deploy site with ${barred} app.`);
  }
}

function checkNameIsFree(world: World, name: string): void {
  if (!(name in world.state.sites)) return;
  throw new PressError('DuplicateEntryError', `Site <strong>${name}</strong> already exists`, {
    title: 'Duplicate Name',
    plainMessage: true,
    text: `('Site', '${name}', IntegrityError(1062, "Duplicate entry '${name}' for key 'PRIMARY'"))`,
  });
}

/** An app with a price list starts on the chosen plan, else on its free one (C 4.3). */
function subscribeApps(world: World, site: SiteRow, request: SiteRequest): void {
  for (const app of request.apps) {
    const free = world.state.apps[app]?.plans.find(({ priceUsd }) => priceUsd === 0);
    const plan = request.appPlans?.[app] ?? free?.name;
    if (plan !== undefined) addSubscription(world, site, request.user, app, plan);
  }
}

function rateLimit(world: World, plan: string): Json {
  const hours = world.state.plans[plan]?.cpuPerDay ?? 2;
  return { limit: hours * 3600, window: 86_400 };
}
