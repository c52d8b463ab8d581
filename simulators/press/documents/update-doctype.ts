import { updateMethods } from '../api/update-methods.js';
import type { UpdateRow } from '../world/updates.js';
import type { World } from '../world/world.js';
import { type Columns, type Doctype, flag } from './doctype.js';
import { owned } from './owned.js';
import { MICROS_PER_SECOND } from '../world/time.js';

const FIELDS = [
  'status',
  'site',
  'destination_bench',
  'source_bench',
  'deploy_type',
  'difference',
  'scheduled_time',
  'skipped_backups',
  'skipped_failing_patches',
  'backup_type',
  'physical_backup_restoration',
  'activate_site_job',
  'deactivate_site_job',
  'update_job',
  'recover_job',
  'update_start',
  'update_end',
  'update_duration',
];

const updateBase = owned({
  doctype: 'Site Update',
  fields: FIELDS,
  rows: (world) => Object.values(world.state.updates),
  team: (_world, row) => row.team,
  columns: updateColumns,
});

export const updateDoctype: Doctype = {
  ...updateBase,
  get(context, name) {
    const update = context.world.state.updates[name];
    const columns = updateBase.get(context, name);
    return update === undefined ? columns : { ...columns, steps: stepsOf(context.world, update) };
  },
  methods: updateMethods,
};

function updateColumns(world: World, row: UpdateRow): Columns {
  const { start, end } = row;
  const seconds = start === null || end === null ? null : (end - start) / MICROS_PER_SECOND;
  return {
    status: row.status,
    site: row.site,
    destination_bench: row.destination.bench,
    source_bench: row.source.bench,
    deploy_type: 'Migrate',
    difference: row.difference,
    scheduled_time: world.localShort(row.scheduledTime),
    skipped_backups: flag(row.skipBackups),
    skipped_failing_patches: flag(row.skipFailingPatches),
    backup_type: 'Logical',
    physical_backup_restoration: null,
    activate_site_job: null,
    deactivate_site_job: null,
    update_job: row.updateJob,
    recover_job: row.recoverJob,
    update_start: world.local(start),
    update_end: world.local(end),
    update_duration: seconds === null ? null : Math.floor(seconds),
  };
}

/** The steps of both jobs, one after the other. */
function stepsOf(world: World, { updateJob, recoverJob }: UpdateRow): Columns[] {
  const stages = [
    ['Update Site', updateJob],
    ['Recover Site', recoverJob],
  ] as const;
  return stages.flatMap(([stage, job]) =>
    (world.state.jobs[job ?? '']?.steps ?? []).map(({ name, stepName, status, output }) => ({
      name,
      title: stepName,
      status,
      output,
      stage,
    })),
  );
}
