import type { FaultRule } from '../../../simulators/press/index.js';
import type {
  OperationResult,
  Outcome,
  UpdateSiteInput,
  UpgradeSiteInput,
} from '../../../src/client.js';
import type { Harness } from '../../support/harness.js';
import { aName, endOf, makeActive } from '../provision/support.js';

/** The jobs of an update: there, and back (C 2.1). */
export const THERE = 'Update Site Migrate';
export const BACK = 'Recover Failed Site Migrate';
export const BACK_ON = 'Recover Failed Site Update';

/** A loaded machine is slow, and a fast clock is not: what only then would ask a person. */
export const PATIENT = { transferStall: 60_000, verifyDeadline: 30_000 } as const;

const V14 = { group: 'bench-0002', version: 'Version 14' };

/** A site that is Active, on a shared bench of Version 14 unless told otherwise; its full name. */
export const anActiveSite = (harness: Harness, change: object = V14): Promise<string> =>
  makeActive(harness, aName(), change);

/** Lets a job of one site fail at a step. */
export const failsAt = (site: string, jobType: string, step: string | number): FaultRule => ({
  job: { site, jobType },
  fault: { kind: 'fail_step', step },
});

/** Starts an upgrade, approved. */
export async function startUpgrade(
  harness: Harness,
  site: string,
  change: Partial<UpgradeSiteInput> = {},
): Promise<string> {
  const input = { account: 'main', requestedBy: 'ops', site, ...change };
  const { workflowId } = await harness.client.start('upgrade', input);
  return workflowId;
}

/** Upgrades to the end. */
export async function upgrade(
  harness: Harness,
  site: string,
  outcome: Outcome,
  change: Partial<UpgradeSiteInput> = {},
): Promise<OperationResult & { readonly workflowId: string }> {
  const workflowId = await startUpgrade(harness, site, change);
  return { ...(await endOf(harness, workflowId, outcome)), workflowId };
}

/** Updates to the end. */
export async function update(
  harness: Harness,
  site: string,
  outcome: Outcome,
  change: Partial<UpdateSiteInput> = {},
): Promise<OperationResult & { readonly workflowId: string }> {
  const input = { account: 'main', requestedBy: 'ops', site, ...change };
  const { workflowId } = await harness.client.start('update', input);
  return { ...(await endOf(harness, workflowId, outcome)), workflowId };
}
