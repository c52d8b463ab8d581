import { z } from 'zod';

/** Apps, plans and versions as Press names them; bounded, because they travel through history. */
export const name = z.string().trim().min(1).max(140);

/** An id, never an e-mail address: it becomes a search attribute, which is stored in clear (D 7). */
export const personId = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/, 'only letters, digits and . _ : - (an id, no e-mail)');

/** The name of a host, in small letters. */
export const hostName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/,
    'must be a domain name such as shop.example.com',
  );

const configValue = z.union([
  z.string().min(1, 'an empty value would be skipped by Press').max(10_000),
  z.number(),
  z.boolean(),
  z.strictObject({ sealed: z.string().min(1).max(100_000) }),
]);

/** Keys of a site's configuration; secrets are sealed. */
export const config = z.record(z.string().min(1).max(140), configValue);

/** What every operation is started with. */
export const REQUEST = {
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
};

/** An operation on a site that exists. */
export const SITE_REQUEST = { ...REQUEST, site: hostName };

/** Asks to do without a safety copy. */
export const SAFETY = { safetyCopy: z.literal('skip').optional() };

const BEGINNING = '"window" (the next maintenance window) or an ISO time with its offset';

/** When to begin. */
export const WHEN = {
  at: z
    .union([z.literal('window'), z.iso.datetime({ offset: true, error: BEGINNING })], BEGINNING)
    .optional(),
};

/** One thing wrong with an input, and where. */
export interface InputProblem {
  /** E.g. "apps" or "config.mail_server"; empty for the input as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Every problem of an input at once, or the checked input. */
export type Checked<Input> =
  | { readonly ok: true; readonly input: Input }
  | { readonly ok: false; readonly problems: readonly InputProblem[] };

/** Checks an input of any shape. */
export function check<Input>(schema: z.ZodType<Input>, input: unknown): Checked<Input> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return { ok: true, input: parsed.data };
  const problems = parsed.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    message: issue.message,
  }));
  return { ok: false, problems };
}
