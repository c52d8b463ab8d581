import type { UpgradeSiteInput } from '../../domain/inputs.js';
import type { CustomApp, NewBench } from '../../domain/new-bench.js';
import type { Check } from '../../domain/plan.js';
import { type Account, benchTitleExists, listSites } from '../../frappe-cloud/index.js';
import { fail, pass, warn } from '../checks.js';
import type { Compatibility } from '../upgrade/compatibility.js';
import type { SiteReading } from '../site/site-reading.js';

/** A bench to be made for an upgrade, and what was looked at for it. */
export interface NewBenchDraft {
  readonly bench: NewBench;
  readonly checks: readonly Check[];
}

/** Plans a bench group of the next version for one site (D 1.7, C 1.4). Reads only. */
export async function planNewBench(
  account: Account,
  { site, apps, privateBenches }: SiteReading,
  input: UpgradeSiteInput,
  version: string,
  compatibility: Compatibility,
): Promise<NewBenchDraft> {
  const title = input.newBench?.title ?? `${input.site} ${version}`;
  const [isTaken, [row]] = await Promise.all([
    benchTitleExists(account.press, { title }),
    listSites(account.press, { names: [site.name] }),
  ]);
  const cluster = row?.cluster ?? null;
  const own = typeof compatibility === 'string' ? [] : compatibility.site_custom_apps;
  const branches = input.branches ?? {};
  const customApps = own.map(({ app, title: appTitle, repository_url }): CustomApp => {
    return { app, title: appTitle, repositoryUrl: repository_url, branch: branches[app] ?? '' };
  });
  const isOwn = (app: string): boolean => own.some((custom) => custom.app === app);
  const ownServer = site.server_team === site.team ? site.server : null;
  return {
    bench: {
      title,
      version,
      apps: apps.filter((app) => app !== 'frappe' && !isOwn(app)),
      customApps,
      ownServer,
      cluster: cluster ?? '',
    },
    checks: [
      isTaken
        ? fail('group', `this team has a group titled "${title}" already: give another title`)
        : pass('group', `a new one, titled "${title}"`),
      cluster === null
        ? fail('server', 'Press does not tell in which cluster the site is')
        : pass('server', serverOf(site.server, ownServer)),
      branchCheck(customApps, branches),
      privateBenches === false
        ? warn('plan', `${site.plan ?? 'its plan'} does not include private benches; Press lets it`)
        : pass('plan', site.plan ?? 'none'),
    ],
  };
}

const serverOf = (server: string | null, ownServer: string | null): string =>
  ownServer === null ? `${server ?? 'its server'}, shared` : `${ownServer}, ours`;

/** Each app of one's own needs a branch for the next version, and nothing else takes one (C 1.4). */
function branchCheck(
  customApps: readonly CustomApp[],
  branches: Readonly<Record<string, string>>,
): Check {
  const without = customApps.filter(({ branch }) => branch === '');
  if (without.length > 0) {
    const names = without.map(({ app, repositoryUrl }) => `${app} (${repositoryUrl})`).join(', ');
    return fail('branches', `name a branch for the next version of ${names}`);
  }
  const others = Object.keys(branches).filter(
    (app) => !customApps.some((custom) => custom.app === app),
  );
  if (others.length > 0) {
    return fail('branches', `no custom apps of the site: ${others.join(', ')}; leave them out`);
  }
  const named = customApps.map(({ app, branch }) => `${app} ${branch}`).join(', ');
  return pass('branches', named || 'none needed');
}
