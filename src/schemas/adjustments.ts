import { z } from 'zod';
import type { InputOf } from '../domain/inputs.js';
import type { AdjustmentKind } from '../domain/operations.js';
import { config, hostName, name, SAFETY, SITE_REQUEST } from './common.js';

const site = SITE_REQUEST;
const isoTime = z.iso.datetime({ offset: true, message: 'an ISO time with its offset' });
const domain = z.strictObject({ ...site, domain: hostName });

/** Inputs of the operations that are one change of a site. */
export const ADJUSTMENT_SCHEMAS = {
  'install-app': z.strictObject({ ...site, app: name, plan: name.optional() }),
  'uninstall-app': z.strictObject({ ...site, ...SAFETY, app: name }),
  'update-config': z.strictObject({
    ...site,
    config: config.refine((keys) => Object.keys(keys).length > 0, 'name at least one key'),
  }),
  'delete-config': z.strictObject({ ...site, key: name }),
  'add-domain': domain,
  'retry-domain': domain,
  'remove-domain': domain,
  'set-host-name': domain,
  'set-redirect': domain,
  'unset-redirect': domain,
  'change-plan': z.strictObject({ ...site, plan: name }),
  'change-app-plan': z.strictObject({ ...site, app: name, plan: name }),
  'clear-cache': z.strictObject(site),
  'edit-scheduled-update': z.strictObject({
    ...site,
    update: name.optional(),
    at: isoTime.optional(),
    skipFailingPatches: z.boolean().optional(),
    skipBackups: z.boolean().optional(),
  }),
  'cancel-scheduled-update': z.strictObject({ ...site, update: name.optional() }),
} satisfies { readonly [K in AdjustmentKind]: z.ZodType<InputOf[K]> };
