import type { Json } from '../ledger/types.js';

const MASK = '•••';

/**
 * An input as the ledger may keep it: sealed values, wherever they are, and values of secret config
 * keys become `•••` (D 7). What is no JSON object is kept as a short text.
 */
export function maskSecrets(input: unknown, secretKeys: readonly string[]): Json {
  if (typeof input !== 'object' || input === null) return String(input).slice(0, 200);
  const masked = withoutSealed(input) as Record<string, unknown>;
  const { config } = masked;
  if (typeof config === 'object' && config !== null) {
    masked['config'] = Object.fromEntries(
      Object.entries(config).map(([key, value]) => [key, secretKeys.includes(key) ? MASK : value]),
    );
  }
  return JSON.parse(JSON.stringify(masked)) as Json;
}

function withoutSealed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSealed);
  if (typeof value !== 'object' || value === null) return value;
  if ('sealed' in value) return MASK;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withoutSealed(member)]),
  );
}
