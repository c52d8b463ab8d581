import { cameToNothing, type Deployment } from '../domain/bench-deploys.js';
import type { DeployBenchInput } from '../domain/inputs.js';
import type { Choice } from '../domain/messages.js';
import type { OperationResult } from '../domain/operations.js';
import type { Settled } from '../domain/trackers.js';
import {
  planDeployBench,
  redoDeploy,
  startDeploy,
  switchBranch,
  verifyDeploy,
} from './activities.js';
import { bringSitesAlong } from './fleet.js';
import { operation } from './operation.js';
import type { Op } from './runbook.js';
import { problemOfSettled } from './tracking.js';

/**
 * Deploys what has changed in a bench group, and brings its sites to the new bench.
 *
 * 1. branches       apps that are to be taken from another branch       undo: the branch as before
 * 2. deploy         checks, image, benches on every server of the       undo: stopped, its benches
 *                   group. Without an image: it goes back by itself;    archived
 *                   without a bench: a person decides
 * 3. verify         point of no return: the benches stand, with what was approved
 * 4. update sites   each by an operation of its own, some at a time, until the error budget is
 *                   spent: fleet.ts
 */
export async function deployBench(input: DeployBenchInput): Promise<OperationResult> {
  return operation('deploy-bench', input, planDeployBench, async (op, plan) => {
    const { target } = plan.material;
    const { sites, ...deployment } = target;
    const { group } = target;
    for (const branch of target.branches) {
      const { app, from, to } = branch;
      op.onFailure(`${app} back to ${from}`, 'restoreBranch', { group, branch });
      await op.settle(await op.command(`branch ${app}`, switchBranch, { group, app, to }));
    }

    op.onFailure('stop the deploy, archive its benches', 'undoDeploy', {
      target: deployment,
    });
    const { evidence } = await deployUntilDone(op, deployment);
    const build = evidence.build ?? '';

    op.pointOfNoReturn();
    const { account } = input;
    const { details } = await op.verify(verifyDeploy, (deadline) => ({
      account,
      target: deployment,
      build,
      sitesFollow: sites.length > 0,
      deadline,
    }));
    if (sites.length === 0) return op.succeed(details);
    op.enter('running');
    return op.succeed({ ...details, ...(await bringSitesAlong(op, input, { target, build })) });
  });
}

/**
 * A failed build is tried again by Press itself, and has then left nothing. An image that has got no
 * bench, or not on every server, is worth another try: a person decides (C 3.8).
 */
async function deployUntilDone(op: Op, target: Deployment): Promise<Settled> {
  const { group, servers } = target;
  let running = await op.command('deploy', startDeploy, { target });
  for (;;) {
    const settled = await op.outcomeOf(running);
    const { build, benchesOn } = settled.evidence;
    if (settled.outcome === 'success') return settled;
    if (cameToNothing(settled.evidence) || build === undefined) return op.judge(running, settled);
    const problem = problemOfSettled('deploy', settled);
    const partly = benchesOn === undefined ? '' : `; benches stand on ${benchesOn}`;
    const choices: readonly Choice[] =
      benchesOn === undefined
        ? ['retry', 'roll_back', 'abandon']
        : ['retry', 'accept', 'roll_back', 'abandon'];
    const choice = await op.ask({ ...problem, message: `${problem.message}${partly}` }, choices);
    if (choice === 'accept') {
      op.giveUp('deploy', problem.message);
      return settled;
    }
    if (choice === 'roll_back') op.goBack(problem);
    if (choice === 'abandon') op.abandon(problem.message);
    running = await op.command('deploy again', redoDeploy, { group, servers, build });
  }
}
