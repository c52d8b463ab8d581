import { once } from 'node:events';
import { loadConfig } from '../config.js';
import { createLogger } from '../services.js';
import { openGateway } from './open.js';

/** The gateway as a process of its own; `npm start` runs it inside the local stack. */
async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLogger(config.logLevel);
  const asked = new AbortController();
  const stop = () => asked.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const gateway = await openGateway(config, log);
  log.info({ url: gateway.url }, 'gateway ready');
  if (!asked.signal.aborted) await once(asked.signal, 'abort');
  await gateway.close();
}

main().catch((error: unknown) => {
  createLogger('info').error({ err: error }, 'the gateway cannot run');
  process.exitCode = 1;
});
