import { z } from 'zod';
import { PressError, PressErrorCode } from '../errors.js';
import type { PressAnswer } from '../answer.js';
import type { CallOptions, Transport } from '../transport.js';

/** A Check field: 0 or 1 in documents, true or false where code made the answer (A 1.5). */
export const flag = z
  .union([z.literal(0), z.literal(1), z.boolean()])
  .transform((value) => value === 1 || value === true);

/** A naive datetime; in the server's zone unless said otherwise (A 1.5). Read it with PressClock. */
export const naiveDatetime = z.string().regex(/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?$/);

/**
 * Checks a value of an answer.
 *
 * @throws PressError `BAD_ANSWER` naming the fields, never their values
 */
export function checkShape<T>(schema: z.ZodType<T>, value: unknown, endpoint: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map(
    (issue) => `${issue.path.join('.') || '(top)'} ${issue.code}`,
  );
  throw new PressError({
    code: PressErrorCode.BAD_ANSWER,
    message: `unexpected shape of the answer: ${[...new Set(fields)].slice(0, 5).join(', ')}`,
    endpoint,
    status: 200,
    sent: 'yes',
    ended: true,
    lastByteAt: Date.now(),
  });
}

/** Calls a method that changes nothing and checks its value. @throws PressError */
export async function ask<T>(
  press: Transport,
  method: string,
  params: object,
  schema: z.ZodType<T>,
  options?: CallOptions,
): Promise<T> {
  const { message } = await press.call(method, params, { ...options, effect: 'read' });
  return checkShape(schema, message, method);
}

/** Calls a method that changes something. @throws PressError */
export function tell(
  press: Transport,
  method: string,
  params: object,
  options?: CallOptions,
): Promise<PressAnswer> {
  return press.call(method, params, { ...options, effect: 'command' });
}
