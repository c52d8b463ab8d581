import { readFile } from 'node:fs/promises';
import { type Config, InvalidConfig, loadConfig } from '../../config.js';
import { findStack, type StackRecord } from '../../stack/discovery.js';
import { ExitCode } from '../exit-codes.js';
import { untilInterrupted } from '../interrupt.js';
import { createEstate, type Estate } from './client.js';
import { GatewayUnknown } from './errors.js';

/** A gateway that was found. */
export interface Connected {
  readonly estate: Estate;
  /** The full name of a site; at a local stack its domain may be left out. */
  readonly nameOf: (site: string) => string;
}

/** Where a gateway is, and what it wants to see. */
export interface FoundGateway {
  /** Its origin. */
  readonly url: string;
  readonly token: string;
  /** The local stack that it belongs to; null when the environment names the gateway. */
  readonly stack: StackRecord | null;
}

/**
 * Finds the gateway: the one that the environment names (`SITEWRIGHT_GATEWAY_URL`), else that of a
 * local stack on the data directory.
 *
 * @throws GatewayUnknown
 * @throws InvalidConfig when the token cannot be read
 */
export async function findGateway(config: Config): Promise<FoundGateway> {
  const stack = await stackOf(config);
  const url = config.gateway.url?.replace(/\/$/, '') ?? stack?.gatewayUrl;
  if (url === undefined) throw new GatewayUnknown();
  return { url, token: await tokenOf(config), stack };
}

/**
 * Finds the gateway and reads from it. Ctrl-C ends the reading without a word.
 *
 * @throws GatewayUnknown
 * @throws InvalidConfig when the token cannot be read
 */
export async function withEstate(
  work: (connected: Connected) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { url, token, stack } = await findGateway(loadConfig());
  return untilInterrupted(async (signal) => {
    try {
      return await work({
        estate: createEstate({ url, token, signal }),
        nameOf: (site) => (stack === null || site.includes('.') ? site : `${site}.${stack.domain}`),
      });
    } catch (error) {
      if (signal.aborted) return ExitCode.interrupted;
      throw error;
    }
  });
}

/** Whoever names a server means that installation, and not what happens to run here. */
async function stackOf({
  gateway,
  temporalInEnvironment,
  dataDir,
}: Config): Promise<StackRecord | null> {
  return gateway.url !== undefined || temporalInEnvironment ? null : findStack(dataDir);
}

async function tokenOf({ gateway: { token } }: Config): Promise<string> {
  if ('text' in token) return token.text;
  try {
    return (await readFile(token.file, 'utf8')).trim();
  } catch {
    throw new InvalidConfig([
      `the gateway's token in ${token.file} cannot be read: set SITEWRIGHT_GATEWAY_TOKEN or SITEWRIGHT_GATEWAY_TOKEN_FILE`,
    ]);
  }
}
