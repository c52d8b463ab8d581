/**
 * Makes a fresh clone ready to run, and does nothing in under two seconds when it already is:
 * packages, build, Temporal CLI. `npm test`, `npm start`, `npm run demo` and `npm run bench` run
 * it first. Needs nothing but Node.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from './setup/build.mjs';
import { withLock } from './setup/lock.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { createReporter, SetupProblem } from './setup/report.mjs';
import { ensureTemporalCli } from './setup/temporal-cli.mjs';

const oldestNode = [20, 19];
const root = fileURLToPath(new URL('..', import.meta.url));

try {
  refuseOldNode();
  await setUp();
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  console.error(`\nsetup: ${error.message}`);
  process.exitCode = 1;
}

async function setUp() {
  const report = createReporter();
  const work = path.join(root, '.sitewright');
  await mkdir(work, { recursive: true });
  await withLock(path.join(work, 'setup.lock'), report, async () => {
    const packages = await ensurePackages(root, report);
    const build = await ensureBuild(root, report);
    const cli = await ensureTemporalCli(report);
    report(`ready: packages ${packages}, build ${build}, Temporal CLI from ${cli}`);
  });
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new SetupProblem(
    `Sitewright needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}.\n` +
      'Install a current release from https://nodejs.org, or with a version manager such as nvm.',
  );
}
