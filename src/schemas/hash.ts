import { createHash } from 'node:crypto';
import type { OperationKind } from '../domain/operations.js';
import { canonicalJson } from '../ledger/json.js';

/** SHA-256, hex, of the canonical JSON of a value: equal values, equal hash. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/**
 * Hash of what an operation was asked to do: its kind, and its input without the operation id
 * (D 4.1). Of a
 * sealed value only its presence counts, because sealing the same secret again looks different.
 */
export function payloadHashOf(kind: OperationKind, input: object): string {
  return hashOf({ kind, ...(withoutCiphertext(input) as object), operationId: undefined });
}

/** The same value, every sealed part of it reduced to "something is sealed here". */
function withoutCiphertext(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutCiphertext);
  if (typeof value !== 'object' || value === null) return value;
  if ('sealed' in value) return { sealed: true };
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withoutCiphertext(member)]),
  );
}
