import type { CommandKey } from '../../domain/operations.js';
import type { ProvisionTarget } from '../../domain/plan.js';
import type { Tracker } from '../../domain/trackers.js';
import {
  type Account,
  type CallOptions,
  listGroupDeploys,
  listGroupsByTitle,
  newSite,
  PressError,
} from '../../frappe-cloud/index.js';
import type { Located, RemoteCommand } from '../commands.js';
import { OutcomeUnknown } from '../errors.js';

/** As for sites: a request's own duration, and whole seconds of the `Date` header. */
const CLOCK_SLACK_MS = 5_000;

/**
 * `press.api.site.new` where Press builds a bench first (A 3.2, paths P and D2), or puts the site
 * on a bench that stands on our dedicated server already (D1): the answer tells which.
 *
 * Nothing guards against two of them while the first still runs (observed-2 1.7), and it commits
 * in mid-request: whatever it answers but a tracker, the order is looked for (A 1.8).
 */
export function orderCreation(
  account: Account,
  key: CommandKey,
  target: ProvisionTarget,
  options: CallOptions,
): RemoteCommand {
  return {
    key,
    account,
    endpoint: 'press.api.site.new',
    payload: target,
    repeat: 'after_horizon',
    commitsEarly: true,
    async send(): Promise<Tracker> {
      const answer = await newSite(
        account.press,
        {
          name: target.subdomain,
          apps: target.apps,
          plan: target.plan,
          version: target.version,
          cluster: target.cluster,
          ...(target.provider && { provider: target.provider }),
          ...(target.server && { server: target.server }),
        },
        options,
      );
      if ('site' in answer) return { kind: 'site-creation', site: answer.site, job: answer.job };
      await checkAlone(account, target, options);
      return { kind: 'site-order', order: answer.site_group_deploy, site: target.site };
    },
    locate: (since) => locateOrder(account, target, since, options),
  };
}

/**
 * A request that something on the way delivers twice becomes two orders: one makes the site, the
 * other makes it again when that has been archived (observed-2 4). A look that fails changes
 * nothing: the answer names our order.
 */
async function checkAlone(
  { press }: Account,
  { subdomain }: ProvisionTarget,
  options: CallOptions,
): Promise<void> {
  const orders = await listGroupDeploys(press, { subdomain }, options).catch((error: unknown) => {
    if (error instanceof PressError) return [];
    throw error;
  });
  if (orders.length > 1) throw new OutcomeUnknown(twoOrders(subdomain, orders));
}

const twoOrders = (subdomain: string, orders: readonly { readonly name: string }[]): string =>
  `two orders of ${subdomain} are under way: ${orders.map(({ name }) => name).join(', ')}`;

/** The order by the title of its group, which is the subdomain (observed-2 1). */
async function locateOrder(
  { press, clock }: Account,
  target: ProvisionTarget,
  since: number,
  options: CallOptions,
): Promise<Located> {
  const { subdomain, site } = target;
  const isYoung = ({ creation }: { readonly creation: string }) =>
    !clock.calibrated || clock.parse(creation) >= since - CLOCK_SLACK_MS;
  const orders = (await listGroupDeploys(press, { subdomain }, options)).filter(isYoung);
  const [order, second] = orders;
  if (second !== undefined) {
    return { state: 'ambiguous', reason: twoOrders(subdomain, orders) };
  }
  if (order !== undefined) {
    return {
      state: 'found',
      tracker: { kind: 'site-order', order: order.name, site },
      evidence: { order: order.name, status: order.status, output: `created ${order.creation}` },
    };
  }
  const groups = await listGroupsByTitle(press, { title: subdomain }, options);
  const group = groups.find(isYoung);
  if (group === undefined) return { state: 'none' };
  return {
    state: 'ambiguous',
    reason: `bench group ${group.name} is titled ${subdomain}, but no order belongs to it`,
  };
}
