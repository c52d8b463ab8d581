import { benchesOf, activeBenches, sitesOfGroup } from '../benches/status.js';
import { benchOptions } from '../documents/bench-options.js';
import { benchWithSites } from '../documents/bench-versions.js';
import { appsOfGroup, deployInformation } from '../documents/deploy-information.js';
import type { Columns } from '../documents/doctype.js';
import { benchDependencies } from '../documents/group-view.js';
import { jobLine, runningJob } from '../documents/job-views.js';
import { crash } from '../http/errors.js';
import { isObject, text } from '../json.js';
import type { GroupRow } from '../world/catalogue.js';
import type { JobRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { type Endpoints, groupOf, teamOf } from './endpoint.js';

/** Reads of one's own bench groups (D 1, D 6.1). */
export const benchReadEndpoints: Endpoints = {
  /** Enabled groups of this team only; other teams' titles block `site.new` all the same (D 1.2). */
  'press.api.bench.exists': {
    requires: ['title'],
    run: (context, params) =>
      ownGroups(context.world, teamOf(context).name).some(({ title }) => title === params.title),
  },
  'press.api.bench.options': { run: ({ world }) => benchOptions(world) },
  'press.api.bench.all': {
    run(context, params) {
      const filter = params.bench_filter ?? { status: '', tag: '' };
      if (!isObject(filter)) throw crash('TypeError', 'string indices must be integers');
      for (const key of ['status', 'tag']) {
        if (filter[key] === undefined) throw crash('KeyError', `'${key}'`);
      }
      return ownGroups(context.world, teamOf(context).name)
        .filter(({ tags }) => filter.tag === '' || tags.some(({ tag }) => tag === filter.tag))
        .map((group) => groupLine(context.world, group))
        .filter(({ status }) => filter.status === '' || status === filter.status)
        .reverse();
    },
  },
  'press.api.bench.get': {
    guard: 'Release Group',
    run: (context, params) => groupSummary(context.world, groupOf(context, params)),
  },
  'press.api.bench.apps': {
    guard: 'Release Group',
    run: (context, params) => appsOfGroup(context.world, groupOf(context, params)),
  },
  'press.api.bench.dependencies': { guard: 'Release Group', run: () => benchDependencies() },
  'press.api.bench.deploy_information': {
    guard: 'Release Group',
    run: (context, params) => deployInformation(context.world, groupOf(context, params)),
  },
  'press.api.bench.versions': {
    guard: 'Release Group',
    run: (context, params) =>
      benchesOf(context.world, groupOf(context, params).name)
        .filter(({ status }) => status !== 'Archived')
        .map((bench) => benchWithSites(context.world, bench))
        .reverse(),
  },
  /** Guarded by the first value of `filters`, like `site.jobs` (A 4.2). */
  'press.api.bench.jobs': {
    guard: 'Release Group',
    run({ world }, params) {
      const group = isObject(params.filters) ? text(params.filters.name) : '';
      const start = Number(params.limit_start ?? 0);
      const length = Number(params.limit_page_length ?? Infinity);
      const jobs = jobsOfGroup(world, group);
      return jobs.slice(start, start + length).map((job) => jobLine(world, job));
    },
  },
  'press.api.bench.running_jobs': {
    guard: 'Release Group',
    run: (context, params) =>
      jobsOfGroup(context.world, groupOf(context, params).name)
        .filter(({ status }) => status === 'Pending' || status === 'Running')
        .map(runningJob)
        .reverse(),
  },
  /** Dead at the measured version (observed 4). */
  'press.api.bench.candidates': {
    guard: 'Release Group',
    run() {
      throw crash('OperationalError', `(1054, "Unknown column 'status' in 'SELECT'")`);
    },
  },
};

const ownGroups = (world: World, team: string): GroupRow[] =>
  Object.values(world.state.groups).filter((group) => group.team === team && group.enabled);

/** Bench and site jobs, the newest first: neither image builds nor the proxy's (observed 4). */
function jobsOfGroup(world: World, group: string): JobRow[] {
  const { jobs, benches } = world.state;
  return Object.values(jobs)
    .filter((job) => benches[job.bench ?? '']?.group === group)
    .sort((a, b) => b.creation - a.creation);
}

/** Only these two statuses are told here (C 3.7). */
const shortStatus = (world: World, group: GroupRow): string =>
  activeBenches(world, group.name).length > 0 ? 'Active' : 'Awaiting Deploy';

function groupLine(world: World, group: GroupRow): Columns {
  return {
    number_of_sites: sitesOfGroup(world, group.name).length,
    name: group.name,
    title: group.title,
    version: group.version,
    creation: world.local(group.creation),
    tags: group.tags.map(({ tag }) => tag),
    number_of_apps: group.apps.length,
    status: shortStatus(world, group),
  };
}

function groupSummary(world: World, group: GroupRow): Columns {
  const tags = group.tags.map(({ tag }) => tag);
  return {
    name: group.name,
    title: group.title,
    team: group.team,
    version: group.version,
    status: shortStatus(world, group),
    last_updated: world.local(benchesOf(world, group.name).at(-1)?.creation ?? null),
    creation: world.local(group.creation),
    saas_app: null,
    public: group.public,
    no_sites: sitesOfGroup(world, group.name).length,
    bench_tags: tags,
    tags,
  };
}
