import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway } from '../../../src/gateway/open.js';
import { loadConfig } from '../../../src/config.js';
import { handlesIn } from '../../../src/domain/hand-over.js';
import { createLogger } from '../../../src/services.js';
import {
  type EmbeddedTemporal,
  startEmbeddedTemporal,
} from '../../../src/temporal/embedded-server.js';
import { everywhere } from '../../support/everywhere.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { aSecret, leaksIn, type Place } from '../../support/leaks.js';
import { type MaplePressTap, startMaplePressTap } from '../../support/maplepress-tap.js';
import { startWorkerProcess, type WorkerProcess } from '../../support/worker-process.js';
import { endOf } from '../provision/support.js';
import { aDomain, claimAll, effectsOn, register, waits } from './support.js';

const SITES = '/api/v1/sites';
const TOKEN = 'a-token-for-the-canary-of-maplepress';
describe('secrets of MaplePress', () => {
  let server: EmbeddedTemporal;
  let harness: Harness;
  let tap: MaplePressTap;
  let worker: WorkerProcess;
  let folder: string;
  let environment: Readonly<Record<string, string>>;
  const wrongPassword = aSecret();
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sitewright-canary-'));
    server = await startEmbeddedTemporal({
      dataDir: path.join(folder, 'temporal'),
      ui: false,
      fastTimers: true,
    });
    harness = await startHarness({ temporalAddress: server.address, startWorkers: false });
    tap = await startMaplePressTap(harness.maplePress.url);
    environment = {
      ...harness.workerEnvironment,
      SITEWRIGHT_LOG_LEVEL: 'trace',
      SITEWRIGHT_GATEWAY_TOKEN: TOKEN,
      MAPLEPRESS_MAIN_URL: tap.url,
      MAPLEPRESS_TYPO_URL: tap.url,
      MAPLEPRESS_TYPO_EMAIL: harness.maplePress.tenants.main.email,
      MAPLEPRESS_TYPO_PASSWORD: wrongPassword,
    };
    worker = await startWorkerProcess(environment);
  });
  afterAll(async () => {
    await worker.end('SIGTERM');
    await harness.close();
    await tap.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('are in no file, log, history, search answer, export, error or answer', async () => {
    const decoy = aSecret();
    const domain = aDomain();
    const operations = [
      await registerWithEcho(domain, decoy),
      await registerWithLoss(),
      await rotateWithBoth(domain),
      await refusedLogin(),
    ];
    const asked = await askGateway(domain);
    operations.push(await removeWithEcho(domain));
    expect(tap.unspoiled()).toEqual([]);

    const heard = tap.secrets();
    const names = Object.keys(heard).map((name) => name.replace(/ \d+$/, ''));
    const count = (name: string) => names.filter((each) => each === name).length;
    expect(count('api_key')).toBe(2);
    expect(count('verification_token')).toBe(2);
    // One for the lost registration, two for the rotation, the first of which was lost.
    expect(count('new_api_key')).toBe(3);
    // The worker's and the gateway's.
    expect(count('access_token')).toBe(2);
    const secrets = {
      ...heard,
      password: harness.maplePress.tenants.main.password,
      'wrong password': wrongPassword,
    };
    expect(Object.values(secrets).every((secret) => secret.length >= 12)).toBe(true);

    const places: Place[] = [...asked];
    for (const operationId of operations) {
      places.push(
        ...(await everywhere(harness, worker, path.join(folder, 'temporal'), operationId)),
      );
    }
    expect([...new Set(leaksIn(places, secrets))]).toEqual([]);

    const found = leaksIn(places, { domain, decoy }).map((one) => one.replace('.db-wal', '.db'));
    expect(found).toEqual(
      expect.arrayContaining([
        'temporal.db: domain as text',
        'ledger.db: decoy as JSON text',
        'history, decoded: decoy as JSON text',
        'visibility: domain as text',
        'status: domain as text',
        'ledger export, jsonl: domain as text',
        'ledger export, csv: domain as text',
        `gateway, /v1/maplepress/main/sites/${domain}: domain as text`,
      ]),
    );
  });

  const claim = (details: Readonly<Record<string, string>>) =>
    claimAll(harness, { details: { ...details } });

  async function registerWithEcho(domain: string, decoy: string): Promise<string> {
    tap.spoil(`POST ${SITES}`, 'echoed');
    const { workflowId, operationId } = await register(harness, domain, { reason: decoy });
    const { details } = await endOf(harness, workflowId, 'succeeded');
    expect([...(await claim(details)).values()].sort()).toEqual(
      Object.entries(tap.secrets())
        .flatMap(([name, value]) => (/^(api_key|verification_token)/.test(name) ? [value] : []))
        .sort(),
    );
    return operationId;
  }

  async function registerWithLoss(): Promise<string> {
    const domain = aDomain();
    tap.spoil(`POST ${SITES}`, 'lost');
    const { workflowId, operationId } = await register(harness, domain);
    await claim((await endOf(harness, workflowId, 'succeeded_with_exceptions')).details);
    expect(effectsOn(harness, domain)).toEqual(['site.create', 'key.rotate']);
    return operationId;
  }

  async function rotateWithBoth(site: string): Promise<string> {
    const { client, maplePress } = harness;
    const who = { account: 'main', requestedBy: 'ops' };
    const { workflowId, operationId } = await client.start('maplepress-rotate-key', {
      ...who,
      site,
    });
    await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    tap.spoil(`POST ${SITES}/`, 'echoed');
    tap.spoil(`POST ${SITES}/`, 'lost');
    await client.approve(workflowId, { by: 'kim' });
    const { details = {} } = await harness.until(workflowId, waits);
    const [apiKey = ''] = (await claim(details)).values();
    expect(handlesIn(details)).toHaveLength(1);
    expect(maplePress.pluginRequest({ apiKey, pages: 1 })).toMatchObject({ accepted: true });
    await endOf(harness, workflowId, 'succeeded');
    return operationId;
  }

  async function removeWithEcho(site: string): Promise<string> {
    const { client } = harness;
    const who = { account: 'main', requestedBy: 'ops' };
    const { workflowId, operationId } = await client.start('maplepress-delete', { ...who, site });
    await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    tap.spoil(`DELETE ${SITES}/`, 'echoed');
    for (const by of ['kim', 'lee']) await client.approve(workflowId, { by, typedName: site });
    await endOf(harness, workflowId, 'succeeded');
    return operationId;
  }

  /** Waits for another password, until somebody cancels. The server repeats the one it was told. */
  async function refusedLogin(): Promise<string> {
    const { client } = harness;
    tap.spoil('POST /api/v1/login', 'echoed');
    const { workflowId, operationId } = await register(harness, aDomain(), { account: 'typo' });
    const alarm = /account typo: .*not for : /;
    await expect.poll(() => worker.log()).toMatch(alarm);
    await client.cancel(workflowId, { by: 'ops' });
    await endOf(harness, workflowId, 'cancelled');
    return operationId;
  }

  /** What it answers, and what it writes into its log. */
  async function askGateway(domain: string): Promise<readonly Place[]> {
    const log = path.join(folder, 'gateway.log');
    const gateway = await openGateway(loadConfig(environment), createLogger('trace', log));
    const places: Place[] = [];
    for (const [tenant, routes] of [
      ['main', ['sites', `sites/${domain}`, 'usage']],
      ['typo', ['sites', 'usage']],
    ] as const) {
      for (const route of routes) {
        const address = `/v1/maplepress/${tenant}/${route}`;
        const response = await fetch(`${gateway.url}${address}`, {
          headers: { authorization: `Bearer ${TOKEN}` },
        });
        expect(response.ok, address).toBe(tenant === 'main');
        const bytes = Buffer.from(await response.arrayBuffer());
        places.push({ name: `gateway, ${address}`, bytes });
      }
    }
    await gateway.close();
    return [...places, { name: 'gateway log', bytes: await readFile(log) }];
  }
});
