const UNITS = ['Bytes', 'KB', 'MB', 'GB', 'TB'] as const;
const STEP = 1024;

/**
 * Bytes for a person: `0 Bytes`, `2 KB`, `50 MB`, `1.5 GB`, `2.5 TB`. At most two decimals, the
 * largest unit below which nothing is lost to a leading zero.
 *
 * @param bytes what is not a positive number counts as nothing
 */
export function formatStorage(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes <= 0) return `0 ${UNITS[0]}`;
  let value = bytes;
  let unit = 0;
  // Rounded first: 1,048,575 bytes are 1 MB and not 1024 KB.
  while (rounded(value) >= STEP && unit < UNITS.length - 1) {
    value /= STEP;
    unit += 1;
  }
  return `${rounded(value)} ${UNITS[unit] ?? ''}`;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
