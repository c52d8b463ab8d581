import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { cachedTemporalCli } from '../../../src/temporal/find-cli.mjs';

type Report = (message: string) => void;
type Lock = Record<string, { version: string; optional?: true }>;

/** The set-up is plain JavaScript without declarations, because it runs before there is a compiler. */
const load = (file: string) =>
  import(new URL(`../../../scripts/${file}`, import.meta.url).href) as Promise<unknown>;
const { firstDifference } = (await load('setup/packages.mjs')) as {
  firstDifference: (wanted?: Lock, installed?: Lock) => string | undefined;
};
const { fingerprintOf } = (await load('setup/build.mjs')) as {
  fingerprintOf: (root: string, paths: string[]) => Promise<string>;
};
const { withLock } = (await load('setup/lock.mjs')) as {
  withLock: (file: string, report: Report, work: () => Promise<void>) => Promise<void>;
};
const { ensureTemporalCli } = (await load('setup/temporal-cli.mjs')) as {
  ensureTemporalCli: (report: Report, env: NodeJS.ProcessEnv, site: string) => Promise<string>;
};

let folder: string;
let lines: string[];
const report: Report = (line) => lines.push(line);
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-setup-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('packages', () => {
  const wanted: Lock = {
    '': { version: '0.1.0' },
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/a/node_modules/zod': { version: '3.0.0' },
    'node_modules/only-windows': { version: '1.0.0', optional: true },
  };
  const installed: Lock = {
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/a/node_modules/zod': { version: '3.0.0' },
  };

  it('are up to date without the optional ones of other platforms', () => {
    expect(firstDifference(wanted, installed)).toBeUndefined();
  });

  it('are not when one is missing, of another version, or none is there', () => {
    expect(firstDifference(wanted, {})).toBe('zod is missing');
    const old = { ...installed, 'node_modules/zod': { version: '4.0.0' } };
    expect(firstDifference(wanted, old)).toBe('zod is 4.0.0, should be 4.6.7');
    expect(firstDifference(wanted, undefined)).toBe('none are installed');
  });
});

describe('fingerprint of the sources', () => {
  it('changes with content and names, not with times', async () => {
    const file = path.join(folder, 'src', 'deep', 'a.ts');
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '1');
    const of = () => fingerprintOf(folder, ['src', 'not-there', 'tsconfig.json']);
    const first = await of();
    await utimes(file, 0, 0);
    expect(await of()).toBe(first);
    await writeFile(file, '2');
    const second = await of();
    await writeFile(path.join(folder, 'tsconfig.json'), '');
    expect(new Set([first, second, await of()]).size).toBe(3);
  });
});

describe('lock', () => {
  it('lets one at a time work, and tells the others', async () => {
    const file = path.join(folder, 'setup.lock');
    let working = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++working);
      await new Promise((resolve) => setImmediate(resolve));
      working--;
    };
    await Promise.all(Array.from({ length: 5 }, () => withLock(file, report, work)));
    expect(most).toBe(1);
    expect(lines[0]).toContain('another set-up is at work');
  });

  it('is taken over from a set-up that was killed', async () => {
    const file = path.join(folder, 'setup.lock');
    await writeFile(file, '');
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(file, longAgo, longAgo);
    let done = false;
    await withLock(file, report, async () => void (done = true));
    expect(done).toBe(true);
  });

  it('is released when the work fails', async () => {
    const file = path.join(folder, 'setup.lock');
    const failing = withLock(file, report, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    await withLock(file, report, () => Promise.resolve());
    expect(lines).toEqual([]);
  });
});

describe('Temporal CLI', () => {
  const answer = 'temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)';
  const cli = `#!/bin/sh\necho '${answer}'\n`;
  let env: NodeJS.ProcessEnv;
  beforeEach(async () => {
    env = { PATH: path.join(folder, 'bin'), XDG_CACHE_HOME: path.join(folder, 'cache') };
    await mkdir(path.join(folder, 'bin'));
  });

  async function site(listener: RequestListener): Promise<string> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const closed = () => site((request) => request.destroy());

  async function fakeGo(version: string): Promise<void> {
    const build = `printf '%s' "$CLI" > "$GOBIN/temporal"; /bin/chmod +x "$GOBIN/temporal"`;
    const script = `#!/bin/sh\ncase $1 in version) echo 'go version go${version} linux/amd64';; install) ${build};; esac\n`;
    const file = path.join(folder, 'bin', 'go');
    await writeFile(file, script);
    await chmod(file, 0o755);
    env.CLI = cli;
  }

  it('is downloaded, unpacked and kept', async () => {
    const executable = path.join(folder, 'temporal');
    await writeFile(executable, cli, { mode: 0o755 });
    const archive = path.join(folder, 'archive.tar.gz');
    execFileSync('tar', ['-czf', archive, '-C', folder, 'temporal']);
    const paths: (string | undefined)[] = [];
    const url = await site((request, response) => {
      paths.push(request.url);
      void readFile(archive).then((content) => response.end(content));
    });

    expect(await ensureTemporalCli(report, env, url)).toBe(cachedTemporalCli(env));
    expect(await readFile(cachedTemporalCli(env), 'utf8')).toBe(cli);
    expect(await ensureTemporalCli(report, env, url)).toBe(cachedTemporalCli(env));
    expect(paths).toEqual([expect.stringMatching(/archive\/v1\.5\.1\?platform=\w+&arch=\w+$/)]);
  });

  it('is built with Go where the download is out of reach', async () => {
    await fakeGo('1.26.8');
    expect(await ensureTemporalCli(report, env, await closed())).toBe(cachedTemporalCli(env));
    expect(lines.join('\n')).toContain('could not be reached');
  });

  it('is not taken from a site that answers with something else', async () => {
    const url = await site((_, response) => response.end('<html>sign in to this network</html>'));
    await expect(ensureTemporalCli(report, env, url)).rejects.toThrow(/unpacking/);
  });

  it.each([
    ['no Go', undefined, 'there is no Go toolchain'],
    ['an old Go', '1.21.5', 'Go 1.21 is older than 1.25'],
  ])('leaves the choices to the person when there is %s', async (_, version, problem) => {
    if (version) await fakeGo(version);
    const failing = ensureTemporalCli(report, env, await closed());
    await expect(failing).rejects.toThrow(problem);
    await expect(failing).rejects.toThrow('SITEWRIGHT_TEMPORAL_CLI=/path/to/temporal');
  });
});
