import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cachedTemporalCli, findTemporalCli } from '../../../src/temporal/find-cli.mjs';

const current = 'temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)';

let folder: string;
let env: NodeJS.ProcessEnv;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-cli-'));
  env = { XDG_CACHE_HOME: path.join(folder, 'cache'), PATH: path.join(folder, 'bin') };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** An executable that answers like a Temporal CLI. */
async function install(file: string, answer = current, exitCode = 0): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\necho '${answer}'\nexit ${exitCode}\n`);
  await chmod(file, 0o755);
  return file;
}

const onPath = (...answer: [string?, number?]) =>
  install(path.join(folder, 'bin', 'temporal'), ...answer);
const inCache = (...answer: [string?, number?]) => install(cachedTemporalCli(env), ...answer);

describe('finding the Temporal CLI', () => {
  it('finds none where there is none', async () => {
    expect(await findTemporalCli(env)).toBeUndefined();
  });

  it('prefers the one that is named, then PATH, then the cache', async () => {
    const cached = await inCache();
    expect(await findTemporalCli(env)).toEqual({ path: cached, version: current, source: 'cache' });

    const found = await onPath();
    expect(await findTemporalCli(env)).toMatchObject({ path: found, source: 'PATH' });

    const named = await install(path.join(folder, 'elsewhere', 'my-temporal'));
    expect(await findTemporalCli({ ...env, SITEWRIGHT_TEMPORAL_CLI: named })).toMatchObject({
      path: named,
      source: 'SITEWRIGHT_TEMPORAL_CLI',
    });
  });

  it('looks through all of PATH', async () => {
    await onPath('temporal version 0.9.0 (Server 1.20.2, UI 2.10.0)');
    const good = await install(path.join(folder, 'bin2', 'temporal'));
    const twoFolders = [env.PATH, path.dirname(good)].join(path.delimiter);
    expect(await findTemporalCli({ ...env, PATH: twoFolders })).toMatchObject({ path: good });
  });

  it.each([
    ['is too old', 'temporal version 1.1.2 (Server 1.25.2, UI 2.31.2)', 0],
    ['is something else', 'temporal 3.14 calculus', 0],
    ['does not answer', '', 1],
  ])('passes over one on PATH that %s', async (_, answer, exitCode) => {
    await onPath(answer, exitCode);
    const cached = await inCache();
    expect(await findTemporalCli(env)).toMatchObject({ path: cached });
  });

  it('accepts a build from source, whose own version says nothing', async () => {
    await inCache('temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)');
    expect(await findTemporalCli(env)).toMatchObject({ source: 'cache' });
  });

  it('refuses to go on silently when the one that is named cannot be used', async () => {
    await inCache();
    const missing = path.join(folder, 'missing');
    await expect(findTemporalCli({ ...env, SITEWRIGHT_TEMPORAL_CLI: missing })).rejects.toThrow(
      `SITEWRIGHT_TEMPORAL_CLI names ${missing}, which is not an executable file`,
    );
  });

  it('keeps its cache in the user’s cache folder, by version', () => {
    expect(cachedTemporalCli({ HOME: '/home/ada' })).toMatch(
      /\/sitewright\/temporal-cli\/\d+\.\d+\.\d+\/temporal$/,
    );
  });
});
