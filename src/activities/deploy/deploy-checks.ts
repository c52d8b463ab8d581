import type { Check } from '../../domain/plan.js';
import type { Account } from '../../frappe-cloud/index.js';
import { fail, pass } from '../checks.js';
import { isBuilding, isMoving } from '../provision/bench-progress.js';
import type { DeployReading } from './deploy-reading.js';

const PIPELINE_MOVES = ['Pending', 'Running', 'Retrying'];

/** Whether the group can be deployed at all, now. */
export function deployChecks(
  { team }: Account,
  reading: DeployReading,
  { isOurs }: { readonly isOurs: boolean },
): readonly Check[] {
  const { self, group } = reading;
  // A wrong team header is silently ignored by Press (A 1.3).
  const account = self.ok
    ? pass('account', `Press acts as team ${team}`)
    : fail('account', self.reason ?? 'Press acts as another team');
  const at = isOurs ? null : atWork(reading);
  return [
    account,
    pass('group', `${group.title} (${group.name}), ${group.version}`),
    at === null
      ? pass('deploy in progress', isOurs ? 'by this very operation' : 'none')
      : fail('deploy in progress', `${at}: wait until it has ended`),
  ];
}

/** What is under way; Press's own flag is false from the end of the build on (C 3.2). */
function atWork({ deploys, queue, benches, information }: DeployReading): string | null {
  const pipeline = deploys.pipelines.find(({ status }) => PIPELINE_MOVES.includes(status));
  if (pipeline !== undefined) return `pipeline ${pipeline.name} is ${pipeline.status}`;
  const build = deploys.builds.find(isBuilding);
  if (build !== undefined) return `build ${build.name} is ${build.status}`;
  if (queue[0]?.status === 'Queued') return 'an image waits to become a bench';
  const bench = benches.find(isMoving);
  if (bench !== undefined) return `bench ${bench.name} is ${bench.status}`;
  return information.deploy_in_progress ? 'Press says that a deploy is in progress' : null;
}
