import { createHash } from 'node:crypto';
import type { ProvisionSiteInput } from '../domain/operations.js';
import { canonicalJson } from '../ledger/json.js';

/** SHA-256, hex, of the canonical JSON of a value: equal values, equal hash. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/**
 * Hash of what an operation was asked to do: the input without its operation id (D 4.1). Of a
 * sealed value only its presence counts, because sealing the same secret again looks different.
 */
export function payloadHashOf(input: ProvisionSiteInput): string {
  const config = Object.entries(input.config ?? {}).map(([key, value]) => [
    key,
    typeof value === 'object' ? { sealed: true } : value,
  ]);
  return hashOf({ ...input, operationId: undefined, config: Object.fromEntries(config) as object });
}
