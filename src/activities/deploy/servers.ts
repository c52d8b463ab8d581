import type { Bench } from '../../frappe-cloud/index.js';

/**
 * The short name of a bench's server: `f1-mumbai` of `bench-0004-000002-f1-mumbai` (A 3.9b). One that
 * Press has put up anew bears a number behind it, which only the known servers can tell from a name.
 */
export function serverOf({ name }: Pick<Bench, 'name'>, known: readonly string[]): string {
  const rest = name.replace(/^bench-\d+-\d+-/, '');
  if (known.includes(rest)) return rest;
  return known.find((server) => /^-\d+$/.test(afterPrefix(rest, server))) ?? rest;
}

const afterPrefix = (text: string, prefix: string): string =>
  text.startsWith(prefix) ? text.slice(prefix.length) : '';

/** `f1-mumbai` of `f1-mumbai.frappe.cloud`. */
export const shortName = (server: string): string => server.split('.')[0] ?? server;
