import type { DnsAnswer, DnsArgs } from '../domain/activity-types.js';
import type { AdjustmentTarget, Change } from '../domain/adjustments.js';
import type { Problem } from '../domain/failures.js';
import type { SiteRequest } from '../domain/inputs.js';
import type { AdjustmentKind, OperationResult } from '../domain/operations.js';
import type { Plan } from '../domain/plan.js';
import type { SafetyCopy } from '../domain/safety-copy.js';
import type { Settled } from '../domain/trackers.js';
import { awaitDns, makeChange, planAdjustment, verifyChange } from './activities.js';
import { GivenUp, GoBack } from './failures.js';
import { operation } from './operation.js';
import { restoreUntilDone } from './putting-back.js';
import { settledBy } from './restoring.js';
import type { Op } from './runbook.js';
import { safetyCopy } from './safety-copy.js';
import { problemOfSettled } from './tracking.js';

const DNS = 'dns';

/**
 * One change of a site.
 *
 * 1. dns            only of a customer's domain       not in time, or given up: `refused`; until it
 *                                                     is there, the site is left to others
 * 2. safety copy    only before data goes with it
 * 3. the change     point of no return                failed: what Press keeps of it is put back,
 *                                                     by the opposite change or from the copy; what
 *                                                     cannot be is an exception
 * 4. verify         it is so at Press                 else a person decides
 */
async function adjust(kind: AdjustmentKind, input: SiteRequest): Promise<OperationResult> {
  return operation(kind, input, planAdjustment, async (op, plan) => {
    const { target } = (await onceDnsIsThere(op, input, plan)).material;
    const { site, change } = target;
    const of = { account: input.account, target };
    const copy = target.copy === null ? null : await safetyCopy(op, site, target.copy);

    op.pointOfNoReturn();
    const settled = await op.outcomeOf(await op.command(change.do, makeChange, { site, change }));
    if (settled.outcome !== 'success') await mend(op, of, copy, settled);
    return op.succeed(await verified(op, of, change));
  });
}

/** What is adjusted, and for whom. */
interface Adjusting {
  readonly account: string;
  readonly target: AdjustmentTarget;
}

/**
 * A customer's DNS is not ours: it is waited for, until policy or a person gives it up. Days may go by,
 * so the site is left to others meanwhile; answers the plan as it is then.
 */
async function onceDnsIsThere(
  op: Op,
  input: SiteRequest,
  plan: Plan<AdjustmentTarget>,
): Promise<Plan<AdjustmentTarget>> {
  const { site, change, dnsDeadlineMs, dnsRecord } = plan.material.target;
  if (dnsDeadlineMs === null || !('domain' in change)) return plan;
  const { domain } = change;
  const deadline = Date.now() + dnsDeadlineMs;
  let dns = await op.read(DNS, awaitDns, { site, domain, deadline: 0 });
  const atOnce = dns.ready;
  if (!atOnce) await op.release([`site:${site}`]);
  while (!dns.ready) {
    if (Date.now() >= deadline) return refuse(op, dns.reason);
    op.mark(DNS, 'running', `set ${dnsRecord}; now: ${dns.reason}`);
    dns = await lookForLong(op, { account: input.account, site, domain, deadline });
  }
  op.mark(DNS, 'done', `${domain} points to the site`);
  if (atOnce) return plan;
  await op.lock([`site:${site}`]);
  return op.planAgain(planAdjustment, input, plan);
}

/** Until it is ready, or it is time to show what it says by now. */
async function lookForLong(op: Op, args: DnsArgs): Promise<DnsAnswer> {
  const deadline = Math.min(args.deadline, Date.now() + op.shownAnewMs);
  try {
    const goesOn = ({ ready }: DnsAnswer) => !ready;
    return await op.awaitReady(DNS, awaitDns, { ...args, deadline }, args.deadline, goesOn);
  } catch (error) {
    if (error instanceof GivenUp) refuse(op, error.message);
    // Others may have archived it meanwhile, or given it away.
    if (error instanceof GoBack) refuse(op, `while DNS was waited for: ${error.message}`);
    throw error;
  }
}

