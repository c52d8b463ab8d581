/**
 * Finds the Temporal CLI, whose `server start-dev` is our embedded server (D 13). Plain JavaScript
 * because the set-up script needs it before anything has been compiled.
 */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

/** The release we fetch or build: server 1.29.1, the oldest with worker deployment versioning. */
export const temporalCliVersion = '1.5.1';
const oldestServer = [1, 29];
const executableName = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
/** A cold 250 MB executable on a busy disk answers late; a hanging one must not hang us. */
const answerWithinMs = 20_000;

export class TemporalCliUnusable extends Error {
  name = 'TemporalCliUnusable';
}

export function cachedTemporalCli(env = process.env) {
  return path.join(
    cacheRoot(env),
    'sitewright',
    'temporal-cli',
    temporalCliVersion,
    executableName,
  );
}

function cacheRoot(env) {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  if (process.platform === 'win32' && env.LOCALAPPDATA) return env.LOCALAPPDATA;
  return path.join(env.HOME ?? homedir(), '.cache');
}

export async function findTemporalCli(env = process.env) {
  const named = env.SITEWRIGHT_TEMPORAL_CLI;
  if (named) {
    const { version, problem } = await probeTemporalCli(named);
    if (problem) {
      throw new TemporalCliUnusable(`SITEWRIGHT_TEMPORAL_CLI names ${named}, which ${problem}`);
    }
    return { path: named, version, source: 'SITEWRIGHT_TEMPORAL_CLI' };
  }
  for (const candidate of await onPath(env)) {
    const { version, problem } = await probeTemporalCli(candidate);
    if (!problem) return { path: candidate, version, source: 'PATH' };
  }
  const cached = cachedTemporalCli(env);
  const { version, problem } = await probeTemporalCli(cached);
  return problem ? undefined : { path: cached, version, source: 'cache' };
}

async function onPath(env) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const candidates = folders.map((folder) => path.resolve(folder, executableName));
  const executable = await Promise.all(candidates.map(isExecutable));
  return candidates.filter((_, index) => executable[index]);
}

async function isExecutable(file) {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

export async function probeTemporalCli(file) {
  if (!(await isExecutable(file))) return { problem: 'is not an executable file' };
  const answer = await new Promise((resolve) => {
    execFile(file, ['--version'], { timeout: answerWithinMs }, (error, stdout) => {
      resolve(error ? undefined : stdout.trim());
    });
  });
  if (answer === undefined) return { problem: 'does not answer `--version`' };
  const server = /Server (\d+)\.(\d+)/.exec(answer);
  if (!server) return { problem: `is not the Temporal CLI (it calls itself "${answer}")` };
  const [major, minor] = server.slice(1).map(Number);
  const [oldestMajor, oldestMinor] = oldestServer;
  const tooOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  return tooOld
    ? { problem: `carries ${server[0]}, older than ${oldestServer.join('.')}` }
    : { version: answer };
}
