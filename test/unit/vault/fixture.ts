import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import {
  type CopyDetails,
  handleFor,
  type OpenSource,
  openVault,
  type Vault,
  type VaultSettings,
} from '../../../src/vault/index.js';
import { createDirectoryStorage } from '../../../src/vault/directory.js';
import { createS3Storage } from '../../../src/vault/s3.js';
import type { VaultStorage } from '../../../src/vault/storage.js';
import { startS3Server, type S3Server } from '../../support/s3-server.js';

/** One empty vault for each test. */
interface Bench {
  readonly vault: Vault;
  /** As another process would see it. */
  readonly another: Vault;
  /** Past the vault: for looking, and for tampering. */
  readonly storage: VaultStorage;
}

/** Runs the suite on a directory and on an S3-compatible server. */
export function onBothStores(title: string, suite: (bench: () => Bench) => void): void {
  describe(`${title} (directory)`, () => {
    let root: string;
    beforeAll(async () => {
      root = await mkdtemp(path.join(tmpdir(), 'sitewright-vault-'));
    });
    afterAll(() => rm(root, { recursive: true, force: true }));
    withBench(suite, () => ({ type: 'directory', path: path.join(root, randomUUID()) }));
  });
  describe(`${title} (s3)`, () => {
    let server: S3Server;
    beforeAll(async () => {
      server = await startS3Server();
    });
    afterAll(() => server.close());
    withBench(suite, () => server.settings(`copies/${randomUUID()}`));
  });
}

function withBench(suite: (bench: () => Bench) => void, freshSettings: () => VaultSettings): void {
  let bench: Bench;
  beforeEach(async () => {
    const settings = freshSettings();
    const [vault, another] = await Promise.all([openVault(settings), openVault(settings)]);
    const storage =
      settings.type === 's3' ? createS3Storage(settings) : createDirectoryStorage(settings.path);
    bench = { vault, another, storage };
  });
  afterEach(async () => {
    await Promise.all([bench.vault.close(), bench.another.close(), bench.storage.close()]);
  });
  suite(() => bench);
}

export const SITE = 'acme-shop.example.com';

export const details: CopyDetails = {
  account: 'main',
  site: SITE,
  takenAt: '2026-11-20T21:40:00.000Z',
  operationId: '0f3a5c7e9b1d2f40',
  backup: 'bk00000001',
  version: 'Version 15',
  apps: ['frappe', 'erpnext'],
  sealedEncryptionKey: 'sealed',
  expiresAt: null,
};

export const handle = handleFor(details);

/** Bytes as a source that can continue anywhere, in chunks of a usual size. */
export function sourceOf(content: Uint8Array): OpenSource & { readonly opened: number[] } {
  const opened: number[] = [];
  const open: OpenSource = async (start) => {
    opened.push(start);
    return { start, totalBytes: content.length, stream: chunksOf(content.subarray(start)) };
  };
  return Object.assign(open, { opened });
}

export async function* chunksOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536);
}

export async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
