import { refuse } from '../http/errors.js';
import { updatesOf } from '../updates/create.js';
import { isOpenUpdate } from '../updates/open.js';
import type { GroupRow } from '../world/catalogue.js';
import type { SiteOfDeploy } from '../world/deploys.js';
import type { World } from '../world/world.js';
import type { Choice } from './choice.js';
import { isUnfinished, newestBuild } from './status.js';

export const isDeploying = (world: World, group: GroupRow): boolean => {
  const build = newestBuild(world, group.name);
  return build !== undefined && isUnfinished(build);
};

/** What `deploy_and_update` asks, at once or in its pipeline (C 3.3). @throws 417 */
export function checkDeploy(
  world: World,
  group: GroupRow,
  { unchosen }: Pick<Choice, 'unchosen'>,
  sites: readonly SiteOfDeploy[],
): void {
  if (unchosen.length > 0) {
    throw refuse(
      'Every app needs a selected release before you can deploy or update. ' +
        'Please pick a version for each app and try again.',
    );
  }
  if (isDeploying(world, group)) throw refuse('A deploy for this bench is already in progress');
  for (const { site } of sites) {
    const row = world.state.sites[site];
    if (row !== undefined && updatesOf(world, row).some(isOpenUpdate)) {
      throw refuse('An update is already pending for this site');
    }
  }
}
