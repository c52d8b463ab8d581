import { z } from 'zod';
import { HAND_OVER_KINDS } from '../domain/hand-over.js';
import type { ProvisionSiteInput } from '../domain/operations.js';

/** Apps, plans and versions as Press names them; bounded, because they travel through history. */
const name = z.string().trim().min(1).max(140);

/** An id, never an e-mail address: it becomes a search attribute, which is stored in clear (D 7). */
export const personId = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/, 'only letters, digits and . _ : - (an id, no e-mail)');

const hostName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/,
    'must be a domain name such as shop.example.com',
  );

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

const configValue = z.union([
  z.string().min(1, 'an empty value would be skipped by Press').max(10_000),
  z.number(),
  z.boolean(),
  z.strictObject({ sealed: z.string().min(1).max(100_000) }),
]);

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
    operationId: z
      .string()
      .regex(/^[A-Za-z0-9_-]{4,64}$/, '4 to 64 letters, digits, _ and -')
      .optional(),
    account: name,
    requestedBy: personId,
    reason: z.string().trim().max(500).optional(),
    idempotencyKey: z.string().min(1).max(255).optional(),
    dryRun: z.boolean().optional(),
    ifBusy: z.enum(['queue', 'refuse']).optional(),
    subdomain,
    domain: hostName.optional(),
    plan: name,
    version: name,
    cluster: name.optional(),
    apps,
    group: name.optional(),
    server: name.optional(),
    config: z.record(z.string().min(1).max(140), configValue).optional(),
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

/** One thing wrong with an input, and where. */
export interface InputProblem {
  /** E.g. "apps" or "config.mail_server"; empty for the input as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Every problem of an input at once, or the checked input. */
export function checkProvisionSiteInput(
  input: unknown,
):
  | { readonly ok: true; readonly input: ProvisionSiteInput }
  | { readonly ok: false; readonly problems: readonly InputProblem[] } {
  const parsed = ProvisionSiteInputSchema.safeParse(input);
  if (parsed.success) return { ok: true, input: parsed.data };
  const problems = parsed.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    message: issue.message,
  }));
  return { ok: false, problems };
}
