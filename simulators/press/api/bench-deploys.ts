import { failBuild, startDeploy } from '../benches/builds.js';
import { readChoice, readSites, sameReleases } from '../benches/choice.js';
import { checkDeploy, isDeploying } from '../benches/deploy-checks.js';
import { startPipeline } from '../benches/pipelines.js';
import { isUnfinished } from '../benches/status.js';
import { deployStatus } from '../documents/pipeline-view.js';
import { missing, refuse } from '../http/errors.js';
import { text } from '../json.js';
import type { Json } from '../types.js';
import type { GroupRow } from '../world/catalogue.js';
import type { BuildRow } from '../world/deploys.js';
import type { World } from '../world/world.js';
import { type Endpoint, type Endpoints, groupOf, type Params, userOf } from './endpoint.js';

type Act = (world: World, group: GroupRow, user: string, params: Params) => Json | undefined;

const onGroup = (requires: readonly string[], act: Act): Endpoint => ({
  mutates: true,
  guard: 'Release Group',
  requires: ['name', ...requires],
  run: (context, params) =>
    act(context.world, groupOf(context, params), userOf(context).user, params),
});

/** Deploys of chosen releases, again, and stopped (C 3.3, C 3.8). */
export const benchDeployEndpoints: Endpoints = {
  'press.api.bench.deploy_status': {
    guard: 'Release Group',
    requires: ['name'],
    run: (context, params) => deployStatus(context.world, groupOf(context, params)),
  },
  /** Answers a build. */
  'press.api.bench.deploy': onGroup(['apps'], (world, group, user, { apps }) => {
    if (isDeploying(world, group)) {
      throw refuse(
        'A deploy for this bench is already in progress. Please wait for it to finish, or stop ' +
          'the current deploy, before starting another. ' +
          '<a href="https://docs.frappe.io/cloud/benches/updating_a_bench" target="_blank" ' +
          'class="underline">Learn more</a>.',
      );
    }
    const { releases } = readChoice(world, group, apps);
    return startDeploy(world, group, user, { releases }).name;
  }),
  /** Answers a pipeline, unchecked, or where there are none a build (C 3.3). */
  'press.api.bench.deploy_and_update': onGroup(['apps'], (world, group, user, params) => {
    const choice = readChoice(world, group, params.apps);
    const sites = readSites(params.sites);
    if (world.state.usesPipelines) {
      return startPipeline(world, group, user, { ...choice, sites }).name;
    }
    checkDeploy(world, group, choice, sites);
    return startDeploy(world, group, user, { releases: choice.releases, sites }).name;
  }),
  'press.api.bench.redeploy': onGroup(['dc_name'], (world, group, user, params) => {
    const build = buildOf(world, group, params);
    if (isUnfinished(build)) {
      throw refuse('Wait for deploy to finish or stop current deploy first!');
    }
    return again(world, group, user, build);
  }),
  /** Stops a build that runs and starts another; for one that is over: nothing (C 3.8). */
  'press.api.bench.fail_and_redeploy': onGroup(['dc_name'], (world, group, user, params) => {
    const build = buildOf(world, group, params);
    if (!isUnfinished(build)) return undefined;
    failBuild(world, build, 'Stopped by the user');
    return again(world, group, user, build);
  }),
  /** Its only parameter is none the guard looks at: always 403 (A 3.10). */
  'press.api.bench.fail_build': {
    guard: 'Release Group',
    requires: ['dn'],
    run: () => undefined,
  },
};

function buildOf(world: World, group: GroupRow, params: Params): BuildRow {
  const build = world.state.builds[text(params.dc_name)];
  if (build === undefined) throw missing('Deploy Candidate Build', text(params.dc_name));
  if (build.group !== group.name) throw refuse('Unable to redeploy this build!');
  return build;
}

function again(world: World, group: GroupRow, user: string, build: BuildRow): string {
  const candidate = world.state.candidates[build.candidate];
  if (candidate === undefined) throw missing('Deploy Candidate', build.candidate);
  const releases = sameReleases(world, group, candidate);
  const { sites } = candidate;
  return startDeploy(world, group, user, { releases, sites: structuredClone(sites) }).name;
}
