import { executeChild, uuid4 } from '@temporalio/workflow';
import type { BatchReport, DeployTarget, NotUpdated, SiteBatch } from '../domain/bench-deploys.js';
import type { DeployBenchInput } from '../domain/inputs.js';
import type { Problem } from '../domain/failures.js';
import { GivenUp } from './failures.js';
import type { Activity, Op } from './runbook.js';
import type { updateSites } from './update-sites.js';

/**
 * Sites per batch. A batch is a workflow of its own, so that 2,000 sites are 40 entries in this
 * history and 50 in each batch's; between two of them the operation can be held.
 */
const BATCH = 50;
/** What a batch takes at most, as far as anybody can tell: for the card only. */
const BATCH_MS = 4 * 3_600_000;

const STEP = 'update sites';

/** What a result names, so that it fits into one message however many sites there are. */
const MOST_EXCEPTIONS = 50;
const REASON_LENGTH = 200;

/** A batch, run as a step: a person who gives the step up ends it after the sites under way. */
const runBatch: Activity<SiteBatch, BatchReport> = {
  executeWithOptions: ({ summary }, [batch]) =>
    executeChild<typeof updateSites>('updateSites', {
      args: [batch],
      // Another run of the same operation must not meet the batch of the one before.
      workflowId: `updateSites:${batch.group}:${batch.deploy}:${batch.from}:${uuid4().slice(0, 8)}`,
      parentClosePolicy: 'REQUEST_CANCEL',
      ...(summary !== undefined && { staticSummary: summary }),
    }),
};

/**
 * Updates the sites of a deploy until all have had their turn, or too many have failed: then a person
 * says whether the rest is updated all the same (`retry`, with a fresh budget) or not (`give_up`).
 * Nothing that happens to a site undoes the deploy; what was not updated is listed.
 */
export async function bringSitesAlong(
  op: Op,
  { account, requestedBy }: DeployBenchInput,
  { target, build }: { readonly target: DeployTarget; readonly build: string },
): Promise<Record<string, string>> {
  const { sites, group, skipFailingPatches } = target;
  const deploy = op.operationId;
  const budget = Math.max(1, target.errorBudget);
  const counted = { updated: 0, failed: 0 };
  let spent = 0;
  let left = sites;
  while (left.length > 0) {
    const some = left.slice(0, BATCH);
    const report = await unlessGivenUp(op, {
      account,
      requestedBy,
      group,
      deploy,
      build,
      skipFailingPatches,
      sites: some,
      from: sites.length - left.length,
      mayFail: budget - spent,
    });
    if (report === null) break;
    for (const site of report.notUpdated) {
      await tell(op, site, counted.failed < MOST_EXCEPTIONS);
      counted.failed += 1;
    }
    counted.updated += report.updated.length;
    spent += report.notUpdated.filter(({ how }) => how !== 'impossible').length;
    left = [...report.notStarted, ...left.slice(some.length)];
    op.mark(STEP, 'running', `${counted.updated} of ${sites.length} updated`);
    if (report.stopped) break;
    if (left.length === 0 || spent < budget) continue;
    if (!(await goesOn(op, left, counted))) break;
    spent = 0;
  }
  const unnamed = counted.failed - MOST_EXCEPTIONS;
  if (unnamed > 0) op.giveUp(STEP, `and ${unnamed} more sites were not updated`);
  if (left.length > 0) op.giveUp(STEP, `not begun: ${few(left)}`);
  else op.mark(STEP, 'done', `${counted.updated} of ${sites.length} updated`);
  return {
    updated: `${counted.updated}`,
    failed: `${counted.failed}`,
    not_begun: few(left),
  };
}

/** Null when a person gives the rest up before the batch has begun, or when it cannot say how it went. */
async function unlessGivenUp(op: Op, batch: SiteBatch): Promise<BatchReport | null> {
  try {
    return await op.awaitReady(STEP, runBatch, batch, Date.now() + BATCH_MS);
  } catch (error) {
    if (error instanceof GivenUp) return null;
    throw error;
  }
}

/** A site that is as before is only listed; one that may be broken has its own page, and is told of. */
async function tell(
  op: Op,
  { site, how, reason: whole, operationId }: NotUpdated,
  isNamed: boolean,
): Promise<void> {
  const where = operationId === null ? '' : ` (operation ${operationId})`;
  const step = `update ${site}`;
  const reason = whole.slice(0, REASON_LENGTH);
  if (isNamed) op.giveUp(step, `${reason}${where}`);
  if (how !== 'fatal') return;
  const message = `${site} needs a person: ${reason}; resolve operation ${operationId}`;
  await op.tell(`fatal/${site}`, { type: 'StepFailed', step, message });
}

async function goesOn(
  op: Op,
  left: readonly string[],
  { updated, failed }: { readonly updated: number; readonly failed: number },
): Promise<boolean> {
  const message =
    `${failed} sites failed, ${updated} were updated, ${left.length} were not begun: ` + few(left);
  const problem: Problem = { type: 'StepFailed', step: STEP, message };
  return (await op.ask(problem, ['retry', 'give_up'])) === 'retry';
}

/** The first of them, and how many more. */
function few(sites: readonly string[]): string {
  const more = sites.length - 10;
  return sites.slice(0, 10).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
