import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import type { CallFault, FaultRule, JobFault } from '../../../simulators/press/index.js';
import type {
  OperationResult,
  OperationStatus,
  Outcome,
  ProvisionSiteInput,
} from '../../../src/client.js';
import { isOutcome } from '../../../src/domain/operations.js';
import type { Harness } from '../../support/harness.js';

/** A name of its own for every test. */
export const aName = (): string => `site-${randomUUID().slice(0, 8)}`;

type Times = Pick<FaultRule, 'nth' | 'times'>;

/** Lets the creation of one site go wrong. */
export const onCreate = (subdomain: string, fault: CallFault, when: Times = {}): FaultRule => ({
  call: { method: 'press.api.site.new', body: { 'site.name': subdomain } },
  fault,
  ...when,
});

/** Lets a document method of one site go wrong, e.g. `archive`. */
export const onMethod = (
  site: string,
  method: string,
  fault: CallFault,
  when: Times = {},
): FaultRule => ({
  call: { method: 'press.api.client.run_doc_method', body: { dn: site, method } },
  fault,
  ...when,
});

/** Lets a job of one site go wrong. */
export const onJob = (
  site: string,
  jobType: string,
  fault: JobFault,
  when: Times = {},
): FaultRule => ({ job: { site, jobType }, fault, ...when });

/** Makes a site slowly, so that a test can act meanwhile on a busy machine too. */
export const slowly = (site: string): FaultRule =>
  onJob(site, 'New Site', { kind: 'slow', factor: 5 });

/** What was done to a site, in order, e.g. `['site.create', 'site.archive']`. */
export function effectsOn({ simulator }: Harness, site: string): readonly string[] {
  return simulator.effects().flatMap(({ effect, target }) => (target === site ? [effect] : []));
}

/** The site as Press has it now; undefined when there is none of that name. */
export function siteIn({ simulator }: Harness, site: string) {
  return simulator.estate().sites.find(({ name }) => name === site);
}

/** How often a method was called for a site, answered or not. */
export function callsOf({ simulator }: Harness, method: string, text: string): number {
  const named = simulator
    .calls()
    .filter((call) => call.method === method || call.action === method);
  return named.filter(({ args }) => JSON.stringify(args).includes(text)).length;
}

/** Waits until it is true; unlike `expect.poll` also beside other tests of the file. */
export const eventually = (isSo: () => boolean | Promise<boolean>): Promise<void> =>
  vi.waitFor(
    async () => {
      if (!(await isSo())) throw new Error('it does not come true');
    },
    { timeout: 60_000, interval: 10 },
  );

/** Waits until Press has been asked `times` times. */
export const untilCalled = (harness: Harness, method: string, text: string, times = 1) =>
  eventually(() => callsOf(harness, method, text) >= times);

/**
 * Waits for the end and checks what every end has in common: the outcome, a completed run without
 * open updates, a closed record whose chain holds, no lock left.
 */
export async function endOf(
  { client, ledger, until }: Harness,
  workflowId: string,
  outcome: Outcome,
): Promise<OperationResult> {
  const over = ({ state }: OperationStatus) => isOutcome(state) || state === 'needs_human';
  const { state, reason, problem } = await until(workflowId, over);
  expect({ state, reason, problem }).toMatchObject({ state: outcome });
  const result = await client.wait(workflowId);
  expect(result).toMatchObject({ outcome });
  const { operationId } = result;

  const { events } = await client.temporal.workflow.getHandle(workflowId).fetchHistory();
  expect(events?.at(-1)?.workflowExecutionCompletedEventAttributes).toBeTruthy();
  const count = (name: `workflowExecutionUpdate${'Accepted' | 'Completed'}EventAttributes`) =>
    events?.filter((event) => event[name]).length;
  expect(count('workflowExecutionUpdateCompletedEventAttributes')).toBe(
    count('workflowExecutionUpdateAcceptedEventAttributes'),
  );

  expect(await ledger.getOperation(operationId)).toMatchObject({ state: outcome, result });
  expect(await ledger.verify(operationId)).toEqual([]);
  const locks = await ledger.locks();
  expect(locks.filter((lock) => lock.operationId === operationId)).toEqual([]);
  return result;
}

/** Provisions to the end. */
export async function provision(
  harness: Harness,
  change: Partial<ProvisionSiteInput>,
  outcome: Outcome,
): Promise<OperationResult & { readonly workflowId: string }> {
  const { workflowId } = await harness.client.provision(harness.input(change));
  return { ...(await endOf(harness, workflowId, outcome)), workflowId };
}

/** Makes a site past Sitewright, as another tool of that team would. */
export async function makeSite(
  harness: Harness,
  account: 'main' | 'other',
  subdomain: string,
  change: object = {},
): Promise<void> {
  const site = {
    name: subdomain,
    apps: ['frappe', 'erpnext'],
    plan: 'USD 25',
    version: 'Version 15',
    cluster: 'Mumbai',
    group: 'bench-0001',
    domain: harness.simulator.domain,
    ...change,
  };
  await harness.press(account, 'press.api.site.new', { site });
}

/** Makes a site past Sitewright, and waits until it is Active; its full name. */
export async function makeActive(
  harness: Harness,
  subdomain: string = aName(),
  change: object = {},
): Promise<string> {
  await makeSite(harness, 'main', subdomain, change);
  const site = fullName(harness, subdomain);
  await eventually(() => siteIn(harness, site)?.status === 'Active');
  return site;
}

/** Takes the locks of a site, as another operation would; answers how to give them back. */
export async function occupy({ ledger }: Harness, site: string): Promise<() => Promise<void>> {
  const operationId = randomUUID().slice(0, 8);
  const event = { key: 'opened', type: 'operation.opened', data: {} };
  await ledger.openOperation(
    {
      operationId,
      kind: 'provision',
      site,
      account: 'main',
      requestedBy: 'somebody',
      idempotencyKey: null,
      payloadHash: '',
      reason: null,
      workflowId: `provision:${site}:${operationId}`,
      runId: '',
      input: {},
    },
    event,
  );
  await ledger.acquireLocks(operationId, [`site:${site}`]);
  return () => ledger.releaseLocks(operationId);
}

/** Name of the site of a subdomain. */
export const fullName = ({ simulator }: Harness, subdomain: string): string =>
  `${subdomain}.${simulator.domain}`;
