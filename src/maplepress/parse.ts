import type { z } from 'zod';
import { MaplePressError } from './errors.js';

const MOST_PLACES = 5;

/**
 * Checks the shape of an answer. The error names the places that are wrong and never what stood
 * there: it may have been a key.
 *
 * @throws MaplePressError `BAD_ANSWER`, `sent: 'yes'`: a command has taken effect
 */
export function parse<S extends z.ZodType>(
  endpoint: string,
  schema: S,
  body: unknown,
): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.slice(0, MOST_PLACES).map(({ path }) => path.join('.'));
  throw new MaplePressError({
    code: 'BAD_ANSWER',
    message: `the answer has not the shape we know: ${places.join(', ') || 'as a whole'}`,
    endpoint,
    sent: 'yes',
    ended: true,
    lastByteAt: Date.now(),
  });
}
