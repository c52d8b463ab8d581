import { hostname } from 'node:os';
import { connectClient } from '../src/temporal/connection.js';
import { queuesNotPolled } from '../src/temporal/worker-health.js';

/** Health check of the worker container: fails unless this host polls every queue. */
const { client, connection } = await connectClient();
const idle = await queuesNotPolled(client, hostname());
await connection.close();
if (idle.length > 0) {
  console.error(`this host does not poll ${idle.join(', ')}`);
  process.exitCode = 1;
}
