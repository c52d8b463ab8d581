import { createHash, randomBytes } from 'node:crypto';

/** Hex digits of an operation id: 64 bits, enough for billions of operations. */
const LENGTH = 16;

/**
 * Id of an operation: the same for the same caller and key, for ever; random without a key
 * (D 4.1).
 */
export function mintOperationId(requestedBy: string, idempotencyKey: string | undefined): string {
  if (idempotencyKey === undefined) return randomBytes(LENGTH / 2).toString('hex');
  const named = JSON.stringify([requestedBy, idempotencyKey]);
  return createHash('sha256').update(named).digest('hex').slice(0, LENGTH);
}
