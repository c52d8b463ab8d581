import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  accessSync,
  chownSync,
  constants,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import pg from 'pg';
import { vi } from 'vitest';

/** A PostgreSQL for tests: our own for the time of a test file, or the one of TEST_DATABASE_URL. */
export interface TestPostgres {
  /** Makes an empty schema; connections to the URL see it alone and carry its name. */
  freshUrl(): Promise<string>;
  /** Null where the server is not ours to stop. */
  readonly power: { off(): Promise<void>; on(): Promise<void> } | null;
  /** Removes everything that was made here. */
  dispose(): Promise<void>;
}

/** Starts a server, or tells why there is none. */
export async function startPostgres(): Promise<TestPostgres | { readonly missing: string }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') return onServer(given, null, async () => undefined);
  const binaries = findBinaries();
  if (binaries === null) {
    return { missing: 'no postgres and initdb on this machine, and no TEST_DATABASE_URL' };
  }
  return ownServer(binaries);
}

async function ownServer(binaries: string): Promise<TestPostgres> {
  const user = unprivilegedUser();
  const directory = mkdtempSync(join(tmpdir(), 'sitewright-pg-'));
  if (user.uid !== undefined) chownSync(directory, user.uid, user.gid ?? user.uid);
  const data = join(directory, 'data');
  const options = { ...user, cwd: directory, stdio: 'ignore' as const };
  execFileSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'sitewright', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    options,
  );
  const url = `postgres://sitewright@localhost/postgres?host=${encodeURIComponent(directory)}`;

  let server: ChildProcess | null = null;
  const on = async () => {
    // A Unix socket in our own directory: no port to collide on.
    const settings = ['listen_addresses=', `unix_socket_directories=${directory}`, 'fsync=off'];
    const flags = settings.flatMap((setting) => ['-c', setting]);
    const started = spawn(join(binaries, 'postgres'), ['-D', data, ...flags], options);
    process.once('exit', () => started.kill('SIGQUIT'));
    server = started;
    await vi.waitFor(() => query(url, 'select 1'), { timeout: 30_000, interval: 50 });
  };
  const off = async () => {
    if (server === null) return;
    const exited = once(server, 'exit');
    server.kill('SIGINT');
    await exited;
    server = null;
  };
  await on();
  return onServer(url, { off, on }, async () => {
    await off();
    rmSync(directory, { recursive: true, force: true });
  });
}

function onServer(
  url: string,
  power: TestPostgres['power'],
  stop: () => Promise<void>,
): TestPostgres {
  const schemas: string[] = [];
  return {
    power,
    async freshUrl() {
      const schema = `test_${randomUUID().replaceAll('-', '')}`;
      await query(url, `create schema ${schema}`);
      schemas.push(schema);
      const own = new URL(url);
      own.searchParams.set('options', `-c search_path=${schema}`);
      own.searchParams.set('application_name', schema);
      return own.href;
    },
    async dispose() {
      if (power === null) {
        for (const schema of schemas) await query(url, `drop schema ${schema} cascade`);
      }
      await stop();
    },
  };
}

/** Runs one statement on a connection of its own. */
export async function query(url: string, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** The directory that has both binaries: of PATH, else the newest of Debian's. */
function findBinaries(): string | null {
  const debian = '/usr/lib/postgresql';
  const packaged = list(debian)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debian, version, 'bin'));
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((directory) => directory !== '');
  for (const directory of [...onPath, ...packaged]) {
    if (!isExecutable(join(directory, 'postgres'))) continue;
    // initdb looks for postgres beside itself, so a link is followed.
    const real = dirname(realpathSync(join(directory, 'postgres')));
    if (isExecutable(join(real, 'initdb'))) return real;
  }
  return null;
}

/** PostgreSQL refuses to run as root. */
function unprivilegedUser(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      continue;
    }
  }
  return { uid: 65_534, gid: 65_534 };
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
