import type { OperationStatus } from '../domain/status.js';
import { NotFound } from '../errors.js';
import type { Session } from './session.js';

/** More operations of one site than a person will ever scroll through. */
const MANY = 1_000;

/** How commands name an operation: `<site|operation> [--operation ID]`. */
export interface OperationOptions {
  readonly operation?: string;
}

type Known = Pick<Session, 'client' | 'stack'>;

/** Whether an operation waits for what it is to be told. */
export type Takes = (status: OperationStatus) => boolean;

/**
 * The name to hand to the client. Of several open operations of a site it is the only one that `takes`
 * what it is to be told; else the client says that they are several. With `--operation` it is checked
 * that the operation is one of the site named with it, so that a line pasted half-way decides nothing
 * about another site.
 *
 * @throws NotFound
 */
export async function locate(
  known: Known,
  name: string,
  { operation }: OperationOptions,
  takes?: Takes,
): Promise<string> {
  if (operation === name) return name;
  const site = await fullName(known, name);
  if (operation === undefined) {
    return (takes && (await onlyOneThat(takes, known.client, site))) ?? site;
  }
  const operations = await known.client.list({ site, limit: MANY });
  if (operations.some(({ operationId }) => operationId === operation)) return operation;
  throw new NotFound(`${site} has no operation ${operation}`);
}

/** Null when there is no choice to make, or none that is clear. */
async function onlyOneThat(
  takes: Takes,
  client: Known['client'],
  site: string,
): Promise<string | null> {
  const open = await client.list({ site, open: true, limit: MANY });
  if (open.length < 2) return null;
  const asked = open.map(async ({ operationId, workflowId }) => {
    // What does not answer may be the one that is meant.
    const isOne = await client.status(workflowId).then(takes, () => true);
    return isOne ? [operationId] : [];
  });
  const [one, ...others] = (await Promise.all(asked)).flat();
  return one === undefined || others.length > 0 ? null : one;
}

/** At a local stack the domain may be left out: `acme-shop` is `acme-shop.<its domain>`. */
async function fullName({ client, stack }: Known, name: string): Promise<string> {
  if (stack === null || /[.:]/.test(name)) return name;
  const site = `${name}.${stack.domain}`;
  return (await client.list({ site, limit: 1 })).length > 0 ? site : name;
}
