import { crash } from '../http/errors.js';
import type { GroupRow } from '../world/catalogue.js';
import type { SourceRow } from '../world/sources.js';
import type { World } from '../world/world.js';
import { publishRelease } from './releases.js';

/** A branch of a repository on GitHub. */
export interface Branch {
  owner: string;
  repository: string;
  branch: string;
}

const STANDARD_BRANCH = /^version-(\d+)$/;

/** The versions a branch is good for, as its code says; null when there is no such branch. */
export function versionsOfBranch(
  { state }: World,
  { owner, repository, branch }: Branch,
): string[] | null {
  const branches = state.repositories[`${owner}/${repository}`];
  if (branches !== undefined) return branches[branch] ?? null;
  const number = Number(STANDARD_BRANCH.exec(branch)?.[1]);
  const version = state.versions.find((row) => row.number === number);
  return version === undefined ? null : [version.name];
}

/** The source of a branch that a team may use: its own, or a public one. */
export function findSource(
  { state }: World,
  app: string,
  { owner, repository, branch }: Branch,
  team: string,
): SourceRow | undefined {
  return Object.values(state.sources).find(
    (row) =>
      row.app === app &&
      row.repositoryOwner === owner &&
      row.repository === repository &&
      row.branch === branch &&
      (row.public || row.team === team),
  );
}

/** A private source of a team, with the commit its branch is at. */
export function createSource(
  world: World,
  app: string,
  { owner, repository, branch }: Branch,
  { team, user, versions }: { team: string; user: string; versions: string[] },
): SourceRow {
  const number = Object.keys(world.state.sources).length + 1;
  const source: SourceRow = {
    ...world.newRow(user, `SRC-${app}-${String(number).padStart(3, '0')}`),
    app,
    repositoryOwner: owner,
    repository,
    branch,
    team,
    public: false,
    enabled: true,
    versions,
  };
  world.state.sources[source.name] = source;
  publishRelease(world, source.name);
  return source;
}

/**
 * The source of a branch for a group, made or widened when there is none for its version.
 *
 * @throws 500 VersioningError when the branch is not for the version
 */
export function sourceForVersion(
  world: World,
  app: string,
  place: Branch,
  { group, user }: { group: Pick<GroupRow, 'version' | 'team'>; user: string },
): SourceRow {
  const versions = versionsOfBranch(world, place) ?? [];
  if (!versions.includes(group.version)) {
    throw crash(
      'VersioningError',
      `${group.version} is not supported by branch ${place.branch} for app ${app}`,
    );
  }
  const known = findSource(world, app, place, group.team);
  if (known === undefined) {
    return createSource(world, app, place, { team: group.team, user, versions });
  }
  if (!known.versions.includes(group.version)) known.versions.push(group.version);
  return known;
}
