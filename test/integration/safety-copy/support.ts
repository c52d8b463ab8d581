import { expect } from 'vitest';
import type { FaultRule, JobFault } from '../../../simulators/press/index.js';
import type { OperationHandle, OperationStatus, ReinstallSiteInput } from '../../../src/client.js';
import type { Choice } from '../../../src/domain/messages.js';
import type { OperationRule } from '../../../src/domain/policy.js';
import type { CopyManifest } from '../../../src/vault/index.js';
import type { Harness } from '../../support/harness.js';
import { eventually, makeActive, onJob, siteIn } from '../provision/support.js';

/** Lets anybody reinstall: for tests that are about something else. */
export const NOBODY_ASKED: { readonly reinstall: readonly OperationRule[] } = {
  reinstall: [{ name: 'every reinstall', when: {}, approval: 'none' }],
};

/** Makes a site past Sitewright, and waits until it is Active. */
export const liveSite = (harness: Harness): Promise<string> => makeActive(harness);

/** Something is done to a site past Sitewright, by a document method. */
export const actOn = (
  harness: Harness,
  site: string,
  method: string,
  args: object = {},
): Promise<unknown> =>
  harness.press('main', 'press.api.client.run_doc_method', { dt: 'Site', dn: site, method, args });

/** Takes a site off, and waits until its server and its proxy know. */
export async function switchOff(harness: Harness, site: string): Promise<void> {
  await actOn(harness, site, 'deactivate');
  await eventually(() => openJobs(harness, site).length === 0);
}

/** Leaves a site Broken, but without a failed restore: a migration that fails does. */
export async function breakDown(harness: Harness, site: string): Promise<void> {
  harness.simulator.addFault(onJob(site, 'Migrate Site', { kind: 'fail_step', step: 0 }));
  await actOn(harness, site, 'migrate', { skip_failing_patches: false });
  await eventually(() => siteIn(harness, site)?.status === 'Broken');
}

/** A finished offsite backup as Press's scheduler takes it; its name. */
export async function offsiteBackup(harness: Harness, site: string): Promise<string> {
  const name = harness.simulator.backUp(site, { offsite: true });
  // The clock of the simulator takes note of what a control has begun with the next call.
  await harness.press('main', 'press.api.client.get', { doctype: 'Site', name: site });
  await eventually(() => backupsOf(harness, site).some((row) => row.name === name && isDone(row)));
  return name;
}

const isDone = ({ status }: { readonly status: string }): boolean => status === 'Success';

/** Site Backups of a site, in the order of their making. */
export const backupsOf = ({ simulator }: Harness, site: string) =>
  simulator.estate().backups.filter((row) => row.site === site);

const openJobs = ({ simulator }: Harness, site: string) =>
  simulator.estate().jobs.filter((job) => job.site === site && !/Success|Failure/.test(job.status));

/** Lets the backups of a site go wrong. */
export const onBackup = (site: string, fault: JobFault, times: FaultRule['times'] = 1): FaultRule =>
  onJob(site, 'Backup Site', fault, { times });

/** Starts a reinstall. */
export const startReinstall = (
  { client }: Harness,
  site: string,
  change: Partial<ReinstallSiteInput> = {},
): Promise<OperationHandle> =>
  client.start('reinstall', { account: 'main', requestedBy: 'ops', site, ...change });

/** Approves as two people do who type its name, and acknowledge what they have to. */
export async function approveBy(
  { client, until }: Harness,
  { workflowId, site }: OperationHandle,
  people: readonly string[] = ['kim', 'dana'],
): Promise<void> {
  const { plan } = await until(workflowId, ({ state }) => state === 'waiting_approval');
  const acknowledges = plan?.approval?.acknowledge ?? [];
  for (const by of people) {
    const answer = await client.approve(workflowId, { by, typedName: site, acknowledges });
    expect(answer).toMatchObject({ accepted: true });
  }
}

/** The requests for a file of a backup, in order: which byte each began with. */
export function downloadsOf({ simulator }: Harness, site: string, kind: string): readonly number[] {
  return simulator.calls().flatMap(({ method, args }) => {
    const { site: of, fileName, range } = args as Record<string, string | null>;
    if (method !== 'site.get_backup_file' || of !== site || !fileName?.includes(kind)) return [];
    return [Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0)];
  });
}

/** The one copy of a site that the vault has. */
export async function copyOf({ deps }: Harness, site: string): Promise<CopyManifest> {
  const copies: CopyManifest[] = [];
  for await (const copy of deps.vault.list({ site })) copies.push(copy);
  const [copy] = copies;
  if (copy === undefined || copies.length > 1)
    throw new Error(`${copies.length} copies of ${site}`);
  return copy;
}

/** Waits until a person is asked, and answers for one. */
export async function answer(
  { client, until }: Harness,
  { workflowId }: OperationHandle,
  choice: Choice,
  reason: RegExp,
): Promise<OperationStatus> {
  const asked = await until(workflowId, ({ state }) => state === 'needs_human');
  expect(asked.problem?.message).toMatch(reason);
  expect(asked.choices).toContain(choice);
  expect(await client.resolve(workflowId, choice, { by: 'ops' })).toMatchObject({ accepted: true });
  return asked;
}
