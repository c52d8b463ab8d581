import { type CallContext, teamOf } from '../api/endpoint.js';
import { forbid, missing } from '../http/errors.js';
import { text } from '../json.js';
import type { Json } from '../types.js';
import type { JobRow } from '../world/model.js';
import { ACCESS, baseColumns, type Columns, type Doctype } from './doctype.js';
import { jobColumns, jobWithSteps } from './job-views.js';

/** Lists fold statuses in what they show, filters see the raw column (A 2.3). */
const FOLDED: Readonly<Record<string, string>> = {
  Undelivered: 'Pending',
  'Delivery Failure': 'Failure',
};

export const jobDoctype: Doctype = {
  fields: [
    'job_type',
    'status',
    'start',
    'end',
    'duration',
    'bench',
    'site',
    'server',
    'job_id',
    'output',
    'group',
  ],
  list(context, filters) {
    const jobs = Object.values(context.world.state.jobs).filter(scopeOf(context, filters));
    return jobs.map((job): Columns => ({
      ...baseColumns(context.world, job),
      ...jobColumns(context.world, job),
      group: filters.group ?? null,
    }));
  },
  decorate(_context, row) {
    if (typeof row.status === 'string') row.status = FOLDED[row.status] ?? row.status;
  },
  exists: ({ world }, name) => name in world.state.jobs,
  owns(context, name) {
    const { jobs, benches } = context.world.state;
    const bench = benches[jobs[name]?.bench ?? ''];
    return bench?.team === teamOf(context).name;
  },
  get({ world }, name) {
    const job = world.state.jobs[name];
    if (job === undefined) throw missing('Agent Job', name);
    const steps = job.steps.map((step, index) => ({
      name: step.name,
      ...(jobWithSteps(world, job).steps as Columns[])[index],
    }));
    const status = job.status === 'Undelivered' && job.output === null ? 'Pending' : job.status;
    return {
      doctype: 'Agent Job',
      ...baseColumns(world, job),
      ...jobColumns(world, job),
      status,
      steps,
      ...ACCESS,
    };
  },
};

/** One of site, bench, server or group must be named, as plain text, and be the team's (A 2.3). */
function scopeOf(
  context: CallContext,
  filters: Readonly<Record<string, Json>>,
): (job: JobRow) => boolean {
  const { sites, benches, groups } = context.world.state;
  const team = teamOf(context).name;
  const owned = (kind: string, owner: string | undefined): void => {
    if (kind in filters && owner !== team) throw forbid('Not permitted');
  };
  owned('site', sites[text(filters.site)]?.team);
  owned('bench', benches[text(filters.bench)]?.team);
  owned('group', groups[text(filters.group)]?.team);
  if ('site' in filters) return (job) => job.site === filters.site;
  if ('bench' in filters) return (job) => job.bench === filters.bench;
  if ('group' in filters) return (job) => benches[job.bench ?? '']?.group === filters.group;
  throw forbid('Not permitted');
}
