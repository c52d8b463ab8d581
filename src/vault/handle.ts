import { createHash } from 'node:crypto';
import { InvalidHandle } from './errors.js';

const HANDLE = /^vault-[a-z0-9](?:[a-z0-9-]|\.(?!\.))*-\d{8}T\d{6}Z-[0-9a-f]{8}$/;

/**
 * The name of a copy: a plain word, and the same whenever the same operation copies the same
 * backup, so that a repeated activity goes on with the copy it began.
 *
 * @throws InvalidHandle when the site's name is none, or the time is no ISO time
 */
export function handleFor({
  site,
  takenAt,
  operationId,
}: {
  readonly site: string;
  /** ISO time at which the backup was taken. */
  readonly takenAt: string;
  readonly operationId: string;
}): string {
  const taken = new Date(takenAt);
  if (Number.isNaN(taken.getTime())) throw new InvalidHandle(`"${takenAt}" is no time`);
  const time = taken.toISOString().replace(/[-:]|\.\d+/g, '');
  return checkHandle(`${siteMark(site)}${time}${operationMark(operationId)}`);
}

/** What the handles of the copies end with that an operation has made. */
export function operationMark(operationId: string): string {
  return `-${createHash('sha256').update(operationId).digest('hex').slice(0, 8)}`;
}

/** What the handles of a site begin with; those of a site with a longer name may, too. */
export function siteMark(site: string): string {
  return `vault-${site}-`;
}

export function isHandle(name: string): boolean {
  return name.length <= 255 && HANDLE.test(name);
}

/** Returns what can be used in a path. @throws InvalidHandle */
export function checkHandle(handle: string): string {
  if (isHandle(handle)) return handle;
  throw new InvalidHandle(`"${handle.slice(0, 80)}" is no handle of a copy`);
}

/** Every handle that a text mentions. */
export function handlesIn(text: string): readonly string[] {
  const found = text.match(/vault-[a-z0-9.-]+?-\d{8}T\d{6}Z-[0-9a-f]{8}(?![0-9a-z])/g) ?? [];
  return found.filter(isHandle);
}
