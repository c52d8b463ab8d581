import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { identify, isRunning, type ProcessIdentity } from './process-identity.js';

/** What the lock file says about the server that uses a data directory. */
export interface InstanceRecord {
  /** The process that started the server and stops it. */
  owner: ProcessIdentity;
  /** The server itself; absent while it is starting. */
  server?: ProcessIdentity;
  /** gRPC address; absent while the server is starting. */
  address?: string;
  uiUrl?: string;
}

/** The lock while it is ours. */
export interface InstanceLock {
  update(record: Omit<InstanceRecord, 'owner'>): Promise<void>;
  release(): Promise<void>;
}

/** A server whose owner was killed is ended by its supervisor within this time. */
const orphanGoneWithinMs = 10_000;
/** Taking a stale lock over is two file operations; an older takeover was interrupted. */
const takeoverTakesMs = 5_000;
const lookAgainMs = 50;

/**
 * Takes the lock on a data directory, also from an owner that no longer runs.
 *
 * @returns the lock, or the record of the running instance that holds it.
 */
export async function acquireInstanceLock(
  file: string,
): Promise<{ lock: InstanceLock } | { heldBy: InstanceRecord }> {
  const owner = identify(process.pid);
  const orphanDeadline = Date.now() + orphanGoneWithinMs;
  for (;;) {
    if (await createWhole(file, JSON.stringify({ owner }))) return { lock: heldLock(file, owner) };

    const holder = await readInstance(file);
    if (holder && isRunning(holder.owner)) return { heldBy: holder };
    if (holder?.server && isRunning(holder.server)) {
      if (Date.now() > orphanDeadline) return { heldBy: holder };
      await delay(lookAgainMs);
    } else {
      await removeStale(file);
    }
  }
}

/** The record in a lock file; undefined when there is no lock (or none that can be read). */
export async function readInstance(file: string): Promise<InstanceRecord | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as InstanceRecord;
  } catch {
    return undefined;
  }
}

function heldLock(file: string, owner: ProcessIdentity): InstanceLock {
  return {
    async update(record) {
      const whole = `${file}.${randomUUID()}`;
      await writeFile(whole, JSON.stringify({ owner, ...record }));
      await rename(whole, file);
    },
    release: () => rm(file, { force: true }),
  };
}

/** Creates a file that nobody ever sees half written. False when it is there already. */
async function createWhole(file: string, content: string): Promise<boolean> {
  const whole = `${file}.${randomUUID()}`;
  await writeFile(whole, content);
  try {
    await link(whole, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(whole, { force: true });
  }
}

/** Two processes may find the same stale lock; the guard keeps the slower from removing a new one. */
async function removeStale(file: string): Promise<void> {
  const guard = `${file}.takeover`;
  try {
    await mkdir(guard);
  } catch {
    const age = await stat(guard).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    if (age > takeoverTakesMs) await rmdir(guard).catch(() => undefined);
    await delay(lookAgainMs);
    return;
  }
  try {
    const holder = await readInstance(file);
    const stale =
      !holder || !(isRunning(holder.owner) || (holder.server && isRunning(holder.server)));
    if (stale) await rm(file, { force: true });
  } finally {
    await rmdir(guard);
  }
}
