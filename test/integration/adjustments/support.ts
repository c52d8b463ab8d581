import type { OperationHandle } from '../../../src/client.js';
import type { InputOf } from '../../../src/domain/inputs.js';
import type { AdjustmentKind, OperationResult, Outcome } from '../../../src/domain/operations.js';
import { costOf } from '../../../src/temporal/history-cost.js';
import type { Harness } from '../../support/harness.js';
import { aName, effectsOn, endOf, eventually, makeActive } from '../provision/support.js';
import { actOn } from '../safety-copy/support.js';

/** A paid plan, and a better one, of an app that every shared bench has. */
export const PAID_APP = 'insights';
export const BASIC = 'MARKETPLACE-PLAN-insights-002';
export const PRO = 'MARKETPLACE-PLAN-insights-003';

export type Adjusting<K extends AdjustmentKind> = Omit<
  InputOf[K],
  'account' | 'requestedBy' | 'site'
>;

/** Asks for an adjustment. */
export function ask<K extends AdjustmentKind>(
  { client }: Harness,
  kind: K,
  site: string,
  change: Adjusting<K>,
): Promise<OperationHandle> {
  const input = { account: 'main', requestedBy: 'ops', site, ...change };
  return client.start(kind, input as unknown as InputOf[K]);
}

/** Adjusts to the end. */
export async function adjust<K extends AdjustmentKind>(
  harness: Harness,
  kind: K,
  site: string,
  change: Adjusting<K>,
  outcome: Outcome = 'succeeded',
): Promise<OperationResult & { readonly workflowId: string }> {
  const { workflowId } = await ask(harness, kind, site, change);
  return { ...(await endOf(harness, workflowId, outcome)), workflowId };
}

/** Billable actions of an operation. */
export async function actionsOf({ client }: Harness, workflowId: string): Promise<number> {
  const { events } = await client.temporal.workflow.getHandle(workflowId).fetchHistory();
  return costOf(events ?? []).actions;
}

/** A site that is up, with the Framework and ERPNext. */
export const aSite = (harness: Harness, change: object = {}): Promise<string> =>
  makeActive(harness, aName(), change);

/** What was done to a site after it was made. */
export const doneTo = (harness: Harness, site: string): readonly string[] =>
  effectsOn(harness, site).filter((effect) => effect !== 'site.create');

/** A domain of the customer whose DNS points to the site. */
export function aDomainOf({ simulator }: Harness, site: string): string {
  const domain = `www.${site.split('.')[0] ?? ''}.example.com`;
  simulator.setDns(domain, { CNAME: [site] });
  return domain;
}

/** Domains of a site as Press has them now. */
export const domainIn = ({ simulator }: Harness, name: string) =>
  simulator.estate().domains.find(({ domain }) => domain === name);

/** A domain of a site as `domains` shows it. */
export async function domainRow(harness: Harness, site: string, domain: string): Promise<unknown> {
  const rows = await harness.press('main', 'press.api.site.domains', { name: site });
  return (rows as { domain: string }[]).find((row) => row.domain === domain);
}

/** A domain that was added past Sitewright, and is Active. */
export async function activeDomain(harness: Harness, site: string): Promise<string> {
  const domain = aDomainOf(harness, site);
  await actOn(harness, site, 'add_domain', { domain });
  await eventually(() => domainIn(harness, domain)?.status === 'Active');
  return domain;
}

/** A domain that was added past Sitewright, and got no certificate. */
export async function brokenDomain(harness: Harness, site: string): Promise<string> {
  const domain = aDomainOf(harness, site);
  harness.simulator.setDns(domain, { CNAME: [site], certificate: false });
  await actOn(harness, site, 'add_domain', { domain });
  await eventually(() => domainIn(harness, domain)?.status === 'Broken');
  return domain;
}

/** Values of the configuration that Press shows. */
export async function configOf(harness: Harness, site: string): Promise<Record<string, string>> {
  const rows = await harness.press('main', 'press.api.site.site_config', { name: site });
  return Object.fromEntries(
    (rows as { key: string; value: string }[]).map(({ key, value }) => [key, value]),
  );
}

/** Subscriptions of apps on a site that are paid for. */
export async function subscriptionsOf(harness: Harness, site: string) {
  const method = 'press.api.marketplace.get_marketplace_subscriptions_for_site';
  return (await harness.press('main', method, { site })) as {
    name: string;
    app: string;
    plan: string;
  }[];
}
