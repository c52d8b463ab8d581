import { z } from 'zod';
import { BackupRowSchema } from './backups.js';
import { JobRowSchema } from './jobs.js';
import { OperationSchema } from './operations.js';
import { SiteRowSchema } from './sites.js';

const percent = z.number().nullable();

/** Everything about one site; null where Frappe Cloud does not tell it now, see `missing`. */
export const SiteViewSchema = SiteRowSchema.extend({
  account: z.string(),
  server: z.string().nullable(),
  bench: z.string().nullable(),
  overview: z
    .object({
      latestVersion: z.string().nullable(),
      /** What an A record of a domain must say. */
      ip: z.string().nullable(),
      region: z.string().nullable(),
      tags: z.array(z.string()),
      isSetUp: z.boolean(),
    })
    .nullable(),
  usage: z
    .object({
      planTitle: z.string().nullable(),
      /** A month, in US dollars. */
      priceUsd: z.number().nullable(),
      /** Of what the plan allows; above 100 Frappe Cloud suspends the site in the end. */
      percent: z.object({ cpu: percent, disk: percent, database: percent }),
      diskMb: z.number().nullable(),
      diskLimitMb: z.number().nullable(),
      databaseMb: z.number().nullable(),
      databaseLimitMb: z.number().nullable(),
    })
    .nullable(),
  /** In bench order. */
  apps: z.array(z.string()).nullable(),
  domains: z
    .array(
      z.object({
        domain: z.string(),
        status: z.string(),
        primary: z.boolean(),
        redirectsToPrimary: z.boolean(),
      }),
    )
    .nullable(),
  /** Secrets are masked. */
  config: z.array(z.object({ key: z.string(), type: z.string(), value: z.string() })).nullable(),
  backups: z.array(BackupRowSchema).nullable(),
  /** Those that have not ended. */
  openJobs: z.array(JobRowSchema).nullable(),
  /** The newest first. */
  operations: z.array(OperationSchema),
  /** Parts that could not be read, and why. */
  missing: z.array(z.object({ part: z.string(), reason: z.string() })),
});
export type SiteView = z.infer<typeof SiteViewSchema>;
