import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConfigValue, connect, type OperationResult } from '../../src/client.js';
import {
  type EmbeddedTemporal,
  startEmbeddedTemporal,
} from '../../src/temporal/embedded-server.js';
import { openVault } from '../../src/vault/index.js';
import { everywhere as allPlaces } from '../support/everywhere.js';
import { type Harness, startHarness } from '../support/harness.js';
import { aSecret, filesBelow, leaksIn, type Place } from '../support/leaks.js';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.js';
import { fullName } from './provision/support.js';

describe('secrets', () => {
  let server: EmbeddedTemporal;
  let harness: Harness;
  let worker: WorkerProcess;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sitewright-canary-'));
    server = await startEmbeddedTemporal({
      dataDir: path.join(folder, 'temporal'),
      ui: false,
      fastTimers: true,
    });
    harness = await startHarness({ temporalAddress: server.address, startWorkers: false });
    worker = await startWorkerProcess({
      ...harness.workerEnvironment,
      SITEWRIGHT_LOG_LEVEL: 'trace',
    });
  });
  afterAll(async () => {
    await worker.end('SIGTERM');
    await harness.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Provisions with hand-overs, each of which fails at first: errors are where secrets get out. */
  async function provisionWith(config: Record<string, ConfigValue>): Promise<OperationResult> {
    const { client, simulator } = harness;
    const input = harness.input({ config, handOver: ['login_link', 'administrator_password'] });
    const site = fullName(harness, input.subdomain);
    const message = 'Server is unresponsive. Please try again in some time.';
    const refusal = {
      kind: 'exception',
      excType: 'ValidationError',
      message,
      status: 417,
    } as const;
    simulator.addFault({
      call: { method: 'press.api.site.login', body: { name: site } },
      fault: refusal,
    });
    simulator.addFault({
      call: { method: '/api/resource/User/Administrator', body: { site } },
      fault: { kind: 'lose_answer' },
    });
    const { workflowId } = await client.provision(input);
    return client.wait(workflowId);
  }

  const claim = async (result: OperationResult, kind: string) =>
    (await harness.client.claimSecret(result.details[`secret.${kind}`] ?? '', { by: 'kim' })).value;

  it('are in no file, log, history, search answer or export', async () => {
    const { client, simulator } = harness;
    const mailPassword = aSecret();
    const apiToken = aSecret();
    const decoy = aSecret();
    const result = await provisionWith({
      mail_password: await client.seal(mailPassword),
      any_other_key: await client.seal(apiToken),
      // What nobody has sealed is no secret: the search must find it.
      in_clear: decoy,
    });
    expect(result).toMatchObject({ outcome: 'succeeded', exceptions: [] });
    const link = await claim(result, 'login_link');
    const sid = new URL(link).searchParams.get('sid') ?? '';
    const secrets = {
      'config value': mailPassword,
      'config value under another key': apiToken,
      'administrator password': await claim(result, 'administrator_password'),
      'login link': link,
      'session id': sid,
      'API secret': simulator.accounts.main.apiSecret,
    };
    expect(Object.values(secrets).every((secret) => secret.length >= 12)).toBe(true);
    await plainStart(decoy);

    const places = await everywhere(result.operationId);
    expect(leaksIn(places, secrets)).toEqual([]);

    const decoys = new Set(leaksIn(places, { decoy }));
    for (const expected of [
      'temporal.db: decoy as JSON text',
      'ledger.db: decoy as JSON text',
      'history, decoded: decoy as JSON text',
    ]) {
      expect([...decoys].map((found) => found.replace('.db-wal', '.db'))).toContain(expected);
    }
    expect(leaksIn(places, { site: result.site })).toEqual(
      expect.arrayContaining([
        'visibility: site as text',
        'status: site as text',
        'ledger export, jsonl: site as text',
        'ledger export, csv: site as text',
      ]),
    );
    expect(worker.log()).toContain('worker ready');
  });

  it('that a change of configuration replaces or takes out are nowhere', async () => {
    const { client } = harness;
    const { site } = await provisionWith({});
    const [oldLogin, oldToken, decoy] = [aSecret(), aSecret(), aSecret()];
    // Not known to Press as secret: it shows them in clear.
    const config = { smtp_login: oldLogin, api_token: oldToken, in_clear: decoy };
    const call = { dt: 'Site', dn: site, method: 'update_config', args: { config } };
    await harness.press('main', 'press.api.client.run_doc_method', call);
    const newLogin = aSecret();
    const request = { account: 'main', requestedBy: 'ops', site };
    const sealed = { smtp_login: await client.seal(newLogin) };
    const toldOf = async (handle: { readonly workflowId: string }) => {
      const { outcome, operationId } = await client.wait(handle.workflowId);
      expect(outcome).toBe('succeeded');
      return everywhere(operationId);
    };
    const secrets = { oldLogin, oldToken, newLogin };
    for (const handle of [
      await client.start('update-config', { ...request, config: sealed }),
      await client.start('delete-config', { ...request, key: 'api_token' }),
    ]) {
      expect(leaksIn(await toldOf(handle), secrets)).toEqual([]);
    }
    const shown = await client.start('delete-config', { ...request, key: 'in_clear' });
    expect(leaksIn(await toldOf(shown), { decoy })).toContain(
      'history, decoded: decoy as JSON text',
    );
  });

  it('of a site that was copied are in the vault and nowhere else', async () => {
    const { client, simulator } = harness;
    const made = await provisionWith({});
    const { site } = made;
    simulator.addFault({
      job: { site, jobType: 'Migrate Site' },
      fault: { kind: 'fail_step', step: 'Migrate Site' },
    });
    const who = { account: 'main', requestedBy: 'ops' };
    const { workflowId, operationId } = await client.start('migrate', { ...who, site });
    const { outcome, details } = await client.wait(workflowId);
    expect(outcome).toBe('rolled_back');

    const vaultFolder = path.join(harness.workerEnvironment['SITEWRIGHT_DATA_DIR'] ?? '', 'vault');
    const vault = await openVault({ type: 'directory', path: vaultFolder });
    const config = await text(await vault.read(details['safetyCopy'] ?? '', 'config'));
    const { encryption_key: encryptionKey } = JSON.parse(config) as { encryption_key: string };
    expect(encryptionKey.length).toBeGreaterThanOrEqual(12);
    const found = leaksIn(await everywhere(operationId), { encryptionKey });
    const inVault = leaksIn(await filesBelow(vaultFolder), { encryptionKey });
    expect(inVault.length).toBeGreaterThan(0);
    expect(found).toEqual(inVault);
  });

  /** An SDK without our keys: what it sends lies in Temporal's files as it is. */
  async function plainStart(decoy: string): Promise<void> {
    const plain = await connect({ address: server.address, namespace: harness.namespace });
    const { workflowId } = await plain.provision(
      harness.input({ config: { in_clear: decoy }, dryRun: true }),
    );
    await harness.client.wait(workflowId);
    await plain.close();
  }

  const everywhere = (operationId: string): Promise<readonly Place[]> =>
    allPlaces(harness, worker, path.join(folder, 'temporal'), operationId);
});
