import type { PressSimulator } from '../../../../simulators/press/index.js';
import {
  type Account,
  type Backup,
  listBackups,
  newSite,
  scheduleBackup,
} from '../../../../src/frappe-cloud/index.js';
import { simulatedPress } from './simulated-press.js';

export const MINUTE_MS = 60_000;
export const SITE = 'acme-shop.frappe.cloud';

/** A simulated Press with one site that is up; all is gone when the test ends. */
export async function simulatedSite(): Promise<{ sim: PressSimulator; account: Account }> {
  const { sim, account } = await simulatedPress();
  await newSite(account.press, {
    name: 'acme-shop',
    apps: ['frappe', 'crm'],
    plan: 'USD 25',
    cluster: 'Mumbai',
    group: 'bench-0001',
    version: 'Version 15',
    domain: 'frappe.cloud',
  });
  sim.clock.advance(10 * MINUTE_MS);
  return { sim, account };
}

/** A finished backup on the site's server, with files. */
export async function backedUp(sim: PressSimulator, { press }: Account): Promise<Backup> {
  const name = await scheduleBackup(press, { site: SITE, with_files: true });
  sim.clock.advance(10 * MINUTE_MS);
  const rows = await listBackups(press, { site: SITE, statuses: ['Success'] });
  const backup = rows.find((row) => row.name === name);
  if (!backup) throw new Error('no backup');
  return backup;
}

/** The mark of a site's data, see the simulator. */
export function dataOf(sim: PressSimulator) {
  return sim.estate().sites.find(({ name }) => name === SITE)?.data;
}
