import type { Row } from './model.js';

/** An App Source: a branch of a repository, and the versions it is good for (C 1.3). */
export interface SourceRow extends Row {
  app: string;
  repositoryOwner: string;
  repository: string;
  branch: string;
  team: string;
  public: boolean;
  enabled: boolean;
  /** Names of Frappe Versions. */
  versions: string[];
}

/** An App Release: a commit of a source. */
export interface ReleaseRow extends Row {
  source: string;
  hash: string;
  message: string;
  yanked: boolean;
}

/** The part of the world that is about the code of apps. */
export interface SourceState {
  sources: Record<string, SourceRow>;
  releases: Record<string, ReleaseRow>;
  /**
   * What GitHub knows: by `owner/repository`, the versions each branch is good for. A repository
   * that is not listed has a branch `version-<number>` for each version.
   */
  repositories: Record<string, Record<string, string[]>>;
}
