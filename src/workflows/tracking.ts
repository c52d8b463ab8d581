import { pollDelay, type TimingProfile } from '../domain/timing.js';
import type { Problem } from '../domain/failures.js';
import type { Evidence, Reading, Settled, Tracker } from '../domain/trackers.js';
import { readTracker } from './activities.js';
import type { OperationContext } from './context.js';
import { attempt, askToRetry } from './attempt.js';
import { callAttention } from './resolution.js';

/**
 * Waits for a remote job by durable timers (D 4.2): from 5 s growing to minutes, woken at once by
 * a hint. Past the soft limit people are told; past the hard one they decide.
 */
export async function waitForTracker(
  ctx: OperationContext,
  step: string,
  tracker: Tracker,
): Promise<Settled> {
  if (tracker.kind === 'done') return { state: 'settled', outcome: 'success', evidence: {} };
  const { timing, board, ref } = ctx;
  let startedAt = Date.now();
  let warned = false;
  let stuckSince: number | null = null;
  board.wait(`${step}: ${describeTracker(tracker)}`, startedAt + timing.hardLimit);
  for (let n = 0; ; n += 1) {
    const delay = pollDelay(paceOf(tracker, timing), n, Date.now() - startedAt, Math.random());
    await ctx.pause(delay, `${step}: until look ${n + 1}`);
    const reading = await attempt(ctx, step, () =>
      readTracker.executeWithOptions({ summary: `${step}: look ${n + 1}` }, [
        { account: ref.account, tracker },
      ]),
    );
    if (reading.state === 'settled') {
      board.wait(null);
      if (warned) {
        board.status.needsAttention = false;
        board.enter(board.status.state);
      }
      return reading;
    }
    board.step(step, 'running', describeReading(tracker, reading));

    stuckSince = reading.stuck === undefined ? null : (stuckSince ?? Date.now());
    if (stuckSince !== null && Date.now() - stuckSince > timing.stuckLimit) {
      const output = reading.evidence.output ?? reading.stuck ?? '';
      return { state: 'settled', outcome: 'failure', evidence: { ...reading.evidence, output } };
    }
    const waited = Date.now() - startedAt;
    const problem = {
      type: 'TimedOut',
      step,
      message: `${describeReading(tracker, reading)}, for ${Math.round(waited / 60_000)} min`,
      evidence: evidenceOf(reading.evidence),
    } as const;
    if (waited > timing.hardLimit) {
      await askToRetry(ctx, problem);
      startedAt = Date.now();
    } else if (waited > timing.softLimit && !warned) {
      warned = true;
      await callAttention(ctx, `slow/${step}`, problem);
    }
  }
}

/**
 * How soon and how often to look: a backup and a certificate take a minute or more, an image twenty,
 * whoever looks.
 */
function paceOf({ kind }: Tracker, timing: TimingProfile): TimingProfile {
  if (kind === 'site-backup' || kind === 'site-domain') {
    return { ...timing, pollFirst: timing.pollMax / 3 };
  }
  if (kind !== 'group-build') return timing;
  return { ...timing, pollFirst: timing.pollMax, pollMax: 2 * timing.pollMax };
}

/** What a tracker is, in a few words. */
export function describeTracker(tracker: Tracker): string {
  switch (tracker.kind) {
    case 'site-creation':
      return tracker.job === null ? `site ${tracker.site}` : `job ${tracker.job}`;
    case 'site-order':
      return `order ${tracker.order}`;
    case 'site-job':
    case 'site-restore':
      return `job ${tracker.job}`;
    case 'site-jobs':
      return tracker.jobs.length === 1
        ? `job ${tracker.jobs[0]}`
        : `jobs ${tracker.jobs.join(', ')}`;
    case 'site-domain':
      return `domain ${tracker.domain}`;
    case 'site-update':
      return `update ${tracker.update}`;
    case 'bench-on-server':
      return `bench of ${tracker.group} on ${tracker.server}`;
    case 'snapshot-restore':
      return `snapshot on ${tracker.site}`;
    case 'site-switch':
      return `${tracker.site} ${tracker.to}`;
    case 'site-backup':
      return `${tracker.purpose === 'copy' ? 'backup' : "somebody else's backup"} ${tracker.backup}`;
    case 'site-archive':
      return `job ${tracker.job}`;
    case 'bench-deploy':
      return tracker.pipeline === null ? `build ${tracker.build}` : `pipeline ${tracker.pipeline}`;
    case 'bench-group':
      return `group ${tracker.group}`;
    case 'group-build':
      return `bench of ${tracker.group}`;
    case 'upgrade-begun':
      return `upgrade into ${tracker.group}`;
    case 'site-move':
      return `move ${tracker.action}`;
    case 'transfer-request':
      return tracker.answered ? 'mailed' : 'mailed, perhaps';
    case 'wordpress-site':
      return `registration ${tracker.id}`;
    case 'api-key':
      return `key ending in ${tracker.keyLastFour}`;
    case 'done':
      return 'done';
  }
}

function describeReading(tracker: Tracker, reading: Reading): string {
  const step = reading.state === 'moving' ? reading.step : undefined;
  if (step) return `step ${step.index} of ${step.of} ${step.name}`;
  const { status } = reading.evidence;
  return `${describeTracker(tracker)}${status === undefined ? '' : ` ${status}`}`;
}

/** Evidence as flat text, the form that problems carry. */
export function evidenceOf(evidence: Evidence): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(evidence).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Why a step that came to rest without success stands in the way. */
export function problemOfSettled(step: string, { outcome, evidence }: Settled): Problem {
  const where = evidence.step ? ` in "${evidence.step}"` : '';
  const why = evidence.output ?? evidence.status ?? 'no reason given';
  const said: Readonly<Record<Settled['outcome'], string>> = {
    success: `${step} succeeded`,
    failure: `${step} failed${where}: ${why}`,
    delivery_failure: `${step}: Press could not reach the server, the job was never delivered`,
    recovered: `${step} failed${where}, and Press has put everything back: ${why}`,
    fatal: `${step} failed${where}, and Press could not put it back: ${why}`,
    cancelled: `${step} was cancelled at Press: ${why}`,
  };
  return { type: 'StepFailed', step, message: said[outcome], evidence: evidenceOf(evidence) };
}
