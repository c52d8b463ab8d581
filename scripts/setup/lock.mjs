import { mkdir, open, rm, rmdir, stat, utimes } from 'node:fs/promises';

/** The holder touches its lock this often; a lock left alone for `staleAfterMs` has lost it. */
const touchEveryMs = 1_000;
const staleAfterMs = 10_000;
const lookAgainMs = 200;

/** Runs `work` while no other set-up works on the same clone; waits for one that does. */
export async function withLock(file, report, work) {
  let told = false;
  while (!(await take(file))) {
    if (!told) report('another set-up is at work here; waiting for it');
    told = true;
    await removeStale(file);
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
  const touch = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, touchEveryMs);
  try {
    return await work();
  } finally {
    clearInterval(touch);
    await rm(file, { force: true });
  }
}

async function take(file) {
  try {
    await (await open(file, 'wx')).close();
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Two may see the same stale lock; the guard keeps the slower from removing the faster one's. */
async function removeStale(file) {
  if ((await ageOf(file)) < staleAfterMs) return;
  const guard = `${file}.takeover`;
  try {
    await mkdir(guard);
  } catch {
    if ((await ageOf(guard)) > staleAfterMs) await rmdir(guard).catch(() => undefined);
    return;
  }
  try {
    if ((await ageOf(file)) > staleAfterMs) await rm(file, { force: true });
  } finally {
    await rmdir(guard);
  }
}

/** Milliseconds since the last change; 0 when the file is gone. */
async function ageOf(file) {
  return stat(file).then(
    (found) => Date.now() - found.mtimeMs,
    () => 0,
  );
}
