import { z } from 'zod';
import { GatewayError } from './problem.js';

/** Configured account that is read; the first one of most installations is "main". */
export const account = z.string().min(1).max(100).default('main');

/** Full name of a site. */
export const site = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,200}$/i, 'not the name of a site');

/** A whole number of things in a query. */
export const count = z.coerce.number().int().min(1);

/** Several values: `a,b`, or the parameter twice. */
export function several<T extends z.ZodType>(entry: T) {
  return z.preprocess(
    (given): readonly unknown[] => (Array.isArray(given) ? given : String(given).split(',')),
    z.array(entry).min(1),
  );
}

/**
 * Reads what came with a request.
 *
 * @throws GatewayError 400 naming every parameter that is wrong or unknown
 */
export function readQuery<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw new GatewayError(400, 'bad_request', problems.join('; '));
}
