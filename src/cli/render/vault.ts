import type {
  CopyManifest,
  CopyProblem,
  IncompleteCopy,
  RetentionRule,
  VaultProgress,
} from '../../vault/index.js';
import type { View } from '../output.js';
import type { Removal } from '../vault/prune.js';
import { pad, widest } from './rows.js';
import { between } from './time.js';

/** Of all files of a copy. */
export function bytesOf({ files }: Pick<CopyManifest, 'files'>): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** `812 B`, `4.2 MB`, `17 GB`. */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${unit === 0 || value >= 9.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

interface Listing {
  readonly copies: readonly CopyManifest[];
  readonly incomplete: readonly IncompleteCopy[];
  readonly unreadable: readonly string[];
  readonly location: string;
  readonly site: string | undefined;
}

/** A line per copy; what is not in order comes below. */
export function renderCopies(
  { copies, incomplete, unreadable, location, site }: Listing,
  { colors, now }: View,
): readonly string[] {
  return [
    ...(copies.length === 0 ? noCopies(location, site) : table(copies, now, colors.dim)),
    ...incomplete.map(
      ({ handle, lastWrittenAt }) =>
        `${colors.yellow('!')} ${handle} is not complete, last written to ${between(lastWrittenAt, now)} ago`,
    ),
    ...unreadable.map(
      (handle) =>
        `${colors.red('✗')} ${handle} cannot be read: npx sitewright vault verify ${handle}`,
    ),
  ];
}

function noCopies(location: string, site: string | undefined): readonly string[] {
  return [
    `No copies${site === undefined ? '' : ` of ${site}`} in ${location}.`,
    'They are made before an upgrade, a restore or an archive touches a site.',
  ];
}

function table(
  copies: readonly CopyManifest[],
  now: Date,
  dim: (text: string) => string,
): readonly string[] {
  const rows = [
    ['site', 'taken', 'version', 'size', 'keep', 'handle'],
    ...copies.map((copy) => [
      copy.site,
      `${between(copy.takenAt, now)} ago`,
      copy.version ?? '',
      size(bytesOf(copy)),
      copy.expiresAt === null ? 'by policy' : `until ${copy.expiresAt.slice(0, 10)}`,
      copy.handle,
    ]),
  ];
  const widths = rows[0]?.map((_, column) => widest(rows.map((row) => row[column] ?? ''))) ?? [];
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return rows.map((row, index) => (index === 0 ? dim(line(row)) : line(row)));
}

/** While a copy is read. */
export function renderChecking(handle: string, { kind, bytes, totalBytes }: VaultProgress): string {
  const share = totalBytes ? `, ${Math.floor((bytes / totalBytes) * 100)} %` : '';
  return `  ${handle}  ${kind} ${size(bytes)}${share}`;
}

export function renderChecked(
  handle: string,
  problems: readonly CopyProblem[],
  { colors }: View,
): readonly string[] {
  const mark = problems.length === 0 ? colors.green('✓') : colors.red('✗');
  return [
    `${mark} ${handle}`,
    ...problems.map(({ kind, problem }) => `    ${pad(kind, 10)}${problem}`),
  ];
}

/** A copy that was made of files on disk, and what to do with it. */
export function renderImported(
  handle: string,
  site: string,
  files: CopyManifest['files'],
  { colors }: View,
): readonly string[] {
  return [
    `${colors.green('✓')} ${handle}`,
    ...files.map(({ kind, fileName, bytes }) => `    ${pad(kind, 10)}${fileName}, ${size(bytes)}`),
    `  → npx sitewright restore ${site} --copy ${handle}`,
  ];
}

export function renderVerdict(
  checked: number,
  problems: number,
  location: string,
  { colors }: View,
): readonly string[] {
  if (checked === 0) return [`No copies in ${location}: nothing to verify.`];
  if (problems === 0) return [`${colors.green('✓')} ${counted(checked)} whole in ${location}`];
  const found = `${problems} problem${problems === 1 ? '' : 's'}`;
  return [
    `${colors.red('✗')} ${found} in ${counted(checked)}`,
    '  → do not rely on these copies: make new ones before anything is done to their sites',
  ];
}

export function renderRemoval(
  { handle, why, bytes, since }: Removal,
  dryRun: boolean,
  { now }: View,
): readonly string[] {
  const age = between(since, now);
  const reason = why === 'expired' ? `taken ${age} ago` : `never completed, untouched for ${age}`;
  const room = bytes === null ? '' : `, ${size(bytes)}`;
  return [`${dryRun ? 'would remove' : 'removed'} ${handle} (${reason}${room})`];
}

interface Pruned {
  readonly removals: readonly Removal[];
  readonly kept: number;
  readonly pinned: readonly string[];
  readonly dryRun: boolean;
  readonly rule: RetentionRule;
}

export function renderPruned({
  removals,
  kept,
  pinned,
  dryRun,
  rule: { keepDays, keepAtLeast },
}: Pruned): readonly string[] {
  const room = size(removals.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0));
  const gone = dryRun ? 'would be removed' : 'removed';
  const used = pinned.length === 0 ? '' : `, ${pinned.length} in use by open operations`;
  return [
    removals.length === 0
      ? `Nothing to remove; ${counted(kept)} kept${used}.`
      : `${counted(removals.length)} ${gone}, ${room}; ${kept} kept${used}.`,
    `Policy keeps copies for ${keepDays} days, and always the newest ${keepAtLeast} of a site.`,
  ];
}

function counted(copies: number): string {
  return `${copies} ${copies === 1 ? 'copy' : 'copies'}`;
}
