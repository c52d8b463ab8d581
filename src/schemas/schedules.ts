import { z } from 'zod';
import type { BackUpSitesInput } from '../domain/fleet-backups.js';
import { check, type Checked, name, personId } from './common.js';

/** Short, because it is part of the ids of what the schedule begins. */
export const scheduleName = z.string().regex(/^[a-z0-9][a-z0-9-]{1,30}[a-z0-9]$/);

const FleetBackupSchema = z.strictObject({
  account: name,
  requestedBy: personId,
}) satisfies z.ZodType<BackUpSitesInput>;

/** What a round of backups may be started with; the rest of its input is its own. */
export const checkFleetBackup = (input: unknown): Checked<BackUpSitesInput> =>
  check<BackUpSitesInput>(FleetBackupSchema, input);
