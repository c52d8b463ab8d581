import type { ArchiveTarget } from '../../domain/archiving.js';
import type { Plan } from '../../domain/plan.js';
import {
  getReleaseGroup,
  getSite,
  installedApps,
  listArchivedSites,
  newSiteOptions,
  type Account,
} from '../../frappe-cloud/index.js';
import type { Ledger } from '../../ledger/types.js';

/** What Press still knows of a site that is archived. */
export interface ArchivedSite {
  /** Its name now. */
  readonly name: string;
  readonly plan: string | null;
  readonly group: string | null;
  readonly cluster: string | null;
  readonly version: string | null;
  /** Null when Press does not tell. */
  readonly apps: readonly string[] | null;
}

/** The archived sites that bore the name, the one made last first. */
export async function archivedSites(
  { press }: Account,
  site: string,
): Promise<readonly ArchivedSite[]> {
  const rows = await listArchivedSites(press, { site });
  return Promise.all(
    rows.map(async ({ name, plan, group, cluster }) => {
      const found = await getSite(press, { site: name });
      const version = found.found === 'own' ? found.site.version : null;
      const apps = await installedApps(press, { site: name });
      return { name, plan, group, cluster, version, apps };
    }),
  );
}

/** The version that a group runs; null for one that is neither ours nor public. */
export async function versionOf({ press }: Account, group: string): Promise<string | null> {
  const found = await getReleaseGroup(press, { group });
  if (found.found === 'own') return found.group.version;
  const versions = await newSiteOptions(press);
  return versions.find((version) => version.group?.name === group)?.name ?? null;
}

/** The site as an operation of ours archived it last; null when none did. */
export async function archivedByUs(
  ledger: Pick<Ledger, 'findOperations' | 'events'>,
  site: string,
): Promise<ArchiveTarget | null> {
  const rows = await ledger.findOperations({ site, open: false, limit: RECENT });
  const archive = rows.find(
    ({ kind, result }) => kind === 'archive' && result?.details['archivedAs'],
  );
  if (archive === undefined) return null;
  const events = await ledger.events(archive.operationId);
  const planned = events.findLast(({ type }) => type === 'operation.planned');
  return (planned?.data as unknown as Plan<ArchiveTarget> | undefined)?.material.target ?? null;
}

/** Operations looked through for the archive. */
const RECENT = 20;
