import { expect } from 'vitest';
import type { DeployBenchInput, OperationHandle, OperationStatus } from '../../../src/client.js';
import type { Harness } from '../../support/harness.js';
import { aName, eventually, fullName, makeSite, siteIn } from '../provision/support.js';

/** The app of a group's own: shared sources change for all groups at once. */
export const OWN_APP = 'shop_app';

/** A deployed group of ours, with what stands on it. */
export interface OwnGroup {
  readonly group: string;
  readonly title: string;
  /** Full names. */
  readonly sites: readonly string[];
}

/**
 * A bench group as another tool of the team would have made it: with an app from a repository of its
 * own, deployed once, with sites on it.
 */
export async function makeGroup(
  harness: Harness,
  { title = aName(), sites = 0 }: { readonly title?: string; readonly sites?: number } = {},
): Promise<OwnGroup> {
  const { simulator } = harness;
  const source = (app: string) => ({ name: app, source: `SRC-${app}-15` });
  const group = (await harness.press('main', 'press.api.bench.new', {
    bench: {
      title,
      version: 'Version 15',
      apps: [source('frappe'), source('erpnext')],
      cluster: 'Mumbai',
      server: null,
      saas_app: null,
    },
  })) as string;
  const repository = `acme/${title}`;
  simulator.setBranches(repository, { main: ['Version 15'], next: ['Version 15'] });
  await onGroup(harness, group, 'add_app', {
    app: {
      name: OWN_APP,
      title: 'Shop',
      repository_url: `https://github.com/${repository}`,
      branch: 'main',
    },
    is_update: false,
  });
  await onGroup(harness, group, 'initial_deploy', {});
  await eventually(() => benchesOf(harness, group).some(({ status }) => status === 'Active'));
  const names = Array.from({ length: sites }, (_, index) =>
    index === 0 ? title : `${title}-${index + 1}`,
  );
  await Promise.all(
    names.map((name) =>
      makeSite(harness, 'main', name, { group, apps: ['frappe', 'erpnext', OWN_APP] }),
    ),
  );
  const full = names.map((name) => fullName(harness, name));
  await eventually(() => full.every((site) => siteIn(harness, site)?.status === 'Active'));
  return { group, title, sites: full };
}

function onGroup(harness: Harness, group: string, method: string, args: object): Promise<unknown> {
  const call = { dt: 'Release Group', dn: group, method, args };
  return harness.press('main', 'press.api.client.run_doc_method', call);
}

/** Those that are there, the oldest first. */
export const benchesOf = ({ simulator }: Harness, group: string) =>
  simulator
    .estate()
    .benches.filter((bench) => bench.group === group && bench.status !== 'Archived');

/** The group with a new commit of its own app, which a deploy brings. */
export async function groupToDeploy(
  harness: Harness,
  change: Parameters<typeof makeGroup>[1] = {},
) {
  const made = await makeGroup(harness, change);
  const [commit] = harness.simulator.publishReleases(made.group, [OWN_APP]);
  return { ...made, hash: commit?.hash ?? '' };
}

/** Asks for a deploy. */
export const deployBench = (
  { client }: Harness,
  group: string,
  change: Partial<DeployBenchInput> = {},
): Promise<OperationHandle> =>
  client.start('deploy-bench', { account: 'main', requestedBy: 'ops', group, ...change });

/** Waits until it asks for approval. */
export const asks = ({ until }: Harness, workflowId: string): Promise<OperationStatus> =>
  until(workflowId, ({ state }) => state === 'waiting_approval');

/** Asks for a deploy and has it approved. */
export async function approvedDeploy(
  harness: Harness,
  group: string,
  change: Partial<DeployBenchInput> = {},
): Promise<OperationHandle> {
  const handle = await deployBench(harness, group, change);
  await asks(harness, handle.workflowId);
  const answer = await harness.client.approve(handle.workflowId, { by: 'kim' });
  expect(answer).toMatchObject({ accepted: true });
  return handle;
}

/** The app sources of a group, e.g. to see that a branch is back. */
export const sourcesOf = ({ simulator }: Harness, group: string) =>
  simulator.estate().groups.find(({ name }) => name === group)?.sources ?? {};
