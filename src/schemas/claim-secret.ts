import { z } from 'zod';
import type { ClaimSecretInput } from '../domain/hand-over.js';
import { personId } from './common.js';

/** What claims a secret; the same check for our client and a plain SDK start. */
export const ClaimSecretInputSchema = z.strictObject({
  handle: z.string().trim().min(1).max(200),
  by: personId,
  receiver: z.record(z.string(), z.unknown()),
}) satisfies z.ZodType<ClaimSecretInput>;
