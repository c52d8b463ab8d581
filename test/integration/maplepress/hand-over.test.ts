import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createReconcileActivities } from '../../../src/activities/reconcile.js';
import { createProgram } from '../../../src/cli/program.js';
import { openSecret, type OperationResult } from '../../../src/client.js';
import { type Ledger, LedgerUnavailable } from '../../../src/ledger/index.js';
import { createSealingKeys, type SealingKeys } from '../../../src/security/sealed.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf } from '../provision/support.js';
import { aDomain, effectsOn, urlOf } from './support.js';

const by = { by: 'kim' };
/** Owners who enter the key at once. */
const QUICK_PLUGIN = { maplePress: { timings: { pluginConnects: 60_000 } } };
const keyHandle = ({ details }: OperationResult) => details['secret.api_key'] ?? '';
const tokenHandle = ({ details }: OperationResult) => details['secret.verification_token'] ?? '';

async function register(
  harness: Harness,
  domain: string,
  receiver?: object,
): Promise<OperationResult> {
  const { workflowId } = await harness.client.start('maplepress-register', {
    account: 'main',
    requestedBy: 'ops',
    siteUrl: urlOf(domain),
    ...(receiver && { receiver: { ...receiver } }),
  });
  return endOf(harness, workflowId, 'succeeded');
}

const isValid = ({ maplePress }: Harness, apiKey: string) =>
  maplePress.pluginRequest({ apiKey }).accepted;

