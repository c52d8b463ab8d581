import { connect } from 'node:net';
import { Unreachable } from '../errors.js';

const HINT = 'Start the local stack with `npm start`, or point TEMPORAL_ADDRESS to yours.';
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\]):(\d+)$/;

/**
 * On this machine it is certain at once that nobody listens; gRPC would go on trying for seconds.
 * Elsewhere proxies may stand between, so nothing is concluded.
 *
 * @throws Unreachable
 */
export async function refuseIfNobodyListens(address: string): Promise<void> {
  const [, host = '', port] = LOOPBACK.exec(address) ?? [];
  if (host === '') return;
  const refused = await new Promise<boolean>((resolve) => {
    const socket = connect({ host: host.replace(/[[\]]/g, ''), port: Number(port) });
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
  });
  if (refused) throw new Unreachable('Temporal', `${address} (connection refused)`, HINT);
}
