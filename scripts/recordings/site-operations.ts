import { approved, approvedByTwo } from './approvals.js';
import { failsAt } from './faults.js';
import type { Recording } from './recording.js';

const THERE = 'Update Site Migrate';
const BACK = 'Recover Failed Site Migrate';

const upgrades: readonly Recording<'upgrade'>[] = [
  { kind: 'upgrade', scenario: 'succeeded', subdomain: 'rec-up-works', act: approved() },
  {
    kind: 'upgrade',
    scenario: 'recovered',
    subdomain: 'rec-up-back',
    faults: (site) => [failsAt(site, THERE, 'Migrate Site')],
    act: approved(),
  },
  {
    kind: 'upgrade',
    scenario: 'fatal-and-restored',
    subdomain: 'rec-up-fatal',
    faults: (site) => [
      failsAt(site, THERE, 'Migrate Site'),
      failsAt(site, BACK, 'Restore Touched Tables'),
    ],
    act: approved(),
  },
];

const restored: Recording = {
  kind: 'restore',
  scenario: 'succeeded',
  subdomain: 'rec-rs-works',
  prepare: async ({ client, record }, site) => {
    const who = { account: record.account, requestedBy: 'recorder' };
    const { workflowId } = await client.start('migrate', { ...who, site });
    const { details } = await client.wait(workflowId);
    return { from: { copy: details['safetyCopy'] ?? '' } };
  },
  act: approved(),
};

const unarchived: Recording = {
  kind: 'unarchive',
  scenario: 'succeeded',
  subdomain: 'rec-ua-works',
  prepare: async (stack, site) => {
    const { client, record } = stack;
    const who = { account: record.account, requestedBy: 'recorder' };
    const { workflowId } = await client.start('archive', { ...who, site });
    const approve = approvedByTwo();
    await client.wait(workflowId, (status) => approve(client, status, stack));
    return {};
  },
};

/** The site of a bench of its own, which gets a newer one. */
const deployed: Recording = {
  kind: 'deploy-bench',
  scenario: 'succeeded',
  subdomain: 'rec-db-works',
  prepare: async (stack) => {
    const { client, simulator, record } = stack;
    const { workflowId } = await client.provision({
      ...{ account: record.account, requestedBy: 'recorder', subdomain: 'rec-db-works' },
      ...{ plan: 'USD 200 Private', version: 'Version 15', apps: ['frappe', 'erpnext'] },
    });
    const approve = approved();
    const { details } = await client.wait(workflowId, (status) => approve(client, status, stack));
    const group = details['group'] ?? '';
    simulator.publishReleases(group);
    return { group, sites: 'all' as const };
  },
  act: approved(),
};

const others: readonly Recording[] = [
  { kind: 'update', scenario: 'refused', subdomain: 'rec-ud-none' },
  restored,
  unarchived,
  deployed,
  { kind: 'migrate', scenario: 'succeeded', subdomain: 'rec-mi-works' },
  {
    kind: 'migrate',
    scenario: 'restored',
    subdomain: 'rec-mi-fails',
    faults: (site) => [failsAt(site, 'Migrate Site', 'Migrate Site')],
  },
  { kind: 'reinstall', scenario: 'succeeded', subdomain: 'rec-re-works', act: approvedByTwo() },
  {
    kind: 'reinstall',
    scenario: 'restored',
    subdomain: 'rec-re-fails',
    faults: (site) => [failsAt(site, 'Reinstall Site', 'Reinstall Site')],
    act: approvedByTwo(),
  },
  { kind: 'archive', scenario: 'succeeded', subdomain: 'rec-ar-works', act: approvedByTwo() },
  {
    kind: 'archive',
    scenario: 'rolled-back',
    subdomain: 'rec-ar-fails',
    faults: (site) => [failsAt(site, 'Archive Site', 'Backup Site')],
    act: approvedByTwo(),
  },
  { kind: 'deactivate', scenario: 'succeeded', subdomain: 'rec-de-works' },
  { kind: 'activate', scenario: 'refused', subdomain: 'rec-ac-active' },
];

/** Operations on a site of Version 14 that exists, in the ways they go. */
export const siteRecordings: readonly Recording[] = [
  ...(upgrades as readonly Recording[]),
  ...others,
];
