import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { checkContract, type ContractCheck } from '../../frappe-cloud/index.js';
import { type ContractLine, countVerdicts } from '../../schemas/estate/contract.js';
import type { GatewayDeps } from '../deps.js';
import { tellTime } from '../estate/time.js';
import { account, readQuery } from '../query.js';
import { lineOf, sendStream } from './stream.js';

const QuerySchema = z.strictObject({ account });

/**
 * `GET /v1/contract`: every read of the contract, a line as soon as each has answered. Together they
 * may take longer than a connection may be idle.
 */
export function contractRoute(app: FastifyInstance, { accounts, log }: GatewayDeps): void {
  app.get('/v1/contract', async (request, reply) => {
    const { account: name } = readQuery(QuerySchema, request.query);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const found = accounts.get(name);
    // Before the first line, so that an account that cannot be read is an error with its status.
    const check = await checkContract(found, { signal: gone.signal });
    tellTime(reply, found);
    return sendStream(reply, encode(name, check), { of: name, log, gone: gone.signal });
  });
}

async function* encode(
  name: string,
  { reads, findings }: ContractCheck,
): AsyncGenerator<string, void, undefined> {
  yield line({ begin: { account: name, reads } });
  const verdicts = countVerdicts();
  for await (const finding of findings) {
    verdicts[finding.verdict] += 1;
    yield line({ finding });
  }
  yield line({ end: { reads, verdicts } });
}

const line = (content: ContractLine): string => lineOf(content);
