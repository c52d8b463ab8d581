import type { ProvisionSiteInput } from '../../domain/inputs.js';
import type { Check, ProvisionTarget } from '../../domain/plan.js';
import {
  getReleaseGroup,
  listBenches,
  listGroupsByTitle,
  newSiteOptions,
  optionsForNew,
  type Account,
  type SitePlan,
} from '../../frappe-cloud/index.js';

/** Where a new site would go. */
export interface Place {
  readonly path: ProvisionTarget['path'];
  readonly group: { readonly name: string; readonly title: string } | null;
  readonly cluster: string | null;
  /** Private path only: the cloud that the cluster is in. */
  readonly provider: string | null;
  readonly checks: readonly Check[];
}

interface Candidate {
  readonly path: 'shared' | 'own_group';
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly apps: readonly string[];
  readonly clusters: readonly string[];
}

/** What decides the path besides the input (A 3.2). */
interface Deciding {
  readonly plan: SitePlan | undefined;
  readonly rootDomain: string;
}

/**
 * Foresees the path that Press will choose, and chooses what Press would choose silently (A 3.2):
 * a server decides first, then a group, then the plan.
 */
export async function choosePlace(
  account: Account,
  input: ProvisionSiteInput,
  deciding: Deciding,
): Promise<Place> {
  if (input.server) return newBench(account, input, deciding, 'dedicated');
  if (!input.group && deciding.plan?.private_bench_support) {
    return newBench(account, input, deciding, 'private');
  }
  return existingBench(account, input, deciding);
}

function check(name: string, ok: boolean, good: string, bad: string): Check {
  return { name, result: ok ? 'pass' : 'fail', detail: ok ? good : bad };
}

/**
 * A bench built for the site. Press ignores domain and group on this path and titles the new group
 * by the subdomain, in a namespace that all teams share (A 3.2).
 */
async function newBench(
  account: Account,
  input: ProvisionSiteInput,
  { rootDomain }: Deciding,
  path: 'private' | 'dedicated',
): Promise<Place> {
  const [options, titled] = await Promise.all([
    optionsForNew(account.press),
    listGroupsByTitle(account.press, { title: input.subdomain }),
  ]);
  const version = options.versions.find(({ name }) => name === input.version);
  const clusters = [...(version?.group.clusters ?? []), ...options.additional_clusters];
  const cluster = clusters.find(({ name }) => name === (input.cluster ?? clusters[0]?.name));
  const versions = options.versions.map(({ name }) => name);
  return {
    path,
    group: null,
    cluster: cluster?.name ?? null,
    provider: cluster?.cloud_provider ?? null,
    checks: [
      check(
        'group',
        !input.group,
        'a new one, for this site alone',
        'Press ignores the group here: leave it out',
      ),
      check(
        'title',
        titled.length === 0,
        `no group of this team is titled ${input.subdomain}`,
        `group ${titled[0]?.name ?? ''} is titled ${input.subdomain} already, and Press wants the title`,
      ),
      check(
        'domain',
        rootDomain === options.domain,
        rootDomain,
        `Press ignores ${rootDomain} here and would use ${options.domain}`,
      ),
      check(
        'version',
        version !== undefined,
        input.version,
        `"${input.version}" is not offered; near: ${near(input.version, versions)}`,
      ),
      check(
        'cluster',
        cluster !== undefined,
        cluster?.name ?? '',
        `no cluster "${input.cluster ?? ''}"; there is ${clusters.map(({ name }) => name).join(', ')}`,
      ),
    ],
  };
}

/**
 * A group that exists. Press would accept one of another team (observed N2), ignore the version,
 * and choose a cluster itself (observed N3).
 */
async function existingBench(
  account: Account,
  input: ProvisionSiteInput,
  { plan }: Deciding,
): Promise<Place> {
  const found = input.group
    ? await namedGroup(account, input.group)
    : await publicGroup(account, input.version);
  if (typeof found === 'string') {
    return {
      path: 'shared',
      group: null,
      cluster: null,
      provider: null,
      checks: [{ name: 'group', result: 'fail', detail: found }],
    };
  }
  const cluster = input.cluster ?? found.clusters[0] ?? null;
  const missing = input.apps.filter((app) => !found.apps.includes(app));
  return {
    path: found.path,
    group: { name: found.name, title: found.title },
    cluster,
    provider: null,
    checks: [
      check(
        'group',
        found.path === 'own_group' || !plan?.private_bench_support,
        `${found.title} (${found.name})`,
        `with ${plan?.name ?? ''} Press would ignore the shared group and build a bench: leave the group out`,
      ),
      check(
        'version',
        found.version === input.version,
        input.version,
        `${found.title} runs ${found.version}, asked was ${input.version}`,
      ),
      check(
        'cluster',
        cluster !== null && found.clusters.includes(cluster),
        cluster ?? '',
        `${found.title} has an active bench in ${found.clusters.join(', ') || 'no cluster'}, not in "${cluster ?? ''}"`,
      ),
      check(
        'apps',
        missing.length === 0,
        `${input.apps.join(', ')} on the bench`,
        `not on the bench of ${found.title}: ${missing.join(', ')}; it has ${found.apps.join(', ')}`,
      ),
    ],
  };
}

async function publicGroup(account: Account, version: string): Promise<Candidate | string> {
  const versions = await newSiteOptions(account.press);
  const wanted = versions.find(({ name }) => name === version);
  const offered = versions.filter(({ group }) => group !== undefined).map(({ name }) => name);
  if (wanted?.group === undefined) {
    return `no shared bench for "${version}"; near: ${near(version, offered)}`;
  }
  const { name, title, apps, clusters } = wanted.group;
  return {
    path: 'shared',
    name,
    title,
    version: wanted.name,
    apps: apps.map(({ app }) => app),
    clusters: clusters.map((cluster) => cluster.name),
  };
}

async function namedGroup(account: Account, group: string): Promise<Candidate | string> {
  const found = await getReleaseGroup(account.press, { group });
  if (found.found === 'own') {
    const benches = await listBenches(account.press, { group });
    const active = benches.filter(({ status }) => status === 'Active');
    return {
      ...found.group,
      path: 'own_group',
      apps: found.group.apps.map(({ app }) => app),
      clusters: [...new Set(active.flatMap(({ cluster }) => cluster ?? []))],
    };
  }
  const versions = await newSiteOptions(account.press);
  const known = versions.find((version) => version.group?.name === group);
  if (known) return publicGroup(account, known.name);
  return `${group} is neither a group of this team nor public (Press itself would not check)`;
}

/** The names most like a wrong one, for an error that helps: shared words first, then all. */
export function near(wrong: string, names: readonly string[]): string {
  const words = wrong.toLowerCase().split(/\W+/);
  const score = (name: string) =>
    words.filter((word) => word !== '' && name.toLowerCase().includes(word)).length;
  const sorted = [...names].sort((a, b) => score(b) - score(a));
  return (
    sorted
      .slice(0, 4)
      .map((name) => `"${name}"`)
      .join(', ') || 'none'
  );
}
