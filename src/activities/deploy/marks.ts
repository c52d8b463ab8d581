import type { DeployMark } from '../../domain/bench-deploys.js';
import {
  type Account,
  type Build,
  type CallOptions,
  listBuilds,
  listReleasePipelines,
  type ReleasePipelineRow,
} from '../../frappe-cloud/index.js';

/** What a group has now; both lists the newest first. */
export interface Deploys {
  readonly builds: readonly Build[];
  readonly pipelines: readonly ReleasePipelineRow[];
}

export async function readDeploys(
  { press }: Account,
  group: string,
  options?: CallOptions,
): Promise<Deploys> {
  const [pipelines, builds] = await Promise.all([
    listReleasePipelines(press, { group }, options),
    listBuilds(press, { group }, options),
  ]);
  return { pipelines, builds };
}

/** This moment, to tell later what is newer: no clock is needed for it. */
export function markOf({ builds, pipelines }: Deploys): DeployMark {
  return { build: builds[0]?.name ?? null, pipeline: pipelines[0]?.name ?? null };
}

/** What has come since, the newest first. */
export function since({ builds, pipelines }: Deploys, mark: DeployMark): Deploys {
  return { builds: until(builds, mark.build), pipelines: until(pipelines, mark.pipeline) };
}

function until<Row extends { readonly name: string }>(
  rows: readonly Row[],
  name: string | null,
): readonly Row[] {
  const index = rows.findIndex((row) => row.name === name);
  return index === -1 ? rows : rows.slice(0, index);
}
