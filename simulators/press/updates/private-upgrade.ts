import { startDeploy } from '../benches/builds.js';
import { checkDeployable } from '../benches/deployable.js';
import { createGroup, groupsTitled } from '../benches/groups.js';
import { newestReleases } from '../benches/releases.js';
import { PressError, refuse } from '../http/errors.js';
import type { Micros, SiteRow } from '../world/model.js';
import type { UpgradeRow } from '../world/updates.js';
import type { World } from '../world/world.js';
import { checkFatal, checkRecord } from './upgrade-checks.js';
import { nextSources, type WantedSource } from './next-sources.js';
import { nextVersion } from './next-version.js';

export interface PrivateUpgradeRequest {
  user: string;
  team: string;
  /** Name of the site's present version, as the caller says. */
  version: string;
  title: string;
  customSources: readonly WantedSource[];
  scheduledTime: Micros | null;
  skipBackups: boolean;
  skipFailingPatches: boolean;
  /** Groups and records made after this are not seen: no lock is taken (observed-2 1.7). */
  checkedAt: Micros;
}

/**
 * `create_private_bench_for_site_upgrade`: a group of the next version on the site's server, its
 * build at once, and a record that waits for the bench (C 1.4).
 *
 * @returns the name of the group.
 * @throws 417; what refuses group, record or deploy is wrapped in another text
 */
export function upgradeToNewBench(
  world: World,
  site: SiteRow,
  request: PrivateUpgradeRequest,
): string {
  const { user, team, title, checkedAt } = request;
  const next = nextVersion(world, request.version);
  const sources = nextSources(world, site, next, { user, team, wanted: request.customSources });
  const version = next.name;
  const plan = { version, apps: Object.keys(sources), sources, title, server: site.server };
  wrapped(() => {
    checkTitle(world, title, team, checkedAt);
    checkFatal(site);
    checkRecord(world, site, { ...plan, name: title, servers: [site.server] }, { checkedAt });
    checkDeployable(world, plan, newestReleases(world, plan));
  });
  const group = createGroup(world, { ...plan, team, user });
  const upgrade: UpgradeRow = {
    ...world.newRow(user),
    site: site.name,
    team: site.team,
    status: 'Pending',
    sourceGroup: site.group,
    destinationGroup: group.name,
    scheduledTime: request.scheduledTime,
    skipBackups: request.skipBackups,
    skipFailingPatches: request.skipFailingPatches,
    deploysBench: true,
    update: null,
  };
  world.state.upgrades[upgrade.name] = upgrade;
  world.effect('upgrade.create', site.name);
  startDeploy(world, group, user);
  return group.name;
}

function checkTitle(world: World, title: string, team: string, checkedAt: Micros): void {
  const isTaken = groupsTitled(world, title, checkedAt).some(
    (group) => group.team === team && group.enabled,
  );
  if (!isTaken) return;
  throw refuse(`Bench of name ${title} already exists. Please try another name.`);
}

/** Both messages reach the user (r2-seq-upgrade-create-private-bench-scheduled). */
function wrapped(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof PressError)) throw error;
    const { message } = error;
    throw new PressError('ValidationError', `Failed to create and deploy bench: ${message}`, {
      earlier: [message],
    });
  }
}
