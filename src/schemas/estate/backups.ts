import { z } from 'zod';

export const BackupRowSchema = z.object({
  name: z.string(),
  status: z.enum(['Pending', 'Running', 'Success', 'Failure']),
  takenAt: z.iso.datetime(),
  physical: z.boolean(),
  /** Lies in the object storage of Frappe Cloud, and not only on the server of the site. */
  offsite: z.boolean(),
  withFiles: z.boolean(),
  /** Whether its files are still there. */
  available: z.boolean(),
  /** Of all files whose size is known; null when none is. */
  bytes: z.number().nullable(),
  /** Taken by Frappe Cloud itself, and not asked for. */
  scheduled: z.boolean(),
});
export type BackupRow = z.infer<typeof BackupRowSchema>;

export const BackupsSchema = z.object({
  site: z.string(),
  /** The newest first. */
  backups: z.array(BackupRowSchema),
});
export type Backups = z.infer<typeof BackupsSchema>;
