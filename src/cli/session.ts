import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { connect, type Sitewright } from '../client.js';
import { type Config, InvalidConfig, loadConfig } from '../config.js';
import { findStack, type StackRecord } from '../stack/discovery.js';
import { refuseIfNobodyListens } from './listening.js';

/** What Temporal's clients use when nobody names an address. */
const TEMPORAL_DEFAULT_ADDRESS = '127.0.0.1:7233';

/** Where the commands act, as far as that is known without a connection. */
export interface Installation {
  readonly config: Config;
  /** The local stack, when that is what the commands act on. */
  readonly stack: StackRecord | null;
  /** Of the Temporal server, `host:port`. */
  readonly address: string;
}

/** A connection to an installation. */
export interface Session extends Installation {
  readonly client: Sitewright;
  /** Address of an operation in the Temporal UI; null when nobody told where the UI is. */
  linkTo(workflowId: string): string | null;
}

/**
 * Finds out where to act: at the server that the environment names (`TEMPORAL_*`), else at a
 * local stack that runs on the data directory, else where Temporal's own defaults point.
 *
 * @throws InvalidConfig
 */
export async function findInstallation(): Promise<Installation> {
  const config = loadConfig();
  const stack = config.temporalInEnvironment ? null : await findStack(config.dataDir);
  const address =
    stack?.temporalAddress ??
    loadClientConnectConfig().connectionOptions.address ??
    TEMPORAL_DEFAULT_ADDRESS;
  return { config, stack, address };
}

/**
 * Connects, runs the work, and lets go of the connection.
 *
 * @throws Unreachable within 3 s when nobody answers
 * @throws InvalidConfig when a server answers, but the keys of its payloads are missing here
 */
export async function withSession<T>(
  work: (session: Session) => Promise<T>,
  known?: Installation,
): Promise<T> {
  const installation = known ?? (await findInstallation());
  const client = await connectTo(installation);
  const uiUrl = installation.stack?.uiUrl;
  const { namespace } = client.temporal.options;
  try {
    return await work({
      ...installation,
      client,
      linkTo: (workflowId) =>
        uiUrl === undefined
          ? null
          : `${uiUrl}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}`,
    });
  } finally {
    await client.close();
  }
}

async function connectTo({ config, stack, address }: Installation): Promise<Sitewright> {
  await refuseIfNobodyListens(address);
  const target =
    stack === null
      ? {}
      : {
          address: stack.temporalAddress,
          namespace: stack.namespace,
          uiUrl: stack.uiUrl,
          domain: stack.domain,
        };
  const payloadKeys =
    stack === null ? config.payloadKeys : { file: path.join(config.dataDir, 'keys/payload.json') };
  // A worker may make a new key ring; here one would only encrypt what no worker can read.
  const keysAreThere = 'text' in payloadKeys || existsSync(payloadKeys.file);
  const client = await connect({
    ...target,
    ...(keysAreThere && { payloadKeys }),
  });
  if (keysAreThere) return client;
  await client.close();
  throw new InvalidConfig([
    `${'file' in payloadKeys ? payloadKeys.file : ''} does not exist: set SITEWRIGHT_PAYLOAD_KEYS_FILE or SITEWRIGHT_PAYLOAD_KEYS to the key ring of the workers`,
  ]);
}
