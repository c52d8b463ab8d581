import { NotFound } from '../errors.js';
import type { Session } from './session.js';

/** More operations of one site than a person will ever scroll through. */
const MANY = 1_000;

/** How commands name an operation: `<site|operation> [--operation ID]`. */
export interface OperationOptions {
  readonly operation?: string;
}

type Known = Pick<Session, 'client' | 'stack'>;

/**
 * The name to hand to the client. With `--operation` it is checked that the operation is one of
 * the site named with it, so that a line pasted half-way decides nothing about another site.
 *
 * @throws NotFound
 */
export async function locate(
  known: Known,
  name: string,
  { operation }: OperationOptions,
): Promise<string> {
  if (operation === name) return name;
  const site = await fullName(known, name);
  if (operation === undefined) return site;
  const operations = await known.client.list({ site, limit: MANY });
  if (operations.some(({ operationId }) => operationId === operation)) return operation;
  throw new NotFound(`${site} has no operation ${operation}`);
}

/** At a local stack the domain may be left out: `acme-shop` is `acme-shop.<its domain>`. */
async function fullName({ client, stack }: Known, name: string): Promise<string> {
  if (stack === null || /[.:]/.test(name)) return name;
  const site = `${name}.${stack.domain}`;
  return (await client.list({ site, limit: 1 })).length > 0 ? site : name;
}
