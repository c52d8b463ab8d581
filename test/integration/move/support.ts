import type { FaultRule } from '../../../simulators/press/index.js';
import type { MoveSiteInput, OperationHandle } from '../../../src/client.js';
import type { OperationRule, Policy } from '../../../src/domain/policy.js';
import type { Harness } from '../../support/harness.js';

/** The private group of the seed, of Version 15, on the server of the sites of the tests. */
export const OWN_GROUP = 'bench-0004';
export const PUBLIC_GROUP = 'bench-0001';
export const SHARED_SERVER = 'f1-mumbai.frappe.cloud';
/** Ours, with no bench of that group at first. */
export const OWN_SERVER = 'f9-mumbai.frappe.cloud';
/** What the simulator calls a migration between servers in the place of a job type. */
export const MIGRATION = 'Site Migration';

/** Nobody is asked. */
export const FREE = {
  move: [{ name: 'all', when: {}, approval: 'none' }] satisfies readonly OperationRule[],
} satisfies Partial<Policy>;

/** Lets a migration between servers fail at a step (C 2.9). */
export const migrationFails = (site: string, step: string): FaultRule => ({
  job: { site, jobType: MIGRATION },
  fault: { kind: 'fail_step', step },
});

/** Starts a move, by default into our group. */
export const startMove = (
  { client }: Harness,
  site: string,
  change: Partial<MoveSiteInput> = { group: OWN_GROUP },
): Promise<OperationHandle> =>
  client.start('move', { account: 'main', requestedBy: 'ops', site, ...change });
