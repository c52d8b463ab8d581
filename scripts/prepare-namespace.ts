import { connectClient } from '../src/temporal/connection.js';
import { prepareNamespace } from '../src/temporal/namespace.js';

/** Makes the namespace that Temporal's environment names ready: `node prepare-namespace.js`. */
const { connection, namespace } = await connectClient();
try {
  await prepareNamespace(connection, namespace);
  console.log(`namespace ${namespace} is ready`);
} finally {
  await connection.close();
}