const refuse = (op: Op, message: string): never =>
  op.goBack({ type: 'Refused', step: DNS, message });

/**
 * Ends the operation once what Press, or the server, keeps of a change that has failed is put back.
 * Returns only when the change is made after all.
 */
async function mend(
  op: Op,
  of: Adjusting,
  copy: SafetyCopy | null,
  settled: Settled,
): Promise<void> {
  const { change, copy: planned, leaves, remains, undo } = of.target;
  const failed = problemOfSettled(change.do, settled);
  if (leaves !== null) return makeAgain(op, of, failed, leaves);
  if (planned !== null && settled.outcome !== 'delivery_failure') {
    if (copy === null) return makeAgain(op, of, failed, 'there is no copy of it');
    await putBack(op, of, copy, failed);
  }
  if (remains !== null) op.giveUp(change.do, remains);
  for (const opposite of undo) await makeUntilDone(op, of, opposite);
  op.goBack(failed);
}

/** Data has gone half-way: the copy brings it back. */
async function putBack(op: Op, of: Adjusting, copy: SafetyCopy, failed: Problem): Promise<void> {
  const { site, maySkipPatches, restored } = of.target;
  const broken = { site, maySkipPatches, before: { status: 'Active' } } as const;
  const how = await restoreUntilDone(op, broken, copy, 'restore');
  for (const change of restored) await verified(op, of, change);
  if (how === null) op.abandon(`repaired by hand, because ${failed.message}`);
}

/** Once more, until it is done after all, or left as it is. */
async function makeAgain(
  op: Op,
  { target }: Adjusting,
  first: Problem,
  why: string,
): Promise<void> {
  const { site, change } = target;
  for (let failed = first; ;) {
    const problem = { ...failed, message: `${failed.message}; ${why}` };
    if ((await op.ask(problem, ['retry', 'abandon'])) === 'abandon') op.abandon(problem.message);
    const settled = await settledBy(op, change.do, makeChange, { site, change });
    if (settled.outcome === 'success') return;
    failed = problemOfSettled(change.do, settled);
  }
}

/** Makes the opposite change; a person decides where that fails too. */
async function makeUntilDone(op: Op, of: Adjusting, change: Change): Promise<void> {
  const { site } = of.target;
  const step = `back: ${change.do}`;
  for (;;) {
    const settled = await settledBy(op, step, makeChange, { site, change });
    if (settled.outcome === 'success') break;
    const problem = problemOfSettled(step, settled);
    if ((await op.ask(problem, ['retry', 'abandon'])) === 'abandon') op.abandon(problem.message);
  }
  await verified(op, of, change);
}

async function verified(op: Op, { account, target: { site } }: Adjusting, change: Change) {
  const { details } = await op.verify(verifyChange, (deadline) => ({
    account,
    site,
    change,
    deadline,
  }));
  return details;
}

const adjusting = (kind: AdjustmentKind) => (input: SiteRequest) => adjust(kind, input);

export const installApp = adjusting('install-app');
export const uninstallApp = adjusting('uninstall-app');
export const updateConfig = adjusting('update-config');
export const deleteConfig = adjusting('delete-config');
export const addDomain = adjusting('add-domain');
export const retryDomain = adjusting('retry-domain');
export const removeDomain = adjusting('remove-domain');
export const setHostName = adjusting('set-host-name');
export const setRedirect = adjusting('set-redirect');
export const unsetRedirect = adjusting('unset-redirect');
export const changePlan = adjusting('change-plan');
export const changeAppPlan = adjusting('change-app-plan');
export const clearCache = adjusting('clear-cache');
export const editScheduledUpdate = adjusting('edit-scheduled-update');
export const cancelScheduledUpdate = adjusting('cancel-scheduled-update');
