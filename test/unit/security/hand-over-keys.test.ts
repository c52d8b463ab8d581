import { expect, it } from 'vitest';
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
