import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, inject, vi } from 'vitest';
import { findStack, type StackRecord } from '../../../src/stack/discovery.js';

const BIN = fileURLToPath(new URL('../../../bin/sitewright.js', import.meta.url));
/** Fast enough for tests, slow enough that an operation can be met while it runs. */
const SPEED = '60';

/** What a finished command has left. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A local stack as `npm start` runs it, and the command line that finds it. */
export interface RunningStack {
  readonly record: StackRecord;
  readonly dataDir: string;
  readonly process: ChildProcess;
  sitewright(...args: readonly string[]): Promise<Finished>;
  /** With something on standard input. */
  feed(input: string, ...args: readonly string[]): Promise<Finished>;
  /** The one JSON document that a command prints. */
  json<T>(...args: readonly string[]): Promise<{ readonly code: number | null; readonly value: T }>;
  close(): Promise<void>;
}

/** Starts the compiled stack over a directory of its own. */
export async function startCompiledStack(): Promise<RunningStack> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'sitewright-cli-'));
  const child = startMain('--data-dir', dataDir, '--speed', SPEED);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const up = vi.waitFor(async () => (await findStack(dataDir)) ?? expect.fail('not yet'), {
    timeout: 90_000,
    interval: 100,
  });
  const ended = once(child, 'exit').then(() => expect.fail(`the stack has ended: ${said}`));
  const record = await Promise.race([up, ended]);
  const sitewright = (...args: readonly string[]) => run(args, { SITEWRIGHT_DATA_DIR: dataDir });
  return {
    record,
    dataDir,
    process: child,
    sitewright,
    feed: (input, ...args) => run(args, { SITEWRIGHT_DATA_DIR: dataDir }, input),
    json: async <T>(...args: readonly string[]) => {
      const { code, stdout, stderr } = await sitewright(...args, '--json');
      expect(stderr).toBe('');
      return { code, value: JSON.parse(stdout) as T };
    },
    close: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** `npm start` without npm. */
export function startMain(...args: readonly string[]): ChildProcess {
  const main = path.join(inject('distPath'), 'src/stack/main.js');
  return spawn(process.execPath, [main, ...args], { env: environment({}) });
}

/** Runs the command line to its end. */
export async function run(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input?: string,
): Promise<Finished> {
  const child = startSitewright(args, env, input);
  const exited = once(child, 'close') as Promise<[number | null]>;
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await exited;
  return { code, stdout, stderr };
}

/** Starts the command line, with this on its standard input. */
export function startSitewright(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input = '',
) {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: environment(env),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  return child;
}

/** Ours, without what would lead the command line to another installation. */
function environment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const misleading = /^(TEMPORAL_|SITEWRIGHT_(?!TEMPORAL_CLI)|FRAPPE_CLOUD_|DATABASE_URL)/;
  const ours = Object.entries(process.env).filter(([name]) => !misleading.test(name));
  return { ...Object.fromEntries(ours), SITEWRIGHT_USER: 'tester', ...more };
}
