import type { Account } from '../types.js';
import type { BenchRow, GroupRow } from './catalogue.js';
import type { Micros } from './model.js';
import { FRAPPE_TEAM } from './seed-catalogue.js';

const SHARED_APPS = ['frappe', 'erpnext', 'hrms', 'crm', 'insights'];
const SHARED_CLUSTERS = ['Mumbai', 'Frankfurt'];

interface GroupSeed {
  number: number;
  title: string;
  version: string;
  owner: Pick<Account, 'team' | 'user'>;
  public: boolean;
  apps: string[];
  clusters: string[];
}

/** The release groups a new world starts with, each with one Active bench per cluster. */
export function seedBenches(
  now: Micros,
  domain: string,
  main: Account,
): { groups: Record<string, GroupRow>; benches: Record<string, BenchRow> } {
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
  const groups = seeds.map((seed) => groupRow(seed, now));
  const benches = seeds.flatMap((seed) =>
    seed.clusters.map((cluster) => benchRow(seed, cluster, domain, now)),
  );
  return { groups: byName(groups), benches: byName(benches) };
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

function groupRow(seed: GroupSeed, now: Micros): GroupRow {
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
  };
}

function benchRow(seed: GroupSeed, cluster: string, domain: string, now: Micros): BenchRow {
  const server = `f1-${cluster.toLowerCase()}`;
  return {
    name: `${groupName(seed.number)}-000001-${server}`,
    ...stamps(seed.owner.user, now),
    group: groupName(seed.number),
    team: seed.owner.team,
    server: `${server}.${domain}`,
    cluster,
    status: 'Active',
    apps: [...seed.apps],
    updateAvailable: false,
  };
}
