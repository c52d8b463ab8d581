import { createHash } from 'node:crypto';
import { canonicalJson } from '../ledger/json.js';

/** SHA-256, hex, of the canonical JSON of a value: equal values, equal hash. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** Hash of what an operation was asked to do: the input without its operation id (D 4.1). */
export function payloadHashOf(input: object): string {
  return hashOf({ ...input, operationId: undefined });
}
