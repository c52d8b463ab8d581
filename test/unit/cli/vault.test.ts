import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgram } from '../../../src/cli/program.js';
import { size } from '../../../src/cli/render/vault.js';
import { openLedger } from '../../../src/ledger/index.js';
import { type CopyDetails, handleFor, openVault, type Vault } from '../../../src/vault/index.js';
import { opened, operation } from '../ledger/fixture.js';
import { CONFIG, contentOf, tarOf } from '../vault/archives.js';
import { details, sourceOf } from '../vault/fixture.js';
import { sitewright } from './sitewright.js';

let folder: string;
let stdout: string;
let vault: Vault;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-cli-vault-'));
  vi.stubEnv('SITEWRIGHT_DATA_DIR', folder);
  vault = await openVault({ type: 'directory', path: path.join(folder, 'vault') });
  stdout = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

function vaultCommand(...args: readonly string[]): Promise<number> {
  stdout = '';
  return sitewright('vault', ...args);
}

async function copy(daysAgo: number, change: Partial<CopyDetails> = {}): Promise<string> {
  const takenAt = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  const made = { ...details, takenAt, ...change };
  const handle = handleFor(made);
  const tar = { kind: 'public', fileName: 'x.tar' } as const;
  await vault.writeFile(handle, tar, sourceOf(tarOf(contentOf(3_000))));
  await vault.writeFile(handle, { kind: 'config', fileName: 'c.json' }, sourceOf(CONFIG));
  await vault.complete(handle, made);
  return handle;
}

async function begun(daysAgo: number): Promise<string> {
  const handle = handleFor({ ...details, takenAt: '2026-01-01T00:00:00Z', operationId: 'begun' });
  await vault.writeFile(handle, { kind: 'config', fileName: 'c.json' }, sourceOf(CONFIG));
  const directory = path.join(folder, 'vault', handle);
  const at = new Date(Date.now() - daysAgo * 86_400_000);
  for (const name of await readdir(directory)) await utimes(path.join(directory, name), at, at);
  await utimes(directory, at, at);
  return handle;
}

const ledgerUrl = () => `file:${path.join(folder, 'ledger.db')}`;

/** A ledger with one open operation that was asked for this. */
async function openOperation(id: string, asked: object = {}): Promise<void> {
  const ledger = await openLedger({ url: ledgerUrl() });
  await ledger.openOperation({ ...operation(id), input: { ...asked } }, opened);
  await ledger.close();
}

const fileOf = (handle: string, name: string) => path.join(folder, 'vault', handle, name);

describe('vault list', () => {
  it('says kindly that there is nothing', async () => {
    expect(await vaultCommand('list')).toBe(0);
    expect(stdout).toMatch(/No copies in .*vault\.\nThey are made before/);
    expect(await vaultCommand('list', '--site', 'nobody.example.com')).toBe(0);
    expect(stdout).toContain('No copies of nobody.example.com');
  });

  it('has a line per copy, and what is not in order below', async () => {
    const handle = await copy(3);
    await copy(2, { site: 'other.example.com', expiresAt: '2027-01-01T00:00:00Z', version: null });
    const incomplete = await begun(1);
    expect(await vaultCommand('list')).toBe(0);
    const lines = stdout.split('\n');
    expect(lines).toContainEqual(expect.stringMatching(/acme-shop.*3 days ago.*Version 15.* kB/));
    expect(lines).toContainEqual(expect.stringMatching(/other\.example\.com .*until 2027-01-01/));
    expect(stdout).toContain(`${incomplete} is not complete`);
    expect(await vaultCommand('list', '--site', details.site)).toBe(0);
    expect(stdout).toContain(handle);
    expect(stdout).not.toContain('other.example.com');
  });

  it('is a document per copy with --json, without the key of the site', async () => {
    const handles = [await copy(3), await copy(2)];
    expect(await vaultCommand('list', '--json')).toBe(0);
    const documents = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { handle: string; hasEncryptionKey: boolean });
    expect(documents.map(({ handle }) => handle)).toEqual(handles);
    expect(documents[0]).toMatchObject({ hasEncryptionKey: true, backup: details.backup });
    expect(stdout).not.toContain('sealed');
  });
});

