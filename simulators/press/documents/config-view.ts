import { text } from '../json.js';
import { HIDDEN_PASSWORD } from '../sites/config.js';
import type { ConfigRow, JobRow, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { baseColumns, type Columns, flag } from './doctype.js';
import { jobDuration } from './job-views.js';

/** Site Config rows a customer sees; passwords in clear only right after an update (C 5.1, 5.2). */
export function configView(
  world: World,
  site: SiteRow,
  rows: readonly ConfigRow[],
  showPasswords: boolean,
): Columns[] {
  return rows
    .filter(({ internal }) => !internal)
    .map((row, index) => ({
      ...baseColumns(world, row),
      idx: index + 1,
      key: row.key,
      value: row.type === 'Password' && !showPasswords ? HIDDEN_PASSWORD : row.value,
      type: row.type,
      internal: flag(row.internal),
      parent: site.name,
      parentfield: 'configuration',
      parenttype: 'Site',
      doctype: 'Site Config',
    }));
}

/** What the list form answers: fresh rows carry numbers as floats and `__unsaved` (observed). */
export function freshConfigView(world: World, site: SiteRow, fresh: readonly string[]): Columns[] {
  return configView(world, site, site.config, true).map((row): Columns => {
    if (!fresh.includes(text(row.key))) return row;
    const value = row.type === 'Number' ? Number(row.value) : (row.value ?? null);
    return { ...row, value, __unsaved: 1 };
  });
}

/** The raw Agent Job that `Site.delete_config` answers: all of the configuration, in clear (C 5.3). */
export function configJob(
  world: World,
  site: SiteRow,
  job: JobRow,
  removed: readonly string[],
): Columns {
  const config = Object.fromEntries(site.config.map(({ key, value }) => [key, value]));
  return {
    ...baseColumns(world, job),
    job_type: job.jobType,
    status: job.status,
    server_type: 'Server',
    server: job.server,
    bench: job.bench,
    site: job.site,
    job_id: job.jobId,
    request_path: `benches/${site.bench}/sites/${site.name}/config`,
    request_method: 'POST',
    retry_count: 0,
    duration: jobDuration(world, job),
    request_data: JSON.stringify({ config, remove: removed }, null, 4),
    request_files: '{}',
    callback_failure_count: 0,
    doctype: 'Agent Job',
  };
}
