import type { Json } from '../ledger/types.js';

/**
 * An input as the ledger may keep it: sealed values and values of secret config keys become `•••`
 * (D 7). What is no JSON object is kept as a short text.
 */
export function maskSecrets(input: unknown, secretKeys: readonly string[]): Json {
  if (typeof input !== 'object' || input === null) return String(input).slice(0, 200);
  const masked = { ...input } as Record<string, unknown>;
  if (typeof masked['config'] === 'object' && masked['config'] !== null) {
    masked['config'] = Object.fromEntries(
      Object.entries(masked['config']).map(([key, value]) => [
        key,
        typeof value === 'object' || secretKeys.includes(key) ? '•••' : value,
      ]),
    );
  }
  return JSON.parse(JSON.stringify(masked)) as Json;
}
