import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  cachedTemporalCli,
  findTemporalCli,
  probeTemporalCli,
  TemporalCliUnusable,
  temporalCliVersion,
} from '../../src/temporal/find-cli.mjs';
import { download } from './download.mjs';
import { SetupProblem } from './report.mjs';
import { run } from './run.mjs';

const officialSite = 'https://temporal.download';
const oldestGo = [1, 25];
const module = `github.com/temporalio/cli/cmd/temporal@v${temporalCliVersion}`;

/**
 * Finds the Temporal CLI, or fetches it, or builds it (D 13). Returns where it came from.
 * Environment and download site are parameters for the tests only.
 */
export async function ensureTemporalCli(report, env = process.env, site = officialSite) {
  const found = await findTemporalCli(env).catch((error) => {
    if (error instanceof TemporalCliUnusable) throw new SetupProblem(error.message);
    throw error;
  });
  if (found) return found.source === 'cache' ? found.path : `${found.source} (${found.path})`;

  const target = cachedTemporalCli(env);
  report('Temporal CLI: neither SITEWRIGHT_TEMPORAL_CLI, nor PATH, nor our cache has one');
  await mkdir(path.dirname(target), { recursive: true });
  const folder = await mkdtemp(path.join(path.dirname(target), 'new-'));
  try {
    const tried = [];
    for (const [name, make] of [
      ['official download', () => fetchCli(report, folder, site)],
      ['build from source', () => buildCli(report, folder, env)],
    ]) {
      const problem = await make().catch((error) => error.message);
      const file = path.join(folder, path.basename(target));
      const { problem: unusable } = problem ? {} : await probeTemporalCli(file);
      if (!problem && !unusable) {
        await rename(file, target);
        report(`Temporal CLI: ${name} done, kept in ${target}`);
        return target;
      }
      tried.push(`${name}: ${problem ?? `the result ${unusable}`}`);
      report(`Temporal CLI: ${tried[tried.length - 1].split('\n')[0]}`);
    }
    throw new SetupProblem(explain(tried, target));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fetchCli(report, folder, site) {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const url = `${site}/cli/archive/v${temporalCliVersion}?platform=${platform}&arch=${arch}`;
  report(`Temporal CLI: downloading ${temporalCliVersion} from ${new URL(site).host} (once)`);
  const archive = path.join(folder, 'archive');
  await download(url, archive, (progress) => report(`  Temporal CLI: ${progress}`));
  // The archive is a .tar.gz, on Windows a .zip; the tar that comes with Windows reads both.
  await run(report, 'unpacking the Temporal CLI', 'tar', ['-xf', archive, '-C', folder]);
}

async function buildCli(report, folder, env) {
  const version = await goVersion(env);
  if (version === undefined) throw new Error('there is no Go toolchain (go ≥ 1.25) on PATH');
  const [major, minor] = version;
  if (major < oldestGo[0] || (major === oldestGo[0] && minor < oldestGo[1])) {
    throw new Error(`Go ${version.join('.')} is older than ${oldestGo.join('.')}`);
  }
  report('Temporal CLI: building it with Go (once; about 4 minutes on two cores)');
  await run(report, 'go install', 'go', ['install', module], {
    cwd: folder,
    env: { ...env, GOBIN: folder, GOFLAGS: '-mod=mod' },
  });
}

function goVersion(env) {
  return new Promise((resolve) => {
    execFile('go', ['version'], { env }, (error, stdout) => {
      const found = error ? null : /go(\d+)\.(\d+)/.exec(stdout);
      resolve(found ? found.slice(1).map(Number) : undefined);
    });
  });
}

function explain(tried, target) {
  return [
    'there is no Temporal CLI, which runs the embedded Temporal server, and none could be made.',
    ...tried.map((line) => `  - ${line}`),
    'Any one of these helps:',
    '  - install it (https://docs.temporal.io/cli, for example `brew install temporal`);',
    '  - name an executable you have: SITEWRIGHT_TEMPORAL_CLI=/path/to/temporal;',
    '  - install Go 1.25 or newer, and it is built from source;',
    `  - put the executable to ${target}.`,
  ].join('\n');
}