describe('vault verify', () => {
  it('finds every copy whole, or one', async () => {
    const handle = await copy(3);
    await copy(2);
    expect(await vaultCommand('verify')).toBe(0);
    expect(stdout).toContain(`✓ ${handle}`);
    expect(stdout).toContain('2 copies whole');
    expect(await vaultCommand('verify', handle, '--json')).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ ok: true, checked: 1, problems: [] });
  });

  it('names what is damaged, goes on with the others, and ends with 1', async () => {
    const handle = await copy(3);
    const other = await copy(2);
    await writeFile(fileOf(handle, 'site-config.json'), '{}');
    await writeFile(fileOf(other, 'manifest.json'), 'rubbish');
    expect(await vaultCommand('verify')).toBe(1);
    expect(stdout).toMatch(/config +has 2 bytes instead of/);
    expect(stdout).toMatch(/manifest +cannot be read/);
    expect(stdout).toContain('2 problems in 2 copies');
    expect(await vaultCommand('verify', '--json')).toBe(1);
    const { ok, problems } = JSON.parse(stdout) as { ok: boolean; problems: unknown[] };
    expect(ok).toBe(false);
    expect(problems).toContainEqual({ handle: other, kind: 'manifest', problem: 'cannot be read' });
  });

  it('knows a copy that is not there from a name that is none', async () => {
    expect(await vaultCommand('verify', handleFor(details), '--json')).toBe(66);
    expect(await vaultCommand('verify', '../elsewhere', '--json')).toBe(64);
    expect(await vaultCommand('verify')).toBe(0);
    expect(stdout).toContain('nothing to verify');
  });

  it('ends with Ctrl-C, and says how far it came', async () => {
    await copy(3);
    const emitted = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      stdout += String(text);
      process.emit('SIGINT');
      return true;
    });
    await copy(2);
    vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
    expect(await vaultCommand('verify')).toBe(130);
    expect(emitted).toHaveBeenCalled();
    expect(stdout).not.toContain('2 copies whole');
  });
});

describe('vault prune', () => {
  it('removes what is past its time, but not the newest of a site', async () => {
    await openOperation('elsewhere');
    const [old, kept] = [await copy(200), await copy(100)];
    const only = await copy(300, { site: 'other.example.com' });
    const incomplete = await begun(8);
    expect(await vaultCommand('prune', '--dry-run')).toBe(0);
    expect(stdout).toContain(`would remove ${old} (taken 200 days ago`);
    expect(stdout).toContain(`would remove ${incomplete} (never completed, untouched for 8 days)`);
    expect(stdout).toMatch(/2 copies would be removed.*; 2 kept/);
    expect(await vault.manifest(old)).not.toBeNull();

    expect(await vaultCommand('prune', '--json')).toBe(0);
    const { dryRun, removed } = JSON.parse(stdout) as {
      dryRun: boolean;
      removed: { handle: string; why: string }[];
    };
    expect(dryRun).toBe(false);
    expect(removed.map(({ handle, why }) => [handle, why])).toEqual([
      [old, 'expired'],
      [incomplete, 'incomplete'],
    ]);
    expect((await readdir(path.join(folder, 'vault'))).sort()).toEqual([kept, only].sort());
    expect(await vaultCommand('prune')).toBe(0);
    expect(stdout).toContain('Nothing to remove; 2 copies kept.');
  });

  it('keeps what open operations have made or speak of', async () => {
    await copy(1);
    const made = await copy(200, { operationId: 'upgrade-it' });
    const used = await copy(300);
    const free = await copy(400);
    await openOperation('upgrade-it', { from: used });
    expect(await vaultCommand('prune')).toBe(0);
    expect(stdout).toContain(`removed ${free}`);
    expect(stdout).toContain('2 in use by open operations');
    expect(await vault.manifest(made)).not.toBeNull();
    expect(await vault.manifest(used)).not.toBeNull();
  });

  it('removes nothing when it cannot ask the ledger', async () => {
    const old = await copy(200);
    await copy(100);
    expect(await vaultCommand('prune')).toBe(66);
    expect(await vault.manifest(old)).not.toBeNull();
  });

  it('leaves alone what cannot be read', async () => {
    await openOperation('elsewhere');
    const old = await copy(200);
    await copy(100);
    await writeFile(fileOf(old, 'manifest.json'), 'rubbish');
    expect(await vaultCommand('prune')).toBe(0);
    expect(await readdir(path.join(folder, 'vault'))).toContain(old);
  });
});

describe('help', () => {
  it.each(['list', 'verify', 'prune'])('of vault %s has examples and --json', (name) => {
    const group = createProgram().commands.find((command) => command.name() === 'vault');
    const command = group?.commands.find((each) => each.name() === name);
    let help = '';
    command?.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    expect(help).toContain('--json');
    expect(help).toContain(`  $ npx sitewright vault ${name}`);
  });
});

it.each([
  [0, '0 B'],
  [812, '812 B'],
  [999_600, '1.0 MB'],
  [17_400_000_000, '17 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(size(bytes)).toBe(text);
});
