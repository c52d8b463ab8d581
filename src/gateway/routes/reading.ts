import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Account } from '../../frappe-cloud/index.js';
import type { GatewayDeps } from '../deps.js';
import { tellTime } from '../estate/time.js';
import { account, readQuery } from '../query.js';

/**
 * A route that reads something of one account and answers it as one JSON document.
 *
 * @param given what its path and query may say, besides the account
 * @param read the signal fires when the caller has gone
 */
export function addReading<S extends z.ZodRawShape>(
  app: FastifyInstance,
  { accounts }: GatewayDeps,
  path: string,
  given: S,
  read: (account: Account, signal: AbortSignal, given: z.infer<z.ZodObject<S>>) => Promise<object>,
): void {
  const WithAccount = z.looseObject({ account });
  const Given = z.strictObject(given);
  app.get(path, async (request, reply) => {
    const { account: name, ...query } = readQuery(WithAccount, request.query);
    const values = readQuery(Given, { ...query, ...(request.params as object) });
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const found = accounts.get(name);
    const answer = await read(found, gone.signal, values);
    tellTime(reply, found);
    return answer;
  });
}
