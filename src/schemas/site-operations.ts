import { z } from 'zod';
import type {
  ArchiveSiteInput,
  DeployBenchInput,
  MigrateSiteInput,
  ReinstallSiteInput,
  RestoreSiteInput,
  SiteRequest,
  UnarchiveSiteInput,
  UpdateSiteInput,
  UpgradeSiteInput,
} from '../domain/inputs.js';
import { COPY_FILE_KINDS } from '../domain/safety-copy.js';
import { hostName, name, REQUEST, SAFETY, SITE_REQUEST, WHEN } from './common.js';

const skipFailingPatches = z.boolean().optional();
const branches = z.record(name, name).optional();

/** See {@link UpgradeSiteInput}. */
export const UpgradeSiteInputSchema = z
  .strictObject({
    ...SITE_REQUEST,
    ...SAFETY,
    ...WHEN,
    version: name.optional(),
    group: name.optional(),
    newBench: z.strictObject({ title: name.optional() }).optional(),
    branches,
    skipFailingPatches,
  })
  .refine(({ group, newBench }) => group === undefined || newBench === undefined, {
    path: ['newBench'],
    message: 'either a group that exists or a new bench, not both',
  }) satisfies z.ZodType<UpgradeSiteInput>;

/** See {@link UpdateSiteInput}. */
export const UpdateSiteInputSchema = z.strictObject({
  ...SITE_REQUEST,
  ...SAFETY,
  ...WHEN,
  skipFailingPatches,
  deploy: name.optional(),
}) satisfies z.ZodType<UpdateSiteInput>;

/** See {@link MigrateSiteInput}. */
export const MigrateSiteInputSchema = z.strictObject({
  ...SITE_REQUEST,
  ...SAFETY,
  skipFailingPatches,
}) satisfies z.ZodType<MigrateSiteInput>;

const restoreFrom = z.union(
  [
    z.strictObject({ backup: name, ofSite: hostName.optional() }),
    z.strictObject({ copy: name }),
    z.strictObject({
      files: z
        .partialRecord(z.enum(COPY_FILE_KINDS), name)
        .refine((files) => Object.keys(files).some((kind) => kind !== 'config'), {
          message: 'give at least one of database, public, private',
        }),
    }),
    z.strictObject({ snapshot: name }),
  ],
  { message: 'one of {backup}, {copy}, {files}, {snapshot}' },
);

/** See {@link RestoreSiteInput}. */
export const RestoreSiteInputSchema = z.strictObject({
  ...SITE_REQUEST,
  ...SAFETY,
  from: restoreFrom,
  parts: z
    .array(z.enum(['database', 'public', 'private']))
    .min(1)
    .refine((parts) => new Set(parts).size === parts.length, 'listed twice')
    .optional(),
  skipFailingPatches,
}) satisfies z.ZodType<RestoreSiteInput>;

/** See {@link ArchiveSiteInput}. */
export const ArchiveSiteInputSchema = z.strictObject({
  ...SITE_REQUEST,
  ...SAFETY,
  finalBackup: z.boolean().optional(),
}) satisfies z.ZodType<ArchiveSiteInput>;

/** See {@link UnarchiveSiteInput}. */
export const UnarchiveSiteInputSchema = z.strictObject({
  ...SITE_REQUEST,
  copy: name.optional(),
  plan: name.optional(),
  group: name.optional(),
}) satisfies z.ZodType<UnarchiveSiteInput>;

/** See {@link ReinstallSiteInput}. */
export const ReinstallSiteInputSchema = z.strictObject({
  ...SITE_REQUEST,
  ...SAFETY,
}) satisfies z.ZodType<ReinstallSiteInput>;

/** What deactivating and activating take. */
export const SwitchSiteInputSchema = z.strictObject(SITE_REQUEST) satisfies z.ZodType<SiteRequest>;

/** See {@link DeployBenchInput}. */
export const DeployBenchInputSchema = z.strictObject({
  ...REQUEST,
  group: name,
  apps: z.array(name).min(1).max(50).optional(),
  branches,
  sites: z.union([z.literal('all'), z.array(hostName).min(1).max(2_000)]).optional(),
  errorBudget: z.number().int().nonnegative().max(1_000).optional(),
  skipFailingPatches,
}) satisfies z.ZodType<DeployBenchInput>;
