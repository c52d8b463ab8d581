import { crash } from '../http/errors.js';
import { duration } from '../world/time.js';
import type { BuildRow } from '../world/deploys.js';
import type { World } from '../world/world.js';
import { buildSteps } from './build-steps.js';
import type { Columns, Doctype } from './doctype.js';
import { owned } from './owned.js';

const orderBase = owned({
  doctype: 'Site Group Deploy',
  fields: ['status', 'site', 'release_group'],
  rows: (world) => Object.values(world.state.orders),
  team: (_world, row) => row.team,
  columns: (_world, { status, site, group }) => ({ status, site, release_group: group }),
});

/** No methods, no delete; the subdomain is only found through the title of the group (A 2.3). */
export const orderDoctype: Doctype = {
  ...orderBase,
  linked({ world }, columns) {
    const group = Object.values(world.state.groups).find(
      ({ name }) => name === columns.release_group,
    );
    return { release_group: group && { title: group.title, version: group.version } };
  },
};

export const candidateDoctype = owned({
  doctype: 'Deploy Candidate',
  fields: ['group', 'team'],
  rows: (world) => Object.values(world.state.candidates),
  team: (_world, row) => row.team,
  columns: (_world, { group, team }) => ({ group, team }),
});

export const queueDoctype = owned({
  doctype: 'New Bench Queue',
  fields: ['status', 'group'],
  rows: (world) => Object.values(world.state.queue),
  team: (_world, row) => row.team,
  columns: (_world, { status, group }) => ({ status, group }),
});

const buildBase = owned({
  doctype: 'Deploy Candidate Build',
  fields: [
    'status',
    'build_steps',
    'build_start',
    'build_end',
    'build_duration',
    'build_error',
    'group',
    'retry_count',
    'team',
    'deploy_candidate',
  ],
  rows: (world) => Object.values(world.state.builds),
  team: (_world, row) => row.team,
  columns: buildColumns,
});

export const buildDoctype: Doctype = {
  ...buildBase,
  /** Listed for the dashboard, but no column: asking for it is an SQL error (A 2.3). */
  decorate(_context, _row, _columns, { fields }) {
    if (fields.includes('deployed')) {
      throw crash('OperationalError', `(1054, "Unknown column 'deployed' in 'SELECT'")`);
    }
  },
  get(context, name) {
    const build = context.world.state.builds[name];
    const columns = buildBase.get(context, name);
    if (build === undefined) return columns;
    return { ...columns, deployed: null, build_steps: buildSteps(context.world, build) };
  },
};

function buildColumns(world: World, build: BuildRow): Columns {
  const { start, end } = build;
  return {
    status: build.status,
    build_start: world.local(start),
    build_end: world.local(end),
    build_duration: start === null || end === null ? null : duration(end - start),
    build_error: build.error,
    group: build.group,
    retry_count: build.retryCount,
    team: build.team,
    deploy_candidate: build.candidate,
  };
}
