import { publishRelease } from '../benches/releases.js';
import type { AppCommit, SourceSwitches } from '../types.js';
import type { World } from '../world/world.js';

/** What one may arrange about apps, their sources and how they are deployed. */
export interface CodeControls {
  /** New commits of apps of a group, by default of all. */
  publishReleases: (group: string, apps?: readonly string[]) => AppCommit[];
  /** Withdraws a release: who chooses it is refused. */
  yankRelease: (release: string) => void;
  /** Switches of an App Source (C 1.3). */
  setSource: (source: string, switches: SourceSwitches) => void;
  /** The branches of `owner/repository`, each with the versions it is good for. */
  setBranches: (repository: string, branches: Record<string, string[]>) => void;
  /** Whether `deploy_and_update` answers a pipeline or a build (C 3.3). */
  setPipelines: (used: boolean) => void;
}

export function createCodeControls(world: World): CodeControls {
  return {
    publishReleases(name, apps) {
      const group = world.state.groups[name];
      if (group === undefined) throw new Error(`no group ${name}`);
      const published = (apps ?? group.apps).map((app): AppCommit => {
        const source = group.sources[app];
        if (source === undefined) throw new Error(`no app ${app} in ${name}`);
        const { name: release, hash } = publishRelease(world, source);
        return { app, source, release, hash };
      });
      world.onChange();
      return published;
    },
    yankRelease(name) {
      const release = world.state.releases[name];
      if (release === undefined) throw new Error(`no release ${name}`);
      release.yanked = true;
      world.onChange();
    },
    setSource(name, switches) {
      const source = world.state.sources[name];
      if (source === undefined) throw new Error(`no source ${name}`);
      Object.assign(source, switches);
      world.onChange();
    },
    setBranches(repository, branches) {
      world.state.repositories[repository] = branches;
      world.onChange();
    },
    setPipelines(used) {
      world.state.usesPipelines = used;
      world.onChange();
    },
  };
}
