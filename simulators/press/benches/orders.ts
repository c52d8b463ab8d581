import { takeOrderFault } from '../faults/matching.js';
import { PressError } from '../http/errors.js';
import { insertSite } from '../sites/insert.js';
import type { BenchRow, GroupRow } from '../world/catalogue.js';
import type { OrderRow, OrderStatus } from '../world/deploys.js';
import type { JobRow, JobStatus, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { groupFacts } from './facts.js';

/** What refusals of business rules have in common: such an order ends, other errors repeat. */
const RULE_REFUSED = 417;

function setStatus(world: World, order: OrderRow, status: OrderStatus): void {
  order.status = status;
  world.touch(order);
}

/**
 * A bench came up: the order of its group, if one still waits, makes its site on it (A 3.5). Looked
 * up by group, whatever its status and whether the group still exists: this is how a failed order
 * resumes and how a site is born in a deleted group.
 *
 * @throws what is no rule refusal, e.g. a taken name: the caller's callback is then undone.
 */
export function continueOrder(world: World, bench: BenchRow): void {
  const order = waitingOrder(world, bench.group);
  const group = world.state.groups[bench.group];
  if (order === undefined || group === undefined) return;
  const site = tryInsert(world, order, group, bench);
  order.bench = bench.name;
  order.site = site?.name ?? null;
  setStatus(world, order, site === null ? 'Site Creation Failed' : 'Creating Site');
}

/** Late checks: the form of the subdomain and the limits of the plan come only now (A 3.2). */
function tryInsert(
  world: World,
  order: OrderRow,
  group: GroupRow,
  bench: BenchRow,
): SiteRow | null {
  if (takeOrderFault(world.state, groupFacts(world, group.name)) !== null) return null;
  try {
    const { site } = insertSite(world, {
      subdomain: order.subdomain,
      domain: world.state.rootDomains[0] ?? '',
      group,
      bench,
      cluster: bench.cluster,
      apps: order.apps,
      plan: order.plan,
      team: order.team,
      user: order.owner,
    });
    return site;
  } catch (error) {
    if (error instanceof PressError && error.status === RULE_REFUSED) return null;
    throw error;
  }
}

/** The build or the New Bench job of a group failed for good. */
export function failOrder(world: World, group: string): void {
  const order = waitingOrder(world, group);
  if (order !== undefined) setStatus(world, order, 'Bench Deploy Failed');
}

function waitingOrder(world: World, group: string): OrderRow | undefined {
  return Object.values(world.state.orders).find(
    (order) => order.group === group && order.bench === null && order.site === null,
  );
}

const ENDINGS: Partial<Record<JobStatus, OrderStatus>> = {
  Success: 'Site Created',
  Failure: 'Site Creation Failed',
};

/** Only the New Site job decides; its Delivery Failure leaves the order open (A 3.5 items 1, 3). */
export function noteSiteJob(world: World, site: SiteRow, job: JobRow): void {
  const ending = ENDINGS[job.status];
  if (job.jobType !== 'New Site' || ending === undefined) return;
  const order = Object.values(world.state.orders).find((row) => row.site === site.name);
  if (order !== undefined) setStatus(world, order, ending);
}
