import { jobLine, jobWithSteps, runningJob } from '../documents/job-views.js';
import { matchesFilters } from '../documents/filters.js';
import { jobColumns } from '../documents/job-views.js';
import { forbid, missing } from '../http/errors.js';
import type { JobRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { type CallContext, type Endpoints, siteOf, teamOf } from './endpoint.js';
import { isObject, text } from '../json.js';

export const siteJobEndpoints: Endpoints = {
  /** No ownership check, raw status, null for an unknown job (A 4.2). */
  'press.api.site.get_job_status': {
    requires: ['job_name'],
    run: ({ world }, params) => ({
      status: world.state.jobs[text(params.job_name)]?.status ?? null,
    }),
  },
  'press.api.site.job': {
    requires: ['job'],
    run(context, params) {
      const job = context.world.state.jobs[text(params.job)];
      if (job === undefined) throw missing('Agent Job', text(params.job));
      checkJobTeam(context, job);
      return jobWithSteps(context.world, job);
    },
  },
  'press.api.site.jobs': {
    guard: 'Site',
    run({ world }, params) {
      const filters = isObject(params.filters) ? params.filters : {};
      const start = Number(params.limit_start ?? 0);
      const length = Number(params.limit_page_length ?? Infinity);
      const jobs = newestFirst(world, (job) => matchesFilters(columnsOf(world, job), filters));
      const ordered = text(params.order_by).endsWith(' asc') ? jobs.reverse() : jobs;
      return ordered.slice(start, start + length).map((job) => jobLine(world, job));
    },
  },
  /** Only raw Pending and Running: an undelivered job is missing here (A 4.2). */
  'press.api.site.running_jobs': {
    guard: 'Site',
    run(context, params) {
      const site = siteOf(context, params);
      const open = newestFirst(
        context.world,
        (job) => job.site === site.name && (job.status === 'Pending' || job.status === 'Running'),
      );
      return open.reverse().map(runningJob);
    },
  },
};

function checkJobTeam(context: CallContext, job: JobRow): void {
  const { sites, benches } = context.world.state;
  const owner =
    job.site === null ? benches[job.bench ?? '']?.team : (sites[job.site]?.team ?? null);
  if (owner !== undefined && owner !== teamOf(context).name) {
    throw forbid('Not permitted to access this job');
  }
}

function columnsOf(world: World, job: JobRow) {
  return { name: job.name, creation: world.local(job.creation), ...jobColumns(world, job) };
}

function newestFirst(world: World, keep: (job: JobRow) => boolean): JobRow[] {
  return Object.values(world.state.jobs)
    .filter(keep)
    .sort((a, b) => b.creation - a.creation);
}
