import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { npm } from './run.mjs';

/** Installs the packages of package-lock.json unless exactly those are installed. */
export async function ensurePackages(root, report) {
  const wanted = await readLock(path.join(root, 'package-lock.json'));
  const installed = await readLock(path.join(root, 'node_modules', '.package-lock.json'));
  const difference = firstDifference(wanted, installed);
  if (difference === undefined) return 'up to date';

  report(
    `packages: ${difference}; installing with \`npm ci\` (about 400 MB, usually under a minute)`,
  );
  await npm(report, 'npm ci', ['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root });
  report('packages: installed');
  return 'installed';
}

/**
 * The first package that is missing or of another version, in words. npm records what it installed
 * in the same form as the lock; optional packages of other platforms are rightly absent.
 */
export function firstDifference(wanted, installed) {
  if (wanted === undefined) return 'there is no package-lock.json';
  if (installed === undefined) return 'none are installed';
  for (const [folder, entry] of Object.entries(wanted)) {
    if (folder === '' || entry.link) continue;
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const present = installed[folder];
    if (present === undefined) {
      if (!entry.optional && !entry.devOptional && !entry.peer) return `${name} is missing`;
    } else if (present.version !== entry.version || present.integrity !== entry.integrity) {
      return `${name} is ${present.version}, should be ${entry.version}`;
    }
  }
  return undefined;
}

async function readLock(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
