import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { getList } from './generic.js';

const NameSchema = z.object({ name: z.string() });

/**
 * Names of own Active sites from A to Z, beginning after one: the next page hangs on the last name of
 * the one before. Read (A 2.3).
 *
 * @throws PressError
 */
export async function activeSiteNames(
  press: Transport,
  args: { readonly after: string; readonly limit: number },
  options?: CallOptions,
): Promise<readonly string[]> {
  const query = {
    doctype: 'Site',
    fields: Object.keys(NameSchema.shape),
    filters: { status: ['in', ['Active']], ...(args.after !== '' && { name: ['>', args.after] }) },
    order_by: 'name asc',
    limit: args.limit,
  };
  return (await getList(press, query, NameSchema, options)).map(({ name }) => name);
}
