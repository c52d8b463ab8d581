import { refuse } from '../http/errors.js';
import type { GroupRow } from '../world/catalogue.js';
import type { World } from '../world/world.js';

/** What a deploy is asked before its build (D 1.6, C 3.3). @throws 417 */
export function checkDeployable(
  world: World,
  group: Pick<GroupRow, 'apps' | 'version'>,
  releases: Readonly<Record<string, string>>,
): void {
  const rows = group.apps.map((app) => ({ app, row: world.state.releases[releases[app] ?? ''] }));
  const absent = rows.filter(({ row }) => row === undefined).map(({ app }) => `'${app}'`);
  if (absent.length > 0) {
    throw refuse(
      `Following apps [${absent.join(', ')}] not found. ` +
        'Potentially due to not approved App Releases.',
    );
  }
  if (rows.some(({ row }) => row?.yanked === true)) {
    throw refuse('Some app versions have been yanked. Please pick other versions and try again.');
  }
  for (const { row } of rows) {
    const source = world.state.sources[row?.source ?? ''];
    if (source === undefined || source.versions.includes(group.version)) continue;
    throw refuse(
      `${source.repository}:${source.branch} branch is no longer compatible with bench of ` +
        group.version,
    );
  }
}
