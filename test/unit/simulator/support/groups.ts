import type { AppCommit } from '../../../../simulators/press/index.js';
import { groupMethod } from './orders.js';
import { MINUTE, type Press, startPress } from './press-client.js';

/** The private group of the seed, and its site of these tests. */
export const GROUP = 'bench-0004';
export const NAME = 'acme-one.frappe.cloud';

export const startQuick = () => startPress({ timings: { build: MINUTE } });

/** A site on the private group of the seed. */
export async function withPrivateSite(apps = ['frappe', 'erpnext']): Promise<Press> {
  const press = await startQuick();
  await press.activeSite('acme-one', { group: GROUP, apps });
  return press;
}

export const newGroup = (press: Press, title: string, version = 'Version 16', extra: object = {}) =>
  press.ask<string>('press.api.bench.new', {
    bench: {
      title,
      version,
      apps: [{ name: 'frappe', source: `SRC-frappe-${version.slice(-2)}` }],
      cluster: 'Mumbai',
      saas_app: null,
      server: null,
      ...extra,
    },
  });

/** Builds a group for the first time and waits for its benches. */
export async function deployed(press: Press, group: string): Promise<void> {
  await groupMethod(press, group, 'initial_deploy');
  press.sim.clock.advance(20 * MINUTE);
}

export const benchMethod = (press: Press, bench: string, method: string) =>
  press.call('press.api.client.run_doc_method', { dt: 'Bench', dn: bench, method });

/** The site of a deploy, as `deploy_information` lists it. */
export const SITE_OF_DEPLOY = {
  name: NAME,
  server: 'f1-mumbai.frappe.cloud',
  bench: 'bench-0004-000001-f1-mumbai',
  skip_failing_patches: false,
  skip_backups: false,
};

export const deployAndUpdate = (press: Press, apps: AppCommit[], sites: object[] = []) =>
  press.call('press.api.bench.deploy_and_update', {
    name: GROUP,
    apps,
    sites,
    run_will_fail_check: true,
  });

export interface Information {
  update_available: boolean;
  deploy_in_progress: boolean;
  has_running_release_pipeline: boolean;
  removed_apps: object[];
  apps: {
    app: string;
    source: string;
    current_hash: string | null;
    releases: { name: string; hash: string }[];
    update_available: boolean | null;
    will_branch_change: boolean;
  }[];
}

export const information = (press: Press, name = GROUP) =>
  press.ask<Information>('press.api.bench.deploy_information', { name });
