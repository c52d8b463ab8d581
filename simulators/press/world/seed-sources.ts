import { createHash } from 'node:crypto';
import type { Micros } from './model.js';
import { APPS, FRAPPE_TEAM, sourceName, VERSIONS } from './seed-catalogue.js';
import type { ReleaseRow, SourceRow, SourceState } from './sources.js';

/** A commit, made of what makes it different from others. */
export const commitHash = (text: string): string => createHash('sha1').update(text).digest('hex');

/** Length of the name of a release that the world begins with. */
const NAME_LENGTH = 10;

/** A public source for each app and version, with one release each. */
export function seedSources(now: Micros): SourceState {
  const stamps = {
    owner: 'Administrator',
    creation: now,
    modified: now,
    modifiedBy: 'Administrator',
  };
  const sources: SourceRow[] = APPS.flatMap(({ app, repositoryOwner }) =>
    VERSIONS.map((version) => ({
      name: sourceName(app, version.number),
      ...stamps,
      app,
      repositoryOwner,
      repository: app,
      branch: `version-${version.number}`,
      team: FRAPPE_TEAM,
      public: true,
      enabled: true,
      versions: [version.name],
    })),
  );
  const releases: ReleaseRow[] = sources.map(({ name: source }) => {
    const hash = commitHash(source);
    const name = hash.slice(0, NAME_LENGTH);
    return { name, ...stamps, source, hash, message: 'Release', yanked: false };
  });
  return { sources: byName(sources), releases: byName(releases), repositories: {} };
}

/** The releases of the sources a seeded group has. */
export const seededRelease = (source: string): string => commitHash(source).slice(0, NAME_LENGTH);

const byName = <T extends { name: string }>(rows: T[]): Record<string, T> =>
  Object.fromEntries(rows.map((row) => [row.name, row]));
