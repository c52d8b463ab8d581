import type { ProvisionSiteInput } from '../domain/operations.js';
import type { Check } from '../domain/plan.js';
import {
  getReleaseGroup,
  listBenches,
  newSiteOptions,
  type Account,
} from '../frappe-cloud/index.js';

/** Where a new site would go. */
export interface Place {
  readonly group: { readonly name: string; readonly title: string } | null;
  readonly cluster: string | null;
  readonly checks: readonly Check[];
}

interface Candidate {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly apps: readonly string[];
  readonly clusters: readonly string[];
}

/**
 * Chooses group and cluster, and checks that version, cluster and apps fit. Press would accept a
 * group of another team (observed N2), ignore the version, and choose a cluster itself
 * (observed N3).
 */
export async function choosePlace(account: Account, input: ProvisionSiteInput): Promise<Place> {
  const found = input.group
    ? await namedGroup(account, input.group)
    : await publicGroup(account, input.version);
  if (typeof found === 'string') {
    return {
      group: null,
      cluster: null,
      checks: [{ name: 'group', result: 'fail', detail: found }],
    };
  }
  const cluster = input.cluster ?? found.clusters[0] ?? null;
  const missing = input.apps.filter((app) => !found.apps.includes(app));
  const check = (name: string, ok: boolean, good: string, bad: string): Check =>
    ok ? { name, result: 'pass', detail: good } : { name, result: 'fail', detail: bad };
  return {
    group: { name: found.name, title: found.title },
    cluster,
    checks: [
      check('group', true, `${found.title} (${found.name})`, ''),
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
