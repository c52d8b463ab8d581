import { type Config, InvalidConfig } from '../../config.js';
import { Unreachable } from '../../errors.js';
import { createEstate } from '../estate/client.js';
import { findGateway, type FoundGateway } from '../estate/connection.js';
import { GatewayAnswer, GatewayUnknown } from '../estate/errors.js';
import type { Finding } from './finding.js';

/** It answers what it knows by itself, without Press: at once, or there is something wrong. */
const PATIENCE_MS = 5_000;
const START_ONE = 'start it: node dist/src/gateway/main.js (or the whole local stack: npm start)';

/** Whether the gateway is there, and takes the token that is set here. */
export async function examineGateway(config: Config): Promise<readonly Finding[]> {
  let gateway: FoundGateway;
  try {
    gateway = await findGateway(config);
  } catch (error) {
    // Whoever only starts and decides operations needs none.
    if (error instanceof GatewayUnknown) {
      return [{ what: 'gateway', result: 'warn', message: error.message, hint: error.hint }];
    }
    if (!(error instanceof InvalidConfig)) throw error;
    return [{ what: 'gateway', result: 'bad', message: error.problems.join('; ') }];
  }
  const { url, token } = gateway;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const { accounts } = await createEstate({ url, token, signal }).accounts();
    const names = accounts.map(({ name }) => name).join(', ');
    return [{ what: 'gateway', result: 'ok', message: `gateway at ${url}, accounts ${names}` }];
  } catch (error) {
    return [{ what: 'gateway', result: 'bad', ...problemOf(error, config, url) }];
  }
}

function problemOf(
  error: unknown,
  { gateway: { token } }: Config,
  url: string,
): Pick<Finding, 'message' | 'hint'> {
  if (error instanceof Unreachable) {
    return { message: `no gateway answers at ${url}`, hint: START_ONE };
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    const message = `the gateway at ${url} does not answer within ${PATIENCE_MS / 1_000} s`;
    return { message, hint: 'look at its log, and start it again' };
  }
  if (!(error instanceof GatewayAnswer)) throw error;
  if (error.name !== 'GatewayUnauthorized') {
    const hint = error.hint === null ? {} : { hint: error.hint };
    return { message: `the gateway at ${url}: ${error.message}`, ...hint };
  }
  const ours = 'text' in token ? 'SITEWRIGHT_GATEWAY_TOKEN' : token.file;
  return {
    message: `the gateway at ${url} does not take the token in ${ours}`,
    hint: 'set SITEWRIGHT_GATEWAY_TOKEN or SITEWRIGHT_GATEWAY_TOKEN_FILE to the one it was started with',
  };
}
