import type { UpgradeSiteInput } from '../../domain/inputs.js';
import type { Check } from '../../domain/plan.js';
import type { NewBench } from '../../domain/new-bench.js';
import type { UpgradePath } from '../../domain/site-changes.js';
import {
  type Account,
  checkExistingUpgradeBench,
  getPrivateGroupsForUpgrade,
  getReleaseGroup,
  isOnServer,
  listBenches,
  listSites,
  newSiteOptions,
  validateGroupForUpgrade,
} from '../../frappe-cloud/index.js';
import { planNewBench } from '../bench-group/plan-new-bench.js';
import { fail, pass } from '../checks.js';
import type { Compatibility } from './compatibility.js';
import type { SiteReading } from '../site/site-reading.js';

/** Where an upgrade leads. */
export interface Destination {
  readonly path: UpgradePath;
  /** Name and title of the group; on public benches Press chooses, and this is its likely choice. */
  readonly group: { readonly name: string; readonly title: string } | null;
  readonly checks: readonly Check[];
  /** The group that is made, on the paths that make one. */
  readonly newBench?: NewBench;
}

/** A version by its number: Press counts from one to the next. Null for "Nightly" and its like. */
export function nextVersion(version: string | null): string | null {
  const number = /^Version (\d+)$/.exec(version ?? '')?.[1];
  return number === undefined ? null : `Version ${Number(number) + 1}`;
}

/** Foresees where Press would put the site, or says what to do first (C 1, D 1.7). */
export async function chooseDestination(
  account: Account,
  reading: SiteReading,
  input: UpgradeSiteInput,
  version: string,
  compatibility: Compatibility,
): Promise<Destination> {
  const isPublic = reading.site.group_public === true;
  if (input.newBench) {
    const { bench, checks } = await planNewBench(account, reading, input, version, compatibility);
    const path = isPublic ? 'new_bench_by_press' : 'new_bench';
    return { path, group: null, checks, newBench: bench };
  }
  return isPublic
    ? publicBench(account, reading, input, version)
    : privateGroup(account, reading, input, version);
}

/** Press takes its first public group of the version on the server, whatever it is told (C 1.1). */
async function publicBench(
  account: Account,
  { site, apps }: SiteReading,
  input: UpgradeSiteInput,
  version: string,
): Promise<Destination> {
  if (input.group) {
    const detail = 'Press ignores a group for a site on a public bench: leave it out';
    return { path: 'public', group: null, checks: [fail('group', detail)] };
  }
  const [versions, [row]] = await Promise.all([
    newSiteOptions(account.press),
    listSites(account.press, { names: [site.name] }),
  ]);
  const group = versions.find(({ name }) => name === version)?.group;
  const cluster = row?.cluster ?? '';
  if (group === undefined || !group.clusters.some(({ name }) => name === cluster)) {
    const detail = `Press has no public bench of ${version} in ${cluster}`;
    return { path: 'public', group: null, checks: [fail('group', detail)] };
  }
  const has = group.apps.map(({ app }) => app);
  return {
    path: 'public',
    group,
    checks: [pass('group', `${group.title} (${group.name}), Press's choice`), onBench(apps, has)],
  };
}

function onBench(apps: readonly string[], has: readonly string[]): Check {
  const missing = apps.filter((app) => !has.includes(app));
  return missing.length === 0
    ? pass('apps there', apps.join(', '))
    : fail(
        'apps there',
        `not on the bench: ${missing.join(', ')}; uninstall them, or add them to it`,
      );
}

/** A group of ours of the next version, named or the only one that will do. */
async function privateGroup(
  account: Account,
  reading: SiteReading,
  input: UpgradeSiteInput,
  version: string,
): Promise<Destination> {
  const { site, apps } = reading;
  const name = await wantedGroup(account, reading, input, version);
  if (!('name' in name)) return { path: 'private_group', group: null, checks: [name.check] };
  const [found, benches, listed] = await Promise.all([
    getReleaseGroup(account.press, { group: name.name }),
    listBenches(account.press, { group: name.name }),
    validateGroupForUpgrade(account.press, { site: site.name, group: name.name }),
  ]);
  if (found.found !== 'own') {
    const detail = `${name.name} cannot be read`;
    return { path: 'private_group', group: null, checks: [fail('group', detail)] };
  }
  const { group } = found;
  const active = benches.filter(({ status }) => status === 'Active');
  const here = active.some((bench) => isOnServer(bench, site.server ?? ''));
  const has = group.apps.map(({ app }) => app);
  const path = here || listed ? 'private_group' : 'add_server';
  return {
    path,
    group: { name: group.name, title: group.title },
    checks: [
      pass('group', `${group.title} (${group.name})`),
      benchCheck({ here, listed, any: active.length > 0 }, site.server ?? 'its server'),
      onBench(apps, has),
    ],
  };
}

/** What Press's own look at a group does not tell: whether a bench stands there (observed-2 2). */
function benchCheck(
  { here, listed, any }: { here: boolean; listed: boolean; any: boolean },
  server: string,
): Check {
  if (here) return pass('bench', `active on ${server}`);
  if (listed) return fail('bench', `no active bench on ${server}: deploy the group first`);
  return any
    ? pass('bench', `is put up on ${server} first, from the image of the group`)
    : fail('bench', 'the group has never been deployed: deploy it first');
}

async function wantedGroup(
  account: Account,
  { site, apps }: SiteReading,
  input: UpgradeSiteInput,
  version: string,
): Promise<{ readonly name: string } | { readonly check: Check }> {
  const at = { site: site.name, version: site.version ?? '' };
  const groups = await getPrivateGroupsForUpgrade(account.press, at);
  const names = groups.map(({ name, title }) => `${name} (${title})`).join(', ');
  if (input.group) {
    return groups.some(({ name }) => name === input.group)
      ? { name: input.group }
      : {
          check: fail(
            'group',
            `${input.group} is no enabled private group of ours of ${version}; there is ${names || 'none'}`,
          ),
        };
  }
  const ready = await checkExistingUpgradeBench(account.press, at);
  if (ready.exists && ready.release_group !== null) return { name: ready.release_group };
  const [only, second] = groups;
  if (only !== undefined && second === undefined) return { name: only.name };
  return {
    check: fail(
      'group',
      only === undefined
        ? `this team has no group of ${version} for ${apps.join(', ')}: make one first`
        : `more than one group of ${version} might do, name one: ${names}`,
    ),
  };
}
