import type { SafetyCopy } from '../../domain/safety-copy.js';

/** E.g. "the offsite backup f1e2d3 of 2026-11-20 21:40 UTC (48 MB)". */
export function inWords({ where, handle, takenAt, bytes }: SafetyCopy): string {
  const what = where === 'vault' ? 'the vault copy' : 'the offsite backup';
  const at = takenAt.slice(0, 16).replace('T', ' ');
  return `${what} ${handle} of ${at} UTC (${Math.ceil(bytes / 1e6)} MB)`;
}
