import { crash, missingLink, PressError, refuse } from '../http/errors.js';
import { ceilTo, milliseconds } from '../jobs/agent.js';
import type { GroupRow } from '../world/catalogue.js';
import type { Micros, SiteRow } from '../world/model.js';
import type { UpgradeRow } from '../world/updates.js';
import type { World } from '../world/world.js';
import { insertUpdate } from './create.js';
import { checkFatal, checkRecord, versionOf } from './upgrade-checks.js';
import { followUpdate } from './upgrade-follow.js';
import { isBusy, startUpdate } from './start.js';

interface UpgradeRequest {
  user: string;
  /** Ignored for a site on a public bench. */
  group: string | null;
  scheduledTime: Micros | null;
  skipBackups: boolean;
  skipFailingPatches: boolean;
  /** Records made after this are not seen: no lock is taken (observed-2 1.7). */
  checkedAt: Micros;
}

/**
 * `press.api.site.version_upgrade` (C 1.1): at once, or at a time; nothing tells of the record.
 *
 * @throws 417; when it cannot begin, the reason is the first of two messages and nothing stays
 */
export function upgradeSite(world: World, site: SiteRow, request: UpgradeRequest): void {
  const group = destinationGroup(world, site, request.group);
  checkFatal(site);
  checkRecord(world, site, group, { checkedAt: request.checkedAt });
  const upgrade: UpgradeRow = {
    ...world.newRow(request.user),
    site: site.name,
    team: site.team,
    status: 'Scheduled',
    sourceGroup: site.group,
    destinationGroup: group.name,
    scheduledTime: request.scheduledTime,
    skipBackups: request.skipBackups,
    skipFailingPatches: request.skipFailingPatches,
    deploysBench: false,
    update: null,
  };
  world.state.upgrades[upgrade.name] = upgrade;
  if (request.scheduledTime === null) startAtOnce(world, site, upgrade);
  else waitForRound(world, upgrade);
  world.effect('upgrade.create', site.name);
}

function startAtOnce(world: World, site: SiteRow, upgrade: UpgradeRow): void {
  try {
    beginUpgrade(world, site, upgrade, upgrade.owner);
  } catch (error) {
    Reflect.deleteProperty(world.state.upgrades, upgrade.name);
    if (!(error instanceof PressError)) throw error;
    throw new PressError('LinkValidationError', `Could not find Reference Name: ${upgrade.name}`, {
      earlier: [error.message],
    });
  }
}

/** Makes the Site Update of an upgrade. @throws what refuses it */
export function beginUpgrade(world: World, site: SiteRow, upgrade: UpgradeRow, user: string): void {
  if (isBusy(site)) throw refuse('Site is under maintenance. Cannot Update');
  const update = insertUpdate(world, site, {
    user,
    skipBackups: upgrade.skipBackups,
    skipFailingPatches: upgrade.skipFailingPatches,
    scheduledTime: null,
    group: upgrade.destinationGroup,
  });
  startUpdate(world, site, update);
  upgrade.update = update.name;
  followUpdate(world, upgrade);
}

/** At the next round for upgrades after its time; a time that has passed means the next one. */
export function waitForRound(world: World, upgrade: UpgradeRow): void {
  const round = milliseconds(world.timings.upgradeRound);
  const due = ceilTo(Math.max(upgrade.scheduledTime ?? 0, world.now() + 1), round);
  world.schedule(due, 'upgrade.start', upgrade.name);
}

/** From a public bench to the first public group of the next version on the server (C 1.1). */
function destinationGroup(world: World, site: SiteRow, wanted: string | null): GroupRow {
  const { groups } = world.state;
  const source = groups[site.group];
  if (source?.public !== true) {
    if (wanted === null) {
      throw crash('AttributeError', "'NoneType' object has no attribute 'version'");
    }
    const group = groups[wanted];
    if (group === undefined) throw missingLink(`Could not find Destination Group: ${wanted}`);
    return group;
  }
  const next = versionOf(world, source) + 1;
  const group = Object.values(groups).find(
    (row) =>
      row.public &&
      row.enabled &&
      versionOf(world, row) === next &&
      row.servers.includes(site.server),
  );
  if (group !== undefined) return group;
  throw refuse(
    `There are no public benches with the version <strong>Version ${next}</strong>. Please try ` +
      "with another public bench or reach out to us at<a href='https://support.frappe.io'> " +
      'support.frappe.io </a>.',
  );
}
