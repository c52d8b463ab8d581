import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openVault, type Vault } from '../../../src/vault/index.js';
import { contentOf, tarOf } from '../vault/archives.js';
import { sitewright } from './sitewright.js';

const SITE = 'acme-shop.example.com';

describe('vault import', () => {
  let folder: string;
  let stdout: string;
  let stderr: string;
  let vault: Vault;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sitewright-import-'));
    vi.stubEnv('SITEWRIGHT_DATA_DIR', folder);
    vault = await openVault({ type: 'directory', path: path.join(folder, 'vault') });
    stdout = '';
    stderr = '';
    vi.spyOn(process.stdout, 'write').mockImplementation(
      (text) => ((stdout += String(text)), true),
    );
    vi.spyOn(process.stderr, 'write').mockImplementation(
      (text) => ((stderr += String(text)), true),
    );
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    process.exitCode = undefined;
    await vault.close();
    await rm(folder, { recursive: true });
  });

  function imported(...args: readonly string[]): Promise<number> {
    stdout = '';
    return sitewright('vault', 'import', '--site', SITE, ...args);
  }

  /** A file on disk; its path. */
  async function file(name: string, content: Buffer | string): Promise<string> {
    const at = path.join(folder, name);
    await writeFile(at, content);
    return at;
  }
  const database = () => file('db.sql.gz', gzipSync('create table site;'));
  const handleIn = (text: string) => /vault-\S+/.exec(text)?.[0] ?? '';

  it('stores the files as a copy, and says how to restore it', async () => {
    const files = await file('files.tar', tarOf(contentOf(3_000)));
    const config = await file('site_config.json', '{"encryption_key":"k"}');
    const given = ['--database', await database(), '--public', files, '--config', config];
    expect(await imported(...given, '--version', 'Version 15', '--apps', 'frappe,erpnext')).toBe(0);
    const handle = handleIn(stdout);
    expect(stdout).toContain(`→ npx sitewright restore ${SITE} --copy ${handle}`);
    expect(await vault.manifest(handle)).toMatchObject({
      account: 'main',
      site: SITE,
      version: 'Version 15',
      apps: ['frappe', 'erpnext'],
      files: [{ kind: 'database' }, { kind: 'public' }, { kind: 'config' }],
    });
    expect(await vault.verify(handle)).toEqual([]);
  });

  it('keeps an old backup from now on, as long as policy keeps a new one', async () => {
    const given = ['--database', await database(), '--taken-at', '2020-05-01T10:00:00Z', '--json'];
    expect(await imported(...given)).toBe(0);
    const { handle, takenAt, expiresAt } = JSON.parse(stdout) as Record<string, string>;
    expect(takenAt).toBe('2020-05-01T10:00:00.000Z');
    expect(Date.parse(expiresAt ?? '')).toBeGreaterThan(Date.now());
    expect(handle).toContain('-20200501T100000Z-');
  });

  it('again is the same copy; other files are another one', async () => {
    const given = await database();
    await imported('--database', given);
    const first = handleIn(stdout);
    await imported('--database', given);
    expect(handleIn(stdout)).toBe(first);
    await writeFile(given, gzipSync('create table another;'));
    await imported('--database', given);
    expect(handleIn(stdout)).not.toBe(first);
  });

  it('interrupted by Ctrl-C it goes on the next time', async () => {
    const files = await file('files.tar', tarOf(contentOf(64 * 1024 * 1024)));
    const before = process.listenerCount('SIGINT');
    const running = imported('--public', files);
    await vi.waitUntil(() => process.listenerCount('SIGINT') > before, {
      timeout: 20_000,
      interval: 1,
    });
    process.emit('SIGINT');
    expect(await running).toBe(130);
    expect(stderr).toContain('give the same command again');
    expect(await imported('--public', files)).toBe(0);
    expect(await vault.verify(handleIn(stdout))).toEqual([]);
  });

  it.each([
    ['a file that is not there', ['--database', '/no/such/dump.sql.gz'], 'there is no file'],
    ['a configuration alone', ['--config', import.meta.filename], 'give at least one of database'],
    ['what is no gzip', ['--database', import.meta.filename], 'does not begin like a gzip file'],
    ['what is no time', ['--public', import.meta.filename, '--taken-at', 'noon'], 'no ISO time'],
  ])('refuses %s', async (_, args, why) => {
    expect(await imported(...args)).toBe(64);
    expect(stderr).toContain(why);
  });
});
