import { createHash } from 'node:crypto';
import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { npm } from './run.mjs';

/** Everything the build reads. The lock is among them: compiled output depends on the compiler. */
const sources = [
  'src',
  'simulators',
  'demo',
  'bench',
  'scripts',
  'types',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
];

/** Builds `dist/` unless it was built from exactly these sources. */
export async function ensureBuild(root, report) {
  const stamp = path.join(root, 'dist', '.built-from');
  const bundle = path.join(root, 'dist', 'workflow-bundle.js');
  const fingerprint = await fingerprintOf(root, sources);
  const built = await readFile(stamp, 'utf8').catch(() => undefined);
  const complete = await access(bundle).then(
    () => true,
    () => false,
  );
  if (built === fingerprint && complete) return 'up to date';

  const why = built === undefined ? 'not built yet' : 'the sources have changed';
  report(`build: ${why}; compiling and bundling the workflows (10 to 30 s)`);
  await npm(report, 'npm run build', ['run', '--silent', 'build'], { cwd: root });
  await writeFile(stamp, fingerprint);
  report('build: done');
  return 'done';
}

/** A hash of the names and contents of all files under some paths (missing ones are skipped). */
export async function fingerprintOf(root, paths) {
  const hash = createHash('sha256');
  for (const file of await filesUnder(root, paths)) {
    hash.update(`${file}\0`).update(await readFile(path.join(root, file)));
  }
  return hash.digest('hex');
}

async function filesUnder(root, paths) {
  const found = [];
  for (const name of paths) {
    const entries = await readdir(path.join(root, name), { withFileTypes: true }).catch((error) =>
      error.code === 'ENOTDIR' ? undefined : [],
    );
    if (entries === undefined) found.push(name);
    else
      found.push(
        ...(await filesUnder(
          root,
          entries.map((entry) => `${name}/${entry.name}`),
        )),
      );
  }
  return found.sort();
}
