import type { DeployBenchInput } from '../../domain/inputs.js';
import type { Check } from '../../domain/plan.js';
import {
  type Account,
  listSites,
  listSiteUpdates,
  type SiteRow,
} from '../../frappe-cloud/index.js';
import { fail, pass, warn } from '../checks.js';
import type { DeployReading } from './deploy-reading.js';

/** The sites that come along. */
export interface Passengers {
  readonly sites: readonly string[];
  readonly checks: readonly Check[];
}

/** How many sites one list is asked for. */
const PAGE = 200;
/** Press lists open updates by site only: of more sites than this, each looks when its turn comes. */
const LOOKED_AT = 20;
/** How many names a check tells. */
const TOLD = 10;

/** States in which an update is begun; Suspended and Broken sites are left to a person. */
const UPDATABLE = ['Active', 'Inactive'];
const BUSY = ['Pending', 'Installing', 'Updating', 'Recovering'];

/** Which sites of the group are updated, and who is affected. */
export async function choosePassengers(
  account: Account,
  { sites: wanted = [] }: DeployBenchInput,
  { information }: DeployReading,
): Promise<Passengers> {
  const there = information.sites.map(({ name }) => name).sort();
  if (wanted.length === 0) {
    const affected = there.length === 0 ? 'no site stands on it' : `untouched: ${few(there)}`;
    return { sites: [], checks: [pass('sites', affected)] };
  }
  const asked = wanted === 'all' ? there : [...new Set(wanted)];
  const rows = await readSites(
    account,
    asked.filter((site) => there.includes(site)),
  );
  const isAble = (site: string) => isUpdatable(rows.get(site));
  const sites = asked.filter((site) => there.includes(site) && isAble(site));
  const foreign = asked.filter((site) => !there.includes(site));
  const unable = asked.filter((site) => there.includes(site) && !isAble(site));
  const told = unable.map((site) => `${site} (${stateOf(rows.get(site))})`);
  const rest = there.filter((site) => !asked.includes(site));
  return {
    sites,
    checks: [
      sites.length > 0
        ? pass('sites', `${sites.length} are updated: ${few(sites)}`)
        : fail('sites', 'none of them can be updated'),
      ...(rest.length > 0 ? [pass('other sites', `untouched: ${few(rest)}`)] : []),
      ...(foreign.length > 0
        ? [fail('sites on the group', `these stand elsewhere: ${few(foreign)}`)]
        : []),
      ...(unable.length > 0
        ? [(wanted === 'all' ? warn : fail)('sites that cannot', `left out: ${few(told)}`)]
        : []),
      ...(await openUpdates(account, sites)),
      pass('downtime', 'each site shows its maintenance page while it migrates: minutes, mostly'),
    ],
  };
}

async function readSites(
  { press }: Account,
  names: readonly string[],
): Promise<ReadonlyMap<string, SiteRow>> {
  const rows = new Map<string, SiteRow>();
  for (let from = 0; from < names.length; from += PAGE) {
    for (const row of await listSites(press, { names: names.slice(from, from + PAGE) })) {
      rows.set(row.name, row);
    }
  }
  return rows;
}

/** What moves is at rest, perhaps, when its turn comes. */
function isUpdatable(row: SiteRow | undefined): boolean {
  if (row === undefined || row.fatal_site_update !== null || row.creation_failed !== null) {
    return false;
  }
  return UPDATABLE.includes(row.status) || BUSY.includes(row.status);
}

function stateOf(row: SiteRow | undefined): string {
  if (row === undefined) return 'cannot be read';
  if (row.fatal_site_update !== null) return `fatal update ${row.fatal_site_update}`;
  return row.creation_failed === null ? row.status : 'its creation or a restore failed';
}

async function openUpdates(account: Account, sites: readonly string[]): Promise<readonly Check[]> {
  if (sites.length > LOOKED_AT) {
    const detail = `not looked for: ${sites.length} sites; each update looks for its own`;
    return [pass('pending updates', detail)];
  }
  const statuses = ['Scheduled', 'Pending', 'Running', 'Failure', 'Recovering'] as const;
  const found = await Promise.all(
    sites.map(async (site) => {
      const rows = await listSiteUpdates(account.press, { site, statuses, limit: 1 });
      return rows.map(({ name, status }) => `${site} (${name}, ${status})`);
    }),
  );
  const pending = found.flat();
  return [
    pending.length === 0 ? pass('pending updates', 'none') : warn('pending updates', few(pending)),
  ];
}

/** The first of them, and how many more. */
export function few(names: readonly string[]): string {
  const more = names.length - TOLD;
  return names.slice(0, TOLD).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
