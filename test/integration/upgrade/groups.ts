import type { Harness } from '../../support/harness.js';
import { eventually } from '../provision/support.js';

interface Wanted {
  readonly title: string;
  readonly cluster?: 'Mumbai' | 'Frankfurt';
  /** Besides frappe. */
  readonly apps?: readonly string[];
  readonly deploy?: boolean;
}

/** A private group of Version 16 as somebody made it in the dashboard; its name. */
export async function aGroup(
  harness: Harness,
  { title, cluster = 'Mumbai', apps = ['erpnext'], deploy = true }: Wanted,
): Promise<string> {
  const bench = {
    title,
    version: 'Version 16',
    apps: [{ name: 'frappe', source: 'SRC-frappe-16' }],
    cluster,
    saas_app: null,
    server: null,
  };
  const group = (await harness.press('main', 'press.api.bench.new', { bench })) as string;
  if (apps.length > 0) {
    const added = apps.map((app) => ({ app, source: `SRC-${app}-16` }));
    await harness.press('main', 'press.api.bench.add_apps', { name: group, apps: added });
  }
  if (!deploy) return group;
  const call = { dt: 'Release Group', dn: group, method: 'initial_deploy', args: {} };
  await harness.press('main', 'press.api.client.run_doc_method', call);
  await eventually(() => benchesOf(harness, group).some(({ status }) => status === 'Active'));
  return group;
}

export const benchesOf = ({ simulator }: Harness, group: string) =>
  simulator.estate().benches.filter((bench) => bench.group === group);
