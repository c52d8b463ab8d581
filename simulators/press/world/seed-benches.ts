import type { Account } from '../types.js';
import type { BenchRow, GroupRow } from './catalogue.js';
import type { CandidateRow, ServerRow } from './deploys.js';
import type { Micros } from './model.js';
import { FRAPPE_TEAM, PROVIDER, sourceName, VERSIONS } from './seed-catalogue.js';
import { seededRelease } from './seed-sources.js';

const SHARED_APPS = ['frappe', 'erpnext', 'hrms', 'crm', 'insights'];
const SHARED_CLUSTERS = ['Mumbai', 'Frankfurt'];
/** What Press assumes where it has no figures (B 2.1). */
export const FREE_BYTES = 50 * 1024 ** 3;

interface GroupSeed {
  number: number;
  title: string;
  version: string;
  owner: Pick<Account, 'team' | 'user'>;
  public: boolean;
  apps: string[];
  clusters: string[];
}

interface SeededBenches {
  servers: Record<string, ServerRow>;
  groups: Record<string, GroupRow>;
  candidates: Record<string, CandidateRow>;
  benches: Record<string, BenchRow>;
}

/**
 * The servers and release groups a new world starts with, each group with one Active bench per
 * cluster. One server, without benches, is dedicated to `main`.
 */
export function seedBenches(now: Micros, domain: string, main: Account): SeededBenches {
  const frappe = { team: FRAPPE_TEAM, user: 'Administrator' };
  const shared = (number: number, version: string): GroupSeed => ({
    number,
    title: `${version} Shared`,
    version,
    owner: frappe,
    public: true,
    apps: SHARED_APPS,
    clusters: SHARED_CLUSTERS,
  });
  const seeds: GroupSeed[] = [
    shared(1, 'Version 15'),
    shared(2, 'Version 14'),
    shared(3, 'Version 16'),
    {
      number: 4,
      title: 'main-private',
      version: 'Version 15',
      owner: main,
      public: false,
      apps: ['frappe', 'erpnext', 'lms'],
      clusters: ['Mumbai'],
    },
  ];
  return {
    servers: byName([
      ...SHARED_CLUSTERS.map((cluster) => sharedServer(cluster, domain, now)),
      dedicatedServer(main, domain, now),
    ]),
    groups: byName(seeds.map((seed) => groupRow(seed, domain, now))),
    candidates: byName(seeds.map((seed) => candidateRow(seed, now))),
    benches: byName(
      seeds.flatMap((seed) => seed.clusters.map((cluster) => benchRow(seed, cluster, domain, now))),
    ),
  };
}

const byName = <T extends { name: string }>(rows: T[]): Record<string, T> =>
  Object.fromEntries(rows.map((row) => [row.name, row]));

const groupName = (number: number): string => `bench-${String(number).padStart(4, '0')}`;

const stamps = (owner: string, now: Micros) => ({
  owner,
  creation: now,
  modified: now,
  modifiedBy: owner,
});

const serverOf = (cluster: string, domain: string): string =>
  `f1-${cluster.toLowerCase()}.${domain}`;

function sharedServer(cluster: string, domain: string, now: Micros): ServerRow {
  return {
    name: serverOf(cluster, domain),
    ...stamps('Administrator', now),
    title: null,
    team: FRAPPE_TEAM,
    cluster,
    provider: PROVIDER,
    public: true,
    forNewBenches: true,
    freeBytes: FREE_BYTES,
  };
}

function dedicatedServer(owner: Account, domain: string, now: Micros): ServerRow {
  return {
    name: `f9-mumbai.${domain}`,
    ...stamps(owner.user, now),
    title: 'main-dedicated',
    team: owner.team,
    cluster: 'Mumbai',
    provider: PROVIDER,
    public: false,
    forNewBenches: false,
    freeBytes: FREE_BYTES,
  };
}

function groupRow(seed: GroupSeed, domain: string, now: Micros): GroupRow {
  return {
    name: groupName(seed.number),
    ...stamps(seed.owner.user, now),
    title: seed.title,
    version: seed.version,
    team: seed.owner.team,
    public: seed.public,
    default: seed.public && seed.version === 'Version 15',
    enabled: true,
    apps: [...seed.apps],
    sources: sourcesOf(seed),
    servers: seed.clusters.map((cluster) => serverOf(cluster, domain)),
    tags: [],
  };
}

function sourcesOf({ apps, version }: GroupSeed): Record<string, string> {
  const number = VERSIONS.find(({ name }) => name === version)?.number ?? 0;
  return Object.fromEntries(apps.map((app) => [app, sourceName(app, number)]));
}

const candidateName = (seed: GroupSeed): string =>
  groupName(seed.number).replace('bench', 'deploy').concat('-000001');

function candidateRow(seed: GroupSeed, now: Micros): CandidateRow {
  return {
    name: candidateName(seed),
    ...stamps(seed.owner.user, now),
    group: groupName(seed.number),
    team: seed.owner.team,
    apps: [...seed.apps],
    releases: Object.fromEntries(
      Object.entries(sourcesOf(seed)).map(([app, source]) => [app, seededRelease(source)]),
    ),
    sites: [],
  };
}

function benchRow(seed: GroupSeed, cluster: string, domain: string, now: Micros): BenchRow {
  const server = serverOf(cluster, domain);
  return {
    name: `${groupName(seed.number)}-000001-${server.slice(0, -domain.length - 1)}`,
    ...stamps(seed.owner.user, now),
    group: groupName(seed.number),
    candidate: candidateName(seed),
    team: seed.owner.team,
    server,
    cluster,
    status: 'Active',
    apps: [...seed.apps],
    updateAvailable: false,
    sshProxy: true,
  };
}
