import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPrivateKey, loadReceiverKey } from '../../../src/security/jwk-file.js';
import { open, seal } from '../../../src/security/sealed.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-jwk-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileWith(content: string | object): Promise<string> {
  const file = path.join(folder, 'key.jwk');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}
const jwkOf = (key: KeyObject) => key.export({ format: 'jwk' });

const pairs = {
  'P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  X25519: generateKeyPairSync('x25519'),
  RSA: generateKeyPairSync('rsa', { modulusLength: 2048 }),
};

describe('the key file of a receiver', () => {
  it.each(Object.entries(pairs))('may hold a key of %s', async (_, { publicKey, privateKey }) => {
    const receiver = await loadReceiverKey(await fileWith(jwkOf(publicKey)));
    const { publicJwk, privateJwk } = await loadPrivateKey(await fileWith(jwkOf(privateKey)));
    expect(publicJwk).toEqual(receiver);
    expect(await open(await seal('the key', receiver), privateJwk)).toBe('the key');
  });

  const { publicKey, privateKey } = pairs['P-256'];
  it.each([
    ['no JSON', '-----BEGIN PUBLIC KEY-----', 'is not JSON'],
    ['no object', '"text"', 'holds no key'],
    ['a private key', jwkOf(privateKey), 'it is a private key'],
    ['a point of another curve', { ...jwkOf(publicKey), crv: 'P-384' }, 'it cannot be used'],
    ['a key to sign with', jwkOf(generateKeyPairSync('ed25519').publicKey), 'it cannot be used'],
    [
      'a short RSA key',
      jwkOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey),
      'it cannot be used',
    ],
  ])('may not hold %s', async (_, content, problem) => {
    const file = await fileWith(content);
    await expect(loadReceiverKey(file)).rejects.toThrow(`${file}`);
    await expect(loadReceiverKey(file)).rejects.toThrow(problem);
  });

  it('is to be there, and to be private where something is opened', async () => {
    const nowhere = path.join(folder, 'nowhere.jwk');
    await expect(loadReceiverKey(nowhere)).rejects.toThrow(`${nowhere} cannot be read`);
    const file = await fileWith(jwkOf(publicKey));
    await expect(loadPrivateKey(file)).rejects.toThrow(`${file} holds no private key`);
  });
});
