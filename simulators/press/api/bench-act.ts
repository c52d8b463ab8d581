import { checkAdded } from '../benches/app-changes.js';
import { createGroup, dropGroup, groupsTitled, publicServer } from '../benches/groups.js';
import { crash, missing, refuse } from '../http/errors.js';
import { isObject, text } from '../json.js';
import type { Json } from '../types.js';
import {
  type CallContext,
  type Endpoints,
  groupOf,
  type Params,
  teamOf,
  userOf,
} from './endpoint.js';

/** Groups of one's own come and go (D 1). */
export const benchActEndpoints: Endpoints = {
  'press.api.bench.new': { mutates: true, requires: ['bench'], run: newGroup },
  'press.api.bench.archive': {
    mutates: true,
    guard: 'Release Group',
    requires: ['name'],
    run(context, params) {
      dropGroup(context.world, groupOf(context, params), userOf(context).user);
      return undefined;
    },
  },
};

const NEW_GROUP_KEYS = ['title', 'version', 'apps', 'cluster', 'saas_app', 'server'];

function newGroup(context: CallContext, { bench }: Params): Json {
  const { world } = context;
  if (!isObject(bench)) throw crash('TypeError', 'string indices must be integers');
  for (const key of NEW_GROUP_KEYS) {
    if (bench[key] === undefined) throw crash('KeyError', `'${key}'`);
  }
  const [title, version, team] = [text(bench.title), text(bench.version), teamOf(context).name];
  checkTitleIsFree(context, title);
  const server = serverFor(context, bench);
  if (!world.state.versions.some(({ name }) => name === version)) {
    throw missing('Frappe Version', version);
  }
  const apps = Array.isArray(bench.apps) ? bench.apps : [];
  if (apps.length === 0) throw crash('IndexError', 'list index out of range');
  const added = apps.filter(isObject).map((app) => ({
    app: text(app.name),
    source: text(app.source),
  }));
  checkAdded(world, added);
  const { user } = userOf(context);
  return createGroup(world, {
    title,
    version,
    apps: added.map(({ app }) => app),
    sources: Object.fromEntries(added.map(({ app, source }) => [app, source])),
    server,
    team,
    user,
  }).name;
}

/** Only enabled groups of this team count, and no lock is taken (D 1.0). */
function checkTitleIsFree(context: CallContext, title: string): void {
  const team = teamOf(context).name;
  const isTaken = groupsTitled(context.world, title, context.checkedAt).some(
    (group) => group.team === team && group.enabled,
  );
  if (!isTaken) return;
  throw refuse('A bench group with this name already exists. Please choose a different name.');
}

function serverFor(context: CallContext, bench: Record<string, Json>): string {
  const { world } = context;
  const wanted = text(bench.server);
  if (wanted === '') return publicServer(world, { cluster: text(bench.cluster) || null }).name;
  if (world.state.servers[wanted]?.team !== teamOf(context).name) {
    throw refuse('You can only create benches on your servers');
  }
  return wanted;
}
