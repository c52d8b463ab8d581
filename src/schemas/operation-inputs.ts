import type { z } from 'zod';
import type { InputOf } from '../domain/inputs.js';
import type { OperationKind } from '../domain/operations.js';
import { ADJUSTMENT_SCHEMAS } from './adjustments.js';
import { check, type Checked } from './common.js';
import { MAPLEPRESS_SCHEMAS } from './maplepress.js';
import { ProvisionSiteInputSchema } from './provision-site.js';
import { SITE_ACT_SCHEMAS } from './site-acts.js';
import {
  ArchiveSiteInputSchema,
  DeployBenchInputSchema,
  MigrateSiteInputSchema,
  ReinstallSiteInputSchema,
  RestoreSiteInputSchema,
  SwitchSiteInputSchema,
  UnarchiveSiteInputSchema,
  UpdateSiteInputSchema,
  UpgradeSiteInputSchema,
} from './site-operations.js';

/** What starts each kind; the same check for our client, the gateway and a plain SDK start. */
const INPUT_SCHEMAS: { readonly [K in OperationKind]: z.ZodType<InputOf[K]> } = {
  provision: ProvisionSiteInputSchema,
  upgrade: UpgradeSiteInputSchema,
  update: UpdateSiteInputSchema,
  migrate: MigrateSiteInputSchema,
  restore: RestoreSiteInputSchema,
  archive: ArchiveSiteInputSchema,
  unarchive: UnarchiveSiteInputSchema,
  reinstall: ReinstallSiteInputSchema,
  deactivate: SwitchSiteInputSchema,
  activate: SwitchSiteInputSchema,
  'deploy-bench': DeployBenchInputSchema,
  ...SITE_ACT_SCHEMAS,
  ...ADJUSTMENT_SCHEMAS,
  ...MAPLEPRESS_SCHEMAS,
};

/** Every problem of an input at once, or the checked input. */
export function checkInput<K extends OperationKind>(kind: K, input: unknown): Checked<InputOf[K]> {
  return check<InputOf[K]>(INPUT_SCHEMAS[kind], input);
}