describe('secrets made for a receiver', () => {
  let harness: Harness;
  let receiver: SealingKeys;
  let folder: string;
  beforeAll(async () => {
    harness = await startHarness(QUICK_PLUGIN);
    receiver = await createSealingKeys();
    folder = await mkdtemp(path.join(tmpdir(), 'sitewright-receiver-'));
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(async () => {
    vi.unstubAllEnvs();
    await harness.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are claimed as they are, and opened by their receiver alone', async () => {
    const { client, ledger } = harness;
    const kid = receiver.publicJwk.kid ?? '';
    const result = await register(harness, aDomain(), receiver.publicJwk);

    const taken = await client.claimSecret(keyHandle(result), by);
    expect(taken).toMatchObject({ operationId: result.operationId, sealedFor: kid });
    const apiKey = await openSecret(taken.value, { ...receiver.privateJwk });
    expect(isValid(harness, apiKey)).toBe(true);
    expect(taken.label).toBe(`API key ending in ${apiKey.slice(-4)}`);
    const { privateJwk } = await createSealingKeys();
    await expect(openSecret(taken.value, { ...privateJwk })).rejects.toMatchObject({
      name: 'SealedValueUnreadable',
    });
    await expect(client.claimSecret(keyHandle(result), by)).rejects.toMatchObject({
      name: 'SecretAlreadyClaimed',
    });
    const told = (await ledger.events(result.operationId)).map(({ type, data }) => ({
      type,
      data,
    }));
    const data = expect.objectContaining({ label: taken.label, sealedFor: kid }) as object;
    expect(told).toContainEqual({ type: 'secret.stored', data });
    expect(told).toContainEqual({ type: 'secret.claimed', data });
  });

  it('are opened by a claim with the private key; another key loses nothing', async () => {
    const { client } = harness;
    const result = await register(harness, aDomain(), receiver.publicJwk);
    const publicHalf = { ...receiver.publicJwk };
    await expect(
      client.claimSecret(keyHandle(result), { ...by, key: publicHalf }),
    ).rejects.toMatchObject({ name: 'InvalidInput' });

    const key = { ...receiver.privateJwk };
    const opened = await client.claimSecret(keyHandle(result), { ...by, key });
    expect(opened.sealedFor).toBeNull();
    expect(isValid(harness, opened.value)).toBe(true);

    const another = { ...(await createSealingKeys()).privateJwk };
    const taken = await client.claimSecret(tokenHandle(result), { ...by, key: another });
    expect(taken.sealedFor).toBe(receiver.publicJwk.kid);
    expect(await openSecret(taken.value, key)).toMatch(/^\w+/);
  });

  it('are taken and opened at the command line', async () => {
    const result = await register(harness, aDomain(), receiver.publicJwk);
    const file = path.join(folder, 'receiver.jwk');
    await writeFile(file, JSON.stringify(receiver.privateJwk));
    const env = harness.workerEnvironment;
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const out = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      vi.spyOn(process[stream], 'write').mockImplementation(
        (text) => ((out[stream] += String(text)), true),
      );
    }
    const claim = async (...args: readonly string[]) => {
      Object.assign(out, { stdout: '', stderr: '' });
      await createProgram().parseAsync(['claim', ...args, '--by', 'kim'], { from: 'user' });
      return out.stdout.trim();
    };
    const taken = await claim(keyHandle(result));
    expect(out.stderr).toContain(`private half of key ${receiver.publicJwk.kid}`);
    expect(out.stderr).toContain('--key <file');
    expect(isValid(harness, await claim(taken, '--key', file))).toBe(true);
    await claim(tokenHandle(result), '--key', file);
    expect(out.stderr).not.toContain('sealed');
  });

  it('are not made for a key that nothing can be sealed to: nothing is registered', async () => {
    const domain = aDomain();
    const { workflowId } = await harness.client.start('maplepress-register', {
      account: 'main',
      requestedBy: 'ops',
      siteUrl: urlOf(domain),
      receiver: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' },
    });
    const { reason } = await endOf(harness, workflowId, 'refused');
    expect(reason).toContain('receiver');
    expect(effectsOn(harness, domain)).toEqual([]);
  });
});

describe('secrets whose ledger is away for a moment', () => {
  let harness: Harness;
  let receiver: SealingKeys;
  /** How often storing fails from now on. */
  let failures = 0;

  const comesAndGoes = (ledger: Ledger): Ledger => ({
    ...ledger,
    putHandover: (handover) => {
      failures -= 1;
      return failures >= 0
        ? Promise.reject(new LedgerUnavailable('away for a moment'))
        : ledger.putHandover(handover);
    },
  });
  beforeAll(async () => {
    receiver = await createSealingKeys();
    const options = { ...QUICK_PLUGIN, workerLedger: comesAndGoes, receiver: receiver.publicJwk };
    // Room for a few tries on a loaded machine, too.
    harness = await startHarness({ ...options, timing: { proofInterval: 3_000 } });
  });
  afterAll(() => harness.close());

  it('are held on to: no other key is made; a configured receiver gets them', async () => {
    const domain = aDomain();
    failures = 3;
    const result = await register(harness, domain);
    expect(failures).toBeLessThan(0);
    expect(effectsOn(harness, domain)).toEqual(['site.create']);
    const key = { ...receiver.privateJwk };
    const { value } = await harness.client.claimSecret(keyHandle(result), { ...by, key });
    expect(isValid(harness, value)).toBe(true);
  });
});

describe('secrets that nobody claims', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness(QUICK_PLUGIN);
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  afterAll(() => harness.close());

  /** One pass of the reconciler, so many hours from now. */
  async function passIn(hours: number): Promise<number> {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 60 * 60_000 });
    const { expiredSecrets } = await createReconcileActivities(harness.deps).reconcileOperations();
    vi.useRealTimers();
    return expiredSecrets;
  }

  it('are told of before they expire, and after, once each', async () => {
    const { operationId, details } = await register(harness, aDomain());
    expect(await passIn(17)).toBe(0);
    expect(harness.notifications).toEqual([]);
    for (const hours of [20, 22]) expect(await passIn(hours)).toBe(0);
    for (const hours of [25, 26]) expect(await passIn(hours)).toBe(2);

    const told = harness.notifications.map(({ message }) => message);
    expect(told).toHaveLength(4);
    const [, reminder, , expired] = told;
    expect(reminder).toContain(`npx sitewright status ${operationId}`);
    expect(told.join()).not.toContain(details['secret.api_key']);
    expect(reminder).toContain('API key ending in');
    expect(expired).toContain('maplepress rotate-key');
    const events = (await harness.ledger.events(operationId)).map(({ type }) => type);
    expect(events.filter((type) => /secret\.expir/.test(type))).toEqual([
      'secret.expiring',
      'secret.expiring',
      'secret.expired',
      'secret.expired',
    ]);
  });
});
