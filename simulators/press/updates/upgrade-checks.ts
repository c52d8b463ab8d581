import { refuse } from '../http/errors.js';
import type { GroupRow } from '../world/catalogue.js';
import type { Micros, SiteRow } from '../world/model.js';
import type { UpgradeRow } from '../world/updates.js';
import type { World } from '../world/world.js';

const OPEN: ReadonlySet<UpgradeRow['status']> = new Set(['Scheduled', 'Pending', 'Running']);

/** Whether it keeps other upgrades away, and the benches of its group alive. */
export const isOpenUpgrade = ({ status }: UpgradeRow): boolean => OPEN.has(status);

/** The oldest first. */
export function upgradesOf(world: World, site: SiteRow): UpgradeRow[] {
  return Object.values(world.state.upgrades)
    .filter((row) => row.site === site.name)
    .sort((a, b) => a.creation - b.creation);
}

/** The number of a group's version. */
export function versionOf(world: World, group: GroupRow | undefined): number {
  return world.state.versions.find(({ name }) => name === group?.version)?.number ?? 0;
}

/** Asked once, when the record is made. @throws 417 */
export function checkFatal({ fatalUpdate }: SiteRow): void {
  if (fatalUpdate === null) return;
  throw refuse(
    'Site has an fatal update. Please contact support at support.frappe.io to resolve the ' +
      'issue before upgrading.',
  );
}

/** What of other records a check may see. */
interface Sight {
  /** The record that is checked, when it is there already. */
  self?: UpgradeRow;
  /** Records made after this are not seen: no lock is taken (observed-2 1.7). */
  checkedAt?: Micros;
}

/**
 * The checks of every save of a record; whether there is a bench is asked only when it begins (C 1.0).
 *
 * @throws 417
 */
export function checkRecord(
  world: World,
  site: SiteRow,
  group: Pick<GroupRow, 'name' | 'version' | 'apps' | 'servers'>,
  { self, checkedAt = Infinity }: Sight = {},
): void {
  const others = upgradesOf(world, site).filter(
    (row) => row !== self && row.creation <= checkedAt && isOpenUpgrade(row),
  );
  if (others.length > 0) {
    throw refuse(
      `Cannot schedule upgrade: site ${site.name} already has a pending or ongoing version upgrade`,
    );
  }
  const source = world.state.groups[site.group];
  const target = world.state.versions.find(({ name }) => name === group.version)?.number ?? 0;
  if (target - versionOf(world, source) > 1) {
    throw refuse(
      'Upgrading Sites by skipping a major version is unsupported. Destination Release Group ' +
        `${group.name} Version is ${group.version} and Source Version is ${source?.version ?? ''}`,
    );
  }
  if (!group.servers.includes(site.server)) {
    throw refuse(
      `Destination Group ${group.name} is not deployed on the site server ${site.server}.`,
    );
  }
  const absent = site.apps.filter((app) => !group.apps.includes(app));
  if (absent.length > 0) {
    throw refuse(
      `Destination Group ${group.name} doesn't have some of the apps installed on ` +
        `${site.name}: ${absent.join(', ')}`,
    );
  }
}
