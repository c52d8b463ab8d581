import { describe, expect, it } from 'vitest';
import { createHandOverKeys } from '../../../src/security/hand-over-keys.js';
import { createSealingKeys, open } from '../../../src/security/sealed.js';

const key = { operationId: '0f3a5c7e9b1d2f40', step: 'hand over login link', round: 1 };

it('names a command always the same, and no other command so', async () => {
  const keys = await createSealingKeys();
  const handle = createHandOverKeys(keys).handleOf(key);
  expect(handle).toMatch(/^[0-9a-f]{32}$/);
  expect(createHandOverKeys(keys).handleOf({ ...key })).toBe(handle);
  const others = [
    { ...key, operationId: '0f3a5c7e9b1d2f41' },
    { ...key, step: 'hand over administrator password' },
    { ...key, round: 2 },
  ];
  for (const other of others) expect(createHandOverKeys(keys).handleOf(other)).not.toBe(handle);
});

it('names nothing that somebody without the private key could name', async () => {
  const keys = await createSealingKeys();
  const others = await createSealingKeys();
  const forged = { ...keys, privateJwk: others.privateJwk };
  expect(createHandOverKeys(forged).handleOf(key)).not.toBe(createHandOverKeys(keys).handleOf(key));
});

it('seals to the workers, and from there to a receiver only', async () => {
  const workers = await createSealingKeys();
  const receiver = await createSealingKeys();
  const keys = createHandOverKeys(workers);
  const stored = await keys.seal('the secret');
  const sealed = await keys.reseal(stored, { ...receiver.publicJwk });
  expect(await open({ sealed }, receiver.privateJwk)).toBe('the secret');
  await expect(open({ sealed }, workers.privateJwk)).rejects.toThrow('made for another key');
});

it('seals nothing that it cannot open, and nothing to what is no key', async () => {
  const keys = createHandOverKeys(await createSealingKeys());
  const other = createHandOverKeys(await createSealingKeys());
  const { publicJwk, privateJwk } = await createSealingKeys();
  const foreign = await other.seal('theirs');
  await expect(keys.reseal(foreign, { ...publicJwk })).rejects.toThrow('made for another key');
  const ours = await keys.seal('ours');
  await expect(keys.reseal(ours, { kty: 'oct' })).rejects.toThrow('sealing key');
  await expect(keys.reseal(ours, { ...privateJwk })).rejects.toThrow('it is a private key');
});

describe('what is made for a receiver', () => {
  it('is for the one that is named, else the configured one, else for the workers', async () => {
    const [workers, configured, named] = [
      await createSealingKeys(),
      await createSealingKeys(),
      await createSealingKeys(),
    ];
    const keys = createHandOverKeys(workers, configured.publicJwk);
    const opened = async (sealed: string, { privateJwk }: typeof named) =>
      open({ sealed }, privateJwk);
    expect(await opened(await keys.sealFor('key', { ...named.publicJwk }), named)).toBe('key');
    expect(await opened(await keys.sealFor('key', undefined), configured)).toBe('key');
    const own = await createHandOverKeys(workers).sealFor('key', undefined);
    expect(await opened(own, workers)).toBe('key');
    // What the store must read again is sealed to the workers, whatever is configured.
    expect(await opened(await keys.seal('password'), workers)).toBe('password');
  });

  it('stays as it is, and is told from what old workers have sealed', async () => {
    const [receiver, claimant] = [await createSealingKeys(), await createSealingKeys()];
    const keys = createHandOverKeys(await createSealingKeys());
    const sealed = await keys.sealFor('key', { ...receiver.publicJwk });
    expect(keys.receiverOf(sealed)).toBe(receiver.publicJwk.kid);
    expect(await keys.reseal(sealed, { ...claimant.publicJwk })).toBe(sealed);
    const old = await createHandOverKeys(await createSealingKeys()).seal('key');
    for (const other of [old, await keys.seal('key'), 'nonsense']) {
      expect(keys.receiverOf(other)).toBeNull();
    }
  });

  it('is named by its thumbprint where the key has no id', async () => {
    const keys = createHandOverKeys(await createSealingKeys());
    const { kid, ...nameless } = (await createSealingKeys()).publicJwk;
    expect(await keys.receiverFor({ ...nameless })).toEqual({ keyId: kid });
  });

  it('cannot be made for what is no key: that is told before', async () => {
    const keys = createHandOverKeys(await createSealingKeys());
    const { privateJwk } = await createSealingKeys();
    for (const [receiver, problem] of [
      [{ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }, 'cannot be used'],
      [{ kty: 'oct', k: 'AA' }, 'of type oct'],
      [{ ...privateJwk }, 'private key'],
    ] as const) {
      const found = await keys.receiverFor(receiver);
      expect(found).toEqual({ problem: expect.stringContaining(problem) as string });
    }
    expect(await keys.receiverFor(undefined)).toBeNull();
  });
});
