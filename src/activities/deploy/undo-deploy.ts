import { activityInfo } from '@temporalio/activity';
import type { UndoArgs } from '../../domain/activity-types.js';
import type { DeployTracker } from '../../domain/bench-deploys.js';
import type { UndoAnswer } from '../../domain/saga.js';
import {
  type Account,
  benchVersions,
  type CallOptions,
  getReleasePipeline,
  stopReleasePipeline,
} from '../../frappe-cloud/index.js';
import { archiveBenches } from '../archive-benches.js';
import { resolveEarlierSend, runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet, Refused } from '../errors.js';
import { whileBeating } from '../heartbeat.js';
import { deployOfCandidate, movingStage, readDeploy } from '../provision/bench-progress.js';
import { deployCommand, redoCommand } from './commands.js';
import { candidateOf, pipelineOf } from './deploy-tracker.js';

const MOVES = ['Pending', 'Running', 'Retrying'];

/**
 * The way back of a deploy that no site has come to: its pipeline is stopped, what cannot be stopped
 * is waited for, and the benches that came up all the same are archived (C 3.5, 3.8, 3.9). Each
 * attempt reads, then acts; waiting is a benign retry.
 */
export function createUndoDeployActivities(deps: ActivityDeps) {
  return {
    async undoDeploy(args: UndoArgs<'undoDeploy'>): Promise<UndoAnswer> {
      return whileBeating((signal) => undoDeploy(deps, args, { signal, priority: 'high' }));
    },
  };
}

async function undoDeploy(
  deps: ActivityDeps,
  args: UndoArgs<'undoDeploy'>,
  options: CallOptions,
): Promise<UndoAnswer> {
  const account = deps.accounts.get(args.account);
  const begun = await begunBy(deps, account, args, options);
  if (begun.length === 0) return { result: 'nothing', message: 'nothing was deployed' };
  const said: string[] = [];
  for (const tracker of begun) {
    if (await stopPipeline(deps, account, args, tracker, options)) said.push('pipeline stopped');
    said.push(await dropBenches(deps, account, args, tracker, options));
  }
  return { result: 'undone', message: said.join('; ') };
}

/** Every deploy of the operation, proven or found. */
async function begunBy(
  deps: ActivityDeps,
  account: Account,
  { operationId, target }: UndoArgs<'undoDeploy'>,
  options: CallOptions,
): Promise<readonly DeployTracker[]> {
  const begun: DeployTracker[] = [];
  for (const row of await deps.ledger.commandsOf(operationId)) {
    const isRedo = row.step === 'deploy again';
    if (row.step !== 'deploy' && !isRedo) continue;
    if (row.state === 'settled' && row.tracker?.kind === 'bench-deploy') begun.push(row.tracker);
    if (row.state !== 'sent') continue;
    const build = (await newestBuild(account, begun)) ?? target.after.build ?? '';
    const command = isRedo
      ? redoCommand(account, row, { ...target, build }, options)
      : deployCommand(deps, account, row, target, options);
    const found = await resolveEarlierSend(deps, command, row).catch((error: unknown) => {
      if (error instanceof Refused) return null;
      throw error;
    });
    if (found?.tracker.kind === 'bench-deploy') begun.push(found.tracker);
  }
  return begun;
}

/** The build that a redo was about: the newest one of the deploy before it. */
async function newestBuild(
  account: Account,
  begun: readonly DeployTracker[],
): Promise<string | null> {
  const last = begun.at(-1);
  if (last === undefined) return null;
  const progress = await readDeploy(account, last.group);
  const candidate = await candidateOf(account, last, await pipelineOf(account, last), progress);
  if (candidate === null) return null;
  return deployOfCandidate(progress, candidate).builds[0]?.name ?? null;
}

/** Whether it was stopped by this: a pipeline that rests needs it not, a build has none. */
async function stopPipeline(
  deps: ActivityDeps,
  account: Account,
  { operationId, round }: UndoArgs<'undoDeploy'>,
  { pipeline }: DeployTracker,
  options: CallOptions,
): Promise<boolean> {
  if (pipeline === null) return false;
  const { press } = account;
  const rests = async (): Promise<boolean> => {
    const found = await getReleasePipeline(press, { pipeline }, options);
    return found.found !== 'own' || !MOVES.includes(found.pipeline.status);
  };
  const key = { operationId, step: 'undo deploy', round };
  const asked = await deps.ledger.getCommand(key);
  if (asked === null && (await rests())) return false;
  await runCommand(deps, {
    key,
    account,
    endpoint: 'press.api.client.run_doc_method Release Pipeline.force_fail',
    payload: { pipeline },
    // No error when it has failed already (C 3.5).
    repeat: 'at_once',
    async locate() {
      return (await rests())
        ? { state: 'found', tracker: { kind: 'done' }, evidence: {} }
        : { state: 'none' };
    },
    async send() {
      await stopReleasePipeline(press, { pipeline }, options);
      return { kind: 'done' };
    },
  });
  return true;
}

/**
 * Archives the benches of a deploy, once nothing of it moves: left alone, Press would bring sites to
 * them in the night (C 2.1). One that has sites by then stays, and is told of.
 */
async function dropBenches(
  deps: ActivityDeps,
  account: Account,
  { operationId, round }: UndoArgs<'undoDeploy'>,
  tracker: DeployTracker,
  options: CallOptions,
): Promise<string> {
  const { group } = tracker;
  const progress = await readDeploy(account, group);
  const pipeline = await pipelineOf(account, tracker);
  const candidate = await candidateOf(account, tracker, pipeline, progress);
  if (candidate === null) return 'no image was built';
  const deploy = deployOfCandidate(progress, candidate);
  const commands = await deps.ledger.commandsOf(operationId);
  // A bench that is being archived moves, too: by then it is our own doing.
  const isArchiving = commands.some(({ step }) => step.startsWith('undo bench'));
  const moving = isArchiving ? undefined : movingStage(deploy);
  if (moving !== undefined) {
    const delay = Math.min(deps.timing.undoInterval * activityInfo().attempt, deps.timing.pollMax);
    throw new NotYet(`${moving.name} of ${group} cannot be stopped; it is waited for`, delay);
  }
  const versions = await benchVersions(account.press, { group }, options);
  const used = versions.filter(({ sites }) => sites.length > 0).map(({ name }) => name);
  const isMeant = ({ name }: { readonly name: string }) =>
    deploy.benches.some((bench) => bench.name === name) && !used.includes(name);
  await archiveBenches(deps, account, { operationId, round, group, isMeant }, options);
  const kept = deploy.benches.filter(({ name }) => used.includes(name)).map(({ name }) => name);
  return kept.length === 0
    ? 'no bench of it is left'
    : `${kept.join(', ')} stays: sites came to it meanwhile`;
}
