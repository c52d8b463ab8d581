import { z } from 'zod';
import { BACKUP_CONTENTS } from '../domain/backups.js';
import type { InputOf } from '../domain/inputs.js';
import { hostName, name, SAFETY, SITE_REQUEST, WHEN } from './common.js';

const site = SITE_REQUEST;

/** Inputs of operations on a site that are neither one change of it nor about its code. */
export const SITE_ACT_SCHEMAS = {
  backup: z
    .strictObject({
      ...site,
      what: z.enum(BACKUP_CONTENTS).optional(),
      keep: z.enum(['vault', 'press']).optional(),
    })
    .refine(({ what = 'with files', keep }) => keep !== 'vault' || what === 'with files', {
      path: ['keep'],
      message: 'only a backup with files goes into the vault',
    }),
  'login-link': z.strictObject(site),
  move: z
    .strictObject({
      ...site,
      ...SAFETY,
      ...WHEN,
      group: name.optional(),
      server: hostName.optional(),
      cluster: name.optional(),
      skipFailingPatches: z.boolean().optional(),
    })
    .refine(
      ({ group, server, cluster }) =>
        (cluster === undefined) !== (group === undefined && server === undefined),
      {
        path: ['group'],
        message:
          'say where to: a bench group, a server or both; or else a region (cluster; --region at the command line). A dry run to any lists what is offered',
      },
    ),
  transfer: z.strictObject({
    ...site,
    to: z
      .email({ message: 'must be the login of the owner of a team, an e-mail address' })
      .max(140),
    patienceDays: z.number().positive().max(90).optional(),
  }),
} satisfies {
  readonly [K in 'backup' | 'login-link' | 'move' | 'transfer']: z.ZodType<InputOf[K]>;
};
