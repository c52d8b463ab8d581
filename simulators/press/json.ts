import type { Json } from './types.js';

/** A parameter as text; null and absent are empty. */
export function text(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export { isObject } from '../shared/json.js';

/** Frappe's `cint` for flags. */
export const truthy = (value: Json | undefined): boolean =>
  value === true || value === 1 || value === '1' || value === 'true';
