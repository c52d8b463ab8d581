import type { PressSimulatorOptions } from '../../../../simulators/press/index.js';
import { messageOf, MINUTE, type Press, SECOND, startPress } from './press-client.js';

/** A site of its own bench: path P of A 3.2. */
export const PRIVATE = {
  apps: ['frappe', 'erpnext'],
  plan: 'USD 200 Private',
  cluster: 'Mumbai',
  provider: 'AWS EC2',
  version: 'Version 15',
};

/** One minute instead of twenty: tests look at every poll tick. */
export const startQuickBuilds = (options: PressSimulatorOptions = {}) =>
  startPress({ timings: { build: MINUTE }, ...options });

export const orderSite = (press: Press, name: string, extra: object = {}) =>
  press.call('press.api.site.new', { site: { ...PRIVATE, name, ...extra } });

/** Orders a site and tells order and group. */
export async function ordered(press: Press, name: string, extra: object = {}) {
  const { status, body } = await orderSite(press, name, extra);
  if (status !== 200) throw new Error(JSON.stringify(body));
  const { site_group_deploy: order } = body.message as { site_group_deploy: string };
  const group = press.sim.estate().orders.find((row) => row.name === order)?.group ?? '';
  return { order, group };
}

export const rowsOf = (press: Press, doctype: string, fields: string[], filters: object) =>
  press.ask<Record<string, unknown>[]>('press.api.client.get_list', {
    doctype,
    fields,
    filters,
    order_by: 'creation desc',
  });

export const groupMethod = (press: Press, group: string, method: string, args: object = {}) =>
  press.call('press.api.client.run_doc_method', { dt: 'Release Group', dn: group, method, args });

export const deleteGroup = (press: Press, group: string) =>
  press.call('press.api.client.delete', { doctype: 'Release Group', name: group });

export const orderStatus = (press: Press, order: string): string | undefined =>
  press.sim.estate().orders.find(({ name }) => name === order)?.status;

export const benchStatuses = (press: Press, group: string): string[] =>
  press.sim
    .estate()
    .benches.filter((bench) => bench.group === group)
    .map(({ status }) => status);

/** Goes on tick by tick until something holds. */
export function advanceUntil(press: Press, holds: () => boolean, atMostMinutes = 60): void {
  for (let waited = 0; waited < atMostMinutes * MINUTE; waited += 5 * SECOND) {
    if (holds()) return;
    press.sim.clock.advance(5 * SECOND);
  }
  throw new Error(`did not happen within ${atMostMinutes} virtual minutes`);
}

export const groupOf = (press: Press, name: string) =>
  press.sim.estate().groups.find((group) => group.name === name);

/** Class and text of a refusal. */
export const refusal = (body: Record<string, unknown>) => [body.exc_type, messageOf(body)];

/** A site on its own bench, up and running. */
export async function orderAtRest(name: string) {
  const press = await startQuickBuilds();
  const made = await ordered(press, name);
  press.sim.clock.advance(20 * MINUTE);
  const site = `${name}.${press.sim.domain}`;
  return { ...press, press, site, ...made };
}

export const archiveSite = (press: Press, site: string) =>
  press.rdm(site, 'archive', { force: true, create_offsite_backup: false });
