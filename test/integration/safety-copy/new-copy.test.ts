import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, endOf, eventually, onMethod } from '../provision/support.js';
import {
  answer,
  backupsOf,
  copyOf,
  downloadsOf,
  liveSite,
  NOBODY_ASKED,
  onBackup,
  startReinstall,
} from './support.js';

describe('a new safety copy', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ policy: NOBODY_ASKED });
  });
  afterEach(() => harness.simulator.clearFaults());
  afterAll(() => harness.close());

  const reinstalled = async (site: string) => {
    const handle = await startReinstall(harness, site);
    return { ...handle, ...(await endOf(harness, handle.workflowId, 'succeeded')) };
  };

  it('is made once, whole, and named in result and ledger', async () => {
    const site = await liveSite(harness);
    const { details, operationId } = await reinstalled(site);

    expect(backupsOf(harness, site)).toMatchObject([{ withFiles: true, offsite: false }]);
    const copy = await copyOf(harness, site);
    expect(details).toMatchObject({ safetyCopy: copy.handle });
    expect(copy).toMatchObject({ operationId, version: 'Version 15', apps: ['frappe', 'erpnext'] });
    expect(copy.files.map(({ kind }) => kind)).toEqual(['database', 'public', 'private', 'config']);
    expect(await harness.deps.vault.verify(copy.handle)).toEqual([]);

    const events = await harness.ledger.events(operationId);
    expect(events.find(({ type }) => type === 'safety.copied')?.data).toMatchObject({
      handle: copy.handle,
      files: copy.files.map(({ kind, bytes, sha256 }) => ({ kind, bytes, sha256 })),
    });
  });

  it('keeps the encryption key of the site, sealed, and tells it nobody else', async () => {
    const site = await liveSite(harness);
    const { workflowId, operationId } = await reinstalled(site);
    const { handle, sealedEncryptionKey } = await copyOf(harness, site);
    const config = await textOf(await harness.deps.vault.read(handle, 'config'));
    const { encryption_key: key } = JSON.parse(config) as { encryption_key: string };

    expect(await harness.deps.unseal({ sealed: sealedEncryptionKey ?? '' })).toBe(key);
    const history = JSON.stringify(await harness.client.history(workflowId));
    const events = JSON.stringify(await harness.ledger.events(operationId));
    for (const text of [history, events]) expect(text).not.toContain(key);
  });

  it('adopts its own backup when the answer was lost', async () => {
    const site = await liveSite(harness);
    harness.simulator.addFault(onMethod(site, 'schedule_backup', { kind: 'lose_answer' }));
    await reinstalled(site);
    expect(backupsOf(harness, site)).toHaveLength(1);
  });

  it("takes somebody else's that is under way, if it has files", async () => {
    const site = await liveSite(harness);
    harness.simulator.addFault(onBackup(site, { kind: 'slow', factor: 10 }));
    const name = harness.simulator.backUp(site, { withFiles: true });
    await reinstalled(site);
    expect(backupsOf(harness, site)).toMatchObject([{ name }]);
    expect(await copyOf(harness, site)).toMatchObject({ backup: name });
  });

  it("waits for somebody else's without files, then makes its own", async () => {
    const site = await liveSite(harness);
    harness.simulator.addFault(onBackup(site, { kind: 'slow', factor: 10 }));
    const name = harness.simulator.backUp(site, { withFiles: false });
    await reinstalled(site);
    const [theirs, ours] = backupsOf(harness, site);
    expect(theirs).toMatchObject({ name, withFiles: false });
    expect(await copyOf(harness, site)).toMatchObject({ backup: ours?.name });
  });

  it('tries a backup that failed once more by itself, then asks', async () => {
    const site = await liveSite(harness);
    harness.simulator.addFault(onBackup(site, { kind: 'fail_step', step: 0 }, 2));
    const handle = await startReinstall(harness, site);
    await answer(harness, handle, 'retry', /backup failed/);
    await endOf(harness, handle.workflowId, 'succeeded');
    const statuses = backupsOf(harness, site).map(({ status }) => status);
    expect(statuses).toEqual(['Failure', 'Failure', 'Success']);
  });

  it('goes back with nothing done when a person says so', async () => {
    const site = await liveSite(harness);
    harness.simulator.addFault(onBackup(site, { kind: 'fail_step', step: 0 }, 'always'));
    const handle = await startReinstall(harness, site);
    await answer(harness, handle, 'roll_back', /backup failed/);
    await endOf(harness, handle.workflowId, 'rolled_back');
    expect(effectsOn(harness, site)).not.toContain('site.reinstall');
  });

  it('can be cancelled while the backup runs', async () => {
    const site = await liveSite(harness);
    harness.simulator.addFault(onBackup(site, { kind: 'slow', factor: 50 }));
    const { workflowId } = await startReinstall(harness, site);
    await eventually(() => backupsOf(harness, site).length === 1);
    expect(await harness.client.cancel(workflowId, { by: 'kim' })).toMatchObject({
      accepted: true,
    });
    await endOf(harness, workflowId, 'cancelled');
    expect(effectsOn(harness, site)).not.toContain('site.reinstall');
  });

  it('asks about a size that cannot be, and takes it when a person says so', async () => {
    const site = await liveSite(harness);
    await reinstalled(site);
    harness.simulator.setFileSizes(site, { database: 5_000_000 });
    const handle = await startReinstall(harness, site);
    const { problem } = await answer(harness, handle, 'accept', /% of the size of the backups/);
    expect(problem?.step).toBe('safety copy');
    await endOf(harness, handle.workflowId, 'succeeded');
    expect(downloadsOf(harness, site, 'database')).toEqual([0, 0]);
  });
});

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
