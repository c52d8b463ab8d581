import type { FaultRule, JobFault } from '../../../simulators/press/index.js';
import type { OperationResult, Outcome, RestoreSiteInput } from '../../../src/client.js';
import type { RestoreSource } from '../../../src/domain/inputs.js';
import type { Harness } from '../../support/harness.js';
import { endOf, onJob, siteIn } from '../provision/support.js';
import { liveSite, offsiteBackup } from '../safety-copy/support.js';

/** Nobody is asked: what approvals do is tested with provision. */
export const FREE = { restore: [{ name: 'all', when: {}, approval: 'none' }] } as const;

/** Lets the restore of a site go wrong. */
export const onRestore = (site: string, fault: JobFault, times?: FaultRule['times']): FaultRule =>
  onJob(site, 'Restore Site', fault, times === undefined ? {} : { times });

/** Lets a step of the restore of a site fail. */
export const failsIn = (site: string, step: string, times?: FaultRule['times']): FaultRule =>
  onRestore(site, { kind: 'fail_step', step }, times);

/** What the data of a site is, by kind. */
export const dataOf = (harness: Harness, site: string) => siteIn(harness, site)?.data;

/** A site with an offsite backup, whose data has changed since. */
export async function backedUpSite(harness: Harness) {
  const site = await liveSite(harness);
  const backup = await offsiteBackup(harness, site);
  const before = dataOf(harness, site);
  harness.simulator.changeData(site);
  const today = dataOf(harness, site);
  return { site, backup, before, today };
}

/** Starts a restore. */
export async function startRestore(
  { client }: Harness,
  site: string,
  from: RestoreSource,
  change: Partial<RestoreSiteInput> = {},
): Promise<string> {
  const input = { account: 'main', requestedBy: 'ops', site, from, ...change };
  return (await client.start('restore', input)).workflowId;
}

/** Restores to the end. */
export async function restore(
  harness: Harness,
  site: string,
  from: RestoreSource,
  outcome: Outcome,
  change: Partial<RestoreSiteInput> = {},
): Promise<OperationResult & { readonly workflowId: string }> {
  const workflowId = await startRestore(harness, site, from, change);
  return { ...(await endOf(harness, workflowId, outcome)), workflowId };
}
