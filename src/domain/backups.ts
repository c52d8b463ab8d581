/** Backups that somebody asks for: what their plans are about, and what their activities are told. */

/** What a backup holds. `physical`: a snapshot of the database server, and of the files with it. */
export const BACKUP_CONTENTS = ['database', 'with files', 'physical'] as const;
export type BackupContents = (typeof BACKUP_CONTENTS)[number];

/** Everything about a backup, resolved. */
export interface BackupTarget {
  readonly site: string;
  readonly what: BackupContents;
  /** Press keeps it for a day. */
  readonly keep: 'vault' | 'press';
}

export interface VerifyBackupArgs {
  readonly account: string;
  readonly site: string;
  /** Name of the Site Backup. */
  readonly backup: string;
  /** Epoch ms after which the answer is given as it is. */
  readonly deadline: number;
}
