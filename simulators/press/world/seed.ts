import type { Account } from '../types.js';
import { seedBenches } from './seed-benches.js';
import { seedBilling } from './seed-billing.js';
import { APPS, CLUSTERS, FRAPPE_TEAM, PLANS, VERSIONS } from './seed-catalogue.js';
import { seedSources } from './seed-sources.js';
import type { TeamRow, UserRow } from './accounts.js';
import type { Micros, WorldState } from './model.js';

export const DEFAULT_DOMAIN = 'frappe.cloud';

export const ACCOUNTS: Record<'main' | 'other' | 'nopay', Account> = {
  main: account('ops@main.example', 'main00team', '1'),
  other: account('ops@other.example', 'other0team', '2'),
  nopay: account('ops@nopay.example', 'nopay0team', '3'),
};

function account(user: string, team: string, digit: string): Account {
  return {
    apiKey: `simkey${digit.repeat(9)}`,
    apiSecret: `simsecret${digit.repeat(6)}`,
    team,
    user,
  };
}

const teamRow = (name: string, user: string, now: Micros): TeamRow => ({
  name,
  user,
  enabled: true,
  payment: name !== ACCOUNTS.nopay.team,
  title: null,
  parent: null,
  members: [user],
  since: now,
});

interface SeedOptions {
  now: Micros;
  seed: number;
  utcOffsetMinutes: number;
}

/** A fresh world: three teams, the catalogue, public groups on two clusters, one of `main`. */
export function seedWorld({ now, seed, utcOffsetMinutes }: SeedOptions): WorldState {
  const users: UserRow[] = Object.values(ACCOUNTS).map(({ user, apiKey, apiSecret, team }) => ({
    user,
    firstName: 'Frappe',
    apiKey,
    apiSecret,
    teams: [team],
  }));
  const teams: TeamRow[] = [
    teamRow(FRAPPE_TEAM, 'Administrator', now),
    ...Object.values(ACCOUNTS).map(({ team, user }) => teamRow(team, user, now)),
  ];
  return {
    format: 6,
    now,
    lastStamp: now,
    random: seed,
    utcOffsetMinutes,
    rootDomains: [DEFAULT_DOMAIN],
    clusters: CLUSTERS.map((cluster) => ({ ...cluster })),
    versions: VERSIONS.map((version) => ({ ...version })),
    users,
    teams,
    plans: Object.fromEntries(PLANS.map((plan) => [plan.name, { ...plan, ...stampedBy(now) }])),
    apps: Object.fromEntries(APPS.map((app) => [app.app, { ...app }])),
    ...seedSources(now),
    ...seedBenches(now, DEFAULT_DOMAIN, ACCOUNTS.main),
    builds: {},
    queue: {},
    orders: {},
    pipelines: {},
    usesPipelines: true,
    sites: {},
    domains: {},
    jobs: {},
    activities: [],
    notifications: [],
    subscriptions: {},
    ...seedBilling(teams, now),
    backups: {},
    remoteFiles: {},
    objects: {},
    multiparts: {},
    databases: {},
    storageReachable: true,
    updates: {},
    upgrades: {},
    actions: {},
    migrations: {},
    sessions: {},
    passwords: {},
    dns: {},
    rateWindows: {},
    tasks: [],
    taskSeq: 0,
    jobSeq: 0,
    callSeq: 0,
    calls: [],
    effects: [],
    rules: [],
  };
}

const stampedBy = (now: Micros) => ({
  owner: 'Administrator',
  creation: now,
  modified: now,
  modifiedBy: 'Administrator',
});
