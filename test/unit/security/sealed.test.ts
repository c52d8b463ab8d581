import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createSealingKeys,
  isSealed,
  loadOrCreateSealingKeys,
  open,
  seal,
  type SealingKeys,
} from '../../../src/security/sealed.js';

const secret = { adminPassword: 'hunter2', links: ['https://example.com/?sid=1'] };

async function otherKeys(alg: string, crv?: string): Promise<SealingKeys> {
  const pair = await generateKeyPair(alg, { extractable: true, ...(crv && { crv }) });
  return {
    publicJwk: await exportJWK(pair.publicKey),
    privateJwk: await exportJWK(pair.privateKey),
  };
}

describe('sealed values', () => {
  it.each([
    ['P-256', () => createSealingKeys()],
    ['X25519', () => otherKeys('ECDH-ES+A256KW', 'X25519')],
    ['RSA', () => otherKeys('RSA-OAEP-256')],
  ])('are opened by the holder of the private key (%s)', async (_, make) => {
    const { publicJwk, privateJwk } = await make();
    const sealed = await seal(secret, publicJwk);
    expect(isSealed(sealed)).toBe(true);
    expect(JSON.stringify(sealed)).not.toContain('hunter2');
    expect(await open(sealed, privateJwk)).toEqual(secret);
  });

  it('are not opened by another key', async () => {
    const [ours, theirs] = await Promise.all([createSealingKeys(), createSealingKeys()]);
    const sealed = await seal(secret, theirs.publicJwk);
    await expect(open(sealed, ours.privateJwk)).rejects.toMatchObject({
      name: 'SealedValueUnreadable',
    });
  });

  it('are not opened when altered', async () => {
    const { publicJwk, privateJwk } = await createSealingKeys();
    const { sealed } = await seal(secret, publicJwk);
    const [header, wrapped, nonce, content, tag] = sealed.split('.');
    const altered = [header, wrapped, nonce, `${content === 'A' ? 'B' : 'A'}${content?.slice(1)}`];
    const cut = sealed.slice(0, -4);
    for (const broken of [[...altered, tag].join('.'), cut, 'a.b.c.d.e', '']) {
      if (broken === sealed) continue;
      await expect(open({ sealed: broken }, privateJwk)).rejects.toMatchObject({
        name: 'SealedValueUnreadable',
      });
    }
  });

  it.each([
    ['a private key', async () => (await createSealingKeys()).privateJwk],
    ['a symmetric key', async () => ({ kty: 'oct', k: 'c2VjcmV0' })],
    ['half a key', async () => ({ kty: 'EC', crv: 'P-256' })],
    ['nothing', async () => ({})],
  ])('are not made for %s', async (_, make) => {
    await expect(seal(secret, await make())).rejects.toMatchObject({ name: 'SealingKeyInvalid' });
  });

  it.each([
    null,
    'sealed',
    {},
    { sealed: 1 },
    { sealed: 'not a jwe' },
    { sealed: 'a.b.c.d.e', x: 1 },
  ])('are not mistaken for %j', (value) => expect(isSealed(value)).toBe(false));
});

describe('sealing key file', () => {
  async function keyFile(): Promise<string> {
    const folder = await mkdtemp(path.join(tmpdir(), 'sitewright-sealing-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return path.join(folder, 'worker-sealing.json');
  }

  it('is made once, for its owner only, and its public half holds no secret', async () => {
    const file = await keyFile();
    const first = await loadOrCreateSealingKeys(file);
    const second = await loadOrCreateSealingKeys(file);
    expect(second).toEqual(first);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(first.publicJwk).not.toHaveProperty('d');
    expect(await open(await seal(secret, first.publicJwk), second.privateJwk)).toEqual(secret);
  });

  it('may hold an RSA key made elsewhere', async () => {
    const file = await keyFile();
    const { privateJwk } = await otherKeys('RSA-OAEP-256');
    await writeFile(file, JSON.stringify(privateJwk));
    const keys = await loadOrCreateSealingKeys(file);
    expect(Object.keys(keys.publicJwk).sort()).toEqual(['e', 'kty', 'n']);
    expect(await open(await seal(secret, keys.publicJwk), keys.privateJwk)).toEqual(secret);
  });

  it.each(['', '{}', '{"kty":"EC","crv":"P-256","x":"a","y":"b"}'])(
    'is refused when it holds %j',
    async (content) => {
      const file = await keyFile();
      await writeFile(file, content);
      await expect(loadOrCreateSealingKeys(file)).rejects.toMatchObject({
        name: 'SealingKeyInvalid',
      });
    },
  );
});
