import { z } from 'zod';
import { HAND_OVER_KINDS } from '../domain/hand-over.js';
import type { ProvisionSiteInput } from '../domain/inputs.js';
import { config, hostName, name, REQUEST } from './common.js';

/** Press's own rule (A 3.2); on its private paths Press itself checks it only after the build. */
const subdomain = z.string().superRefine((value, ctx) => {
  if (/^[a-z0-9][a-z0-9-]*[a-z0-9]$/.test(value) && value.length >= 5 && value.length <= 32) return;
  const better = value
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 32);
  const hint = better.length >= 5 && better !== value ? `; try "${better}"` : '';
  ctx.addIssue({
    code: 'custom',
    message: `"${value.slice(0, 40)}": only a–z, 0–9 and -, 5 to 32 characters${hint}`,
  });
});

const apps = z
  .array(name)
  .min(1)
  .max(50)
  .superRefine((list, ctx) => {
    if (list[0] !== 'frappe') {
      const rest = list.filter((app) => app !== 'frappe').join(',');
      ctx.addIssue({
        code: 'custom',
        message: `the first app must be frappe; try frappe${rest === '' ? '' : `,${rest}`}`,
      });
    }
    const twice = list.filter((app, index) => list.indexOf(app) !== index);
    if (twice.length > 0)
      ctx.addIssue({ code: 'custom', message: `listed twice: ${twice.join(', ')}` });
  });

/** What starts a provision; the same check for our client, the gateway and a plain SDK start. */
export const ProvisionSiteInputSchema = z
  .strictObject({
    ...REQUEST,
    subdomain,
    domain: hostName.optional(),
    plan: name,
    version: name,
    cluster: name.optional(),
    apps,
    group: name.optional(),
    server: name.optional(),
    config: config.optional(),
    customDomains: z.array(hostName).max(20).optional(),
    appPlans: z.record(name, name).optional(),
    handOver: z
      .array(z.enum(HAND_OVER_KINDS))
      .max(HAND_OVER_KINDS.length)
      .refine((kinds) => new Set(kinds).size === kinds.length, 'listed twice')
      .optional(),
  })
  .superRefine((input, ctx) => {
    for (const app of Object.keys(input.appPlans ?? {})) {
      if (input.apps.includes(app)) continue;
      ctx.addIssue({
        code: 'custom',
        path: ['appPlans', app],
        message: `${app} is not among the apps`,
      });
    }
  }) satisfies z.ZodType<ProvisionSiteInput>;
