import { activeBenches } from '../benches/status.js';
import { queueBench } from '../benches/queue.js';
import { compatibility } from '../documents/compatibility.js';
import type { Columns } from '../documents/doctype.js';
import { crash, forbid, refuse } from '../http/errors.js';
import { text } from '../json.js';
import { nextVersion } from '../updates/next-version.js';
import type { GroupRow } from '../world/catalogue.js';
import type { BuildRow } from '../world/deploys.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import {
  type CallContext,
  type Endpoints,
  type Params,
  siteOf,
  teamOf,
  userOf,
} from './endpoint.js';

/** What one asks before an upgrade (C 1.2-1.5). */
export const siteUpgradeEndpoints: Endpoints = {
  /** Speaks of any own group of the next version with the apps, not of a certain one (D 1.7). */
  'press.api.site.check_existing_upgrade_bench': {
    guard: 'Site',
    requires: ['name', 'version'],
    run(context, params) {
      const site = siteOf(context, params);
      for (const group of ownGroupsOfNextVersion(context, params)) {
        const bench = benchOf(context.world, group, site);
        if (bench === undefined || site.apps.some((app) => !group.apps.includes(app))) continue;
        return upgradeBench(bench, group);
      }
      return upgradeBench(null, null);
    },
  },
  'press.api.site.check_app_compatibility_for_upgrade': {
    guard: 'Site',
    requires: ['name', 'version'],
    run(context, params) {
      const { world } = context;
      return compatibility(
        world,
        siteOf(context, params),
        nextVersion(world, text(params.version)).name,
      );
    },
  },
  /** Not limited to the site's server, nor to groups with benches (C 1.5). */
  'press.api.site.get_private_groups_for_upgrade': {
    guard: 'Site',
    requires: ['name', 'version'],
    run: (context, params) =>
      ownGroupsOfNextVersion(context, params).map(({ name, title }) => ({ name, title })),
  },
  /** Not guarded, and true does not mean that a bench is there (C 1.5). */
  'press.api.site.validate_group_for_upgrade': {
    requires: ['name', 'group_name'],
    run({ world }, params) {
      const site = world.state.sites[text(params.name)];
      const group = world.state.groups[text(params.group_name)];
      return group?.servers.includes(site?.server ?? '') ?? false;
    },
  },
  'press.api.site.add_server_to_release_group': {
    mutates: true,
    guard: 'Site',
    requires: ['name', 'group_name'],
    run: addServer,
  },
};

/** @returns null when there is none. @throws 500 for an unknown one (C 1.2). */
function numberAfter(world: World, params: Params): number | null {
  const known = world.state.versions.find(({ name }) => name === text(params.version));
  if (known === undefined) {
    throw crash('TypeError', "unsupported operand type(s) for +: 'NoneType' and 'int'");
  }
  return world.state.versions.find(({ number }) => number === known.number + 1)?.number ?? null;
}

function ownGroupsOfNextVersion(context: CallContext, params: Params): GroupRow[] {
  const { world } = context;
  const next = numberAfter(world, params);
  const version = world.state.versions.find(({ number }) => number === next);
  return Object.values(world.state.groups).filter(
    (group) =>
      group.enabled &&
      !group.public &&
      group.team === teamOf(context).name &&
      group.version === version?.name,
  );
}

const benchOf = (world: World, group: GroupRow, site: SiteRow): string | undefined =>
  activeBenches(world, group.name).find(({ server }) => server === site.server)?.name;

const upgradeBench = (bench: string | null, group: GroupRow | null): Columns => ({
  exists: bench !== null,
  bench_name: bench,
  release_group: group?.name ?? null,
  release_group_title: group?.title ?? null,
});

/** Puts the last image of the group up on the site's server too; nothing tells of it (C 1.5). */
function addServer(context: CallContext, params: Params): undefined {
  const { world } = context;
  const site = siteOf(context, params);
  const group = world.state.groups[text(params.group_name)];
  if (group?.team !== teamOf(context).name) throw forbid('Not permitted');
  const build = lastBuild(world, group);
  if (build === undefined) {
    throw refuse(
      `There should be atleast one deploy in the bench <strong>${group.title}</strong> to do a ` +
        'site migration or a site version upgrade. Please ' +
        "<a href='https://docs.frappe.io/cloud/handbook/how-bench-deploy-works'>create a deploy" +
        '</a> to proceed further.',
    );
  }
  const server = text(params.server) || site.server;
  if (group.servers.includes(server)) throw refuse('Servers can be added only once');
  group.servers.push(server);
  world.touch(group, userOf(context).user);
  queueBench(world, { ...build, server });
  world.effect('group.add_server', group.name, server);
  return undefined;
}

const lastBuild = (world: World, group: GroupRow): BuildRow | undefined =>
  Object.values(world.state.builds).findLast(
    (row) => row.group === group.name && row.status === 'Success',
  );
