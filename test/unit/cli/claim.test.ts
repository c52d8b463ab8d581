import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSealingKeys, seal } from '../../../src/security/sealed.js';
import { sitewright } from './sitewright.js';

let folder: string;
let stdout: string;
let stderr: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-cli-'));
  stdout = '';
  stderr = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((stderr += String(text)), true));
});
afterEach(async () => {
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

async function keyFile(content: object): Promise<string> {
  const file = path.join(folder, 'receiver.jwk');
  await writeFile(file, JSON.stringify(content));
  return file;
}

describe('sitewright claim of what was taken sealed', () => {
  it('opens it with the key of its receiver; nobody is asked', async () => {
    const { publicJwk, privateJwk } = await createSealingKeys();
    const { sealed } = await seal('the key', publicJwk);
    const file = await keyFile(privateJwk);
    expect(await sitewright('claim', sealed, '--key', file)).toBe(0);
    expect({ stdout, stderr }).toEqual({ stdout: 'the key\n', stderr: '' });
    stdout = '';
    expect(await sitewright('claim', sealed, '--key', file, '--json')).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ value: 'the key' });
  });

  it('says what is wrong with a key', async () => {
    const { publicJwk } = await createSealingKeys();
    const { sealed } = await seal('the key', publicJwk);
    expect(await sitewright('claim', sealed)).toBe(64);
    expect(stderr).toContain('needed to open');
    const another = await keyFile((await createSealingKeys()).privateJwk);
    expect(await sitewright('claim', sealed, '--key', another)).toBe(11);
    expect(stderr).toContain('made for another key');
    expect(await sitewright('claim', sealed, '--key', await keyFile(publicJwk))).toBe(64);
    expect(stderr).toContain('holds no private key');
    expect(stdout).toBe('');
  });
});
