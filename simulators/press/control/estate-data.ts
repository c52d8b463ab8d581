import type { Estate } from '../estate-types.js';
import { iso } from '../world/time.js';
import type { World } from '../world/world.js';

export function readBackups({ state }: World): Pick<Estate, 'backups' | 'objects'> {
  return {
    backups: Object.values(state.backups).map((row) => ({
      name: row.name,
      site: row.site,
      status: row.status,
      owner: row.owner,
      offsite: row.offsite,
      withFiles: row.withFiles,
      filesAvailability: row.filesAvailability,
      job: row.job,
      files: Object.fromEntries(
        Object.entries(row.files).map(([kind, { fileName, size, mark, remote }]) => [
          kind,
          { fileName, size, mark, remote },
        ]),
      ),
    })),
    objects: Object.values(state.objects).map(({ key, size, mark }) => ({ key, size, mark })),
  };
}

export function readUpdates({ state }: World): Pick<Estate, 'updates' | 'upgrades' | 'actions'> {
  return {
    updates: Object.values(state.updates).map((row) => ({
      name: row.name,
      site: row.site,
      status: row.status,
      sourceBench: row.source.bench,
      destinationBench: row.destination.bench,
      scheduledTime: row.scheduledTime === null ? null : iso(row.scheduledTime),
      skipBackups: row.skipBackups,
      updateJob: row.updateJob,
      recoverJob: row.recoverJob,
    })),
    actions: Object.values(state.actions).map(({ name, site, status, group, server }) => ({
      name,
      site,
      status,
      group,
      server,
    })),
    upgrades: Object.values(state.upgrades).map(
      ({ name, site, status, destinationGroup, scheduledTime, deploysBench, update }) => ({
        name,
        site,
        status,
        destinationGroup,
        scheduledTime: scheduledTime === null ? null : iso(scheduledTime),
        deploysBench,
        update,
      }),
    ),
  };
}
