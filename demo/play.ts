import type { OperationResult, OperationStatus } from '../src/client.js';
import type { Stack } from '../src/stack/stack.js';
import { colourOf, pc } from './colours.js';
import { effectsSeen, type OperationReport, reportOn } from './report.js';
import { type Act, stories, type Story } from './stories.js';

type Say = (text: string) => void;

/** Plays all stories side by side, kills the worker once while they run, and measures how they end. */
export async function playAll(stack: Stack, say: Say): Promise<readonly OperationReport[]> {
  let killed = false;
  const killOnce = async () => {
    if (killed) return;
    killed = true;
    say(pc.yellow('the worker is killed (SIGKILL), with operations under way'));
    await stack.worker.kill();
    await stack.restartWorker();
    say(pc.yellow('another worker has taken over'));
  };
  const all = stories(stack.record.domain);
  return (await Promise.all(all.map((story) => play(stack, story, say, killOnce)))).flat();
}

/** One act after the other; an end that was not expected ends the story. */
async function play(
  stack: Stack,
  story: Story,
  say: Say,
  killOnce: () => Promise<void>,
): Promise<readonly OperationReport[]> {
  const { client, simulator, maplePress } = stack;
  const reports: OperationReport[] = [];
  const results: OperationResult[] = [];
  for (const act of story) {
    const { kind, faults = [], maplePressFaults = [], expected } = act;
    for (const fault of faults) simulator.addFault(fault);
    for (const fault of maplePressFaults) maplePress.addFault(fault);
    const begun = { at: Date.now(), effects: effectsSeen(stack, kind) };
    const handle = await client.start(kind, act.input(results));
    say(`${kind} ${handle.site}: ${act.shows}`);
    const result = await client.wait(handle.workflowId, follower(act, stack, say, killOnce));
    const seconds = Math.round((Date.now() - begun.at) / 100) / 10;
    const finished = { ...handle, result, expected, seconds, effectsBefore: begun.effects };
    reports.push(await reportOn(stack, finished));
    results.push(result);
    if (result.outcome !== expected) break;
  }
  return reports;
}

/** Tells what changed, approves as others would, and kills the worker at the right moment. */
function follower(
  { kind, approvers = [] }: Act,
  { client }: Stack,
  say: Say,
  killOnce: () => Promise<void>,
): (status: OperationStatus) => void {
  let last = '';
  const open = [...approvers];
  return (status) => {
    const { workflowId, site, state } = status;
    const step = status.steps.find((one) => one.state === 'running');
    const doing = step ? `: ${step.name}${step.detail ? `, ${step.detail}` : ''}` : '';
    const text = `${state.replaceAll('_', ' ')}${doing}`;
    if (text !== last) say(`${kind} ${site}: ${colourOf(state)(text)}`);
    last = text;
    const approver = state === 'waiting_approval' ? open[0] : undefined;
    if (
      approver !== undefined &&
      (status.approval?.counted.length ?? 0) === approvers.length - open.length
    ) {
      open.shift();
      const decision = { by: approver, reason: 'agreed with the customer', typedName: site };
      void client
        .approve(workflowId, decision)
        .then(({ accepted, reason }) =>
          say(`${kind} ${site}: ${approver} approves: ${accepted ? 'accepted' : reason}`),
        );
    }
    if (step?.name === 'create' && step.detail?.startsWith('step 2')) void killOnce();
  };
}
