/** Copies that can bring a site back (D 4.4), as plans, histories and the ledger speak of them. */

import type { CommandArgs } from './activity-types.js';
import type { BackupContents } from './backups.js';
import type { PlanStep } from './plan.js';

/** The parts of a site's backup. */
export const COPY_FILE_KINDS = ['database', 'public', 'private', 'config'] as const;
export type CopyFileKind = (typeof COPY_FILE_KINDS)[number];

/** What the vault calls the backup of files that came from somebody's disk (`vault import`). */
export const IMPORTED = 'imported';

/** What a plan says of the copy that is made or taken before anything is touched. */
export interface SafetyCopyPlan {
  /**
   * `new`: made right before; `recent`: the newest offsite backup, when it is fresh enough and
   * plausible, else a new one; `none`: by policy, with one more approver.
   */
  readonly mode: 'new' | 'recent' | 'none';
  /** How old a `recent` one may be, ms; from policy. */
  readonly maxAgeMs: number;
  /**
   * Only of a site that cannot serve its files now: the older copy that stands in for one of today,
   * or null when there is none at all. Whoever approves acknowledges either.
   */
  readonly standIn?: SafetyCopy | null;
}

/** A copy that stands ready. The bytes are in the vault or at Press; only this travels. */
export interface SafetyCopy {
  readonly where: 'vault' | 'offsite';
  /** In the vault its handle; at Press the name of the Site Backup. */
  readonly handle: string;
  readonly site: string;
  /** ISO time at which the backup was taken. */
  readonly takenAt: string;
  /** Frappe Version of the site then; null when it is not known. */
  readonly version: string | null;
  readonly bytes: number;
  readonly parts: readonly CopyFileKind[];
}

/** Where an activity looks for a copy, or makes one. */
export interface CopyCall {
  readonly operationId: string;
  readonly account: string;
  readonly site: string;
}

export interface RequestBackupArgs extends CommandArgs {
  readonly site: string;
  /** Default: with files. */
  readonly what?: BackupContents;
}

export interface RecentCopyArgs extends CopyCall {
  readonly maxAgeMs: number;
}

export interface StandInArgs extends CopyCall {
  readonly copy: SafetyCopy;
}

export interface StoreCopyArgs extends CopyCall {
  /** Name of the Site Backup to store. */
  readonly backup: string;
  /** A person has said that its size is right all the same. */
  readonly acceptSize: boolean;
}

/** What became of storing a backup in the vault. */
export type StoredCopy =
  | { readonly state: 'stored'; readonly copy: SafetyCopy }
  /**
   * `unusable`: its files are gone or damaged, only another backup helps. `doubtful`: its size is not
   * that of the backups before it. `unreachable`: the site does not hand its files out.
   */
  | { readonly state: 'unusable' | 'doubtful' | 'unreachable'; readonly reason: string };

/** The steps of a plan that come before anything is touched. */
export function safetyCopySteps({ mode, standIn }: SafetyCopyPlan): readonly PlanStep[] {
  if (mode === 'none' || standIn === null) return [];
  const needsBackup = mode === 'new' && standIn === undefined;
  return [...(needsBackup ? [{ name: 'backup' }] : []), { name: 'safety copy' }];
}

/** A backup as the rule of plausibility sees it. */
export interface BackupSize {
  readonly takenAt: number;
  /** Database, public and private files together, bytes. */
  readonly bytes: number;
}

/**
 * Why a backup cannot be trusted by its size: outside 50–200 % of the median of the five before it
 * (D 4.4). Null when it is plausible, or nothing stands beside it.
 */
export function implausible(backup: BackupSize, others: readonly BackupSize[]): string | null {
  const before = others
    .filter(({ takenAt }) => takenAt < backup.takenAt)
    .sort((a, b) => b.takenAt - a.takenAt)
    .slice(0, 5)
    .map(({ bytes }) => bytes)
    .sort((a, b) => a - b);
  const median = medianOf(before);
  if (median === null || median === 0) return null;
  const share = backup.bytes / median;
  if (share >= 0.5 && share <= 2) return null;
  return `it has ${Math.round(share * 100)} % of the size of the backups before it`;
}

function medianOf(sorted: readonly number[]): number | null {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}
