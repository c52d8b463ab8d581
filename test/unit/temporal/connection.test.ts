import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectClient } from '../../../src/temporal/connection.js';
import { connectWorker } from '../../../src/temporal/worker-connection.js';

const sockets: Socket[] = [];
const servers: Server[] = [];

/** Takes connections and never says a word. */
async function silentServer(): Promise<string> {
  const server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closedPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return `127.0.0.1:${port}`;
}

let unusedAddress: string;
beforeAll(async () => {
  unusedAddress = await closedPort();
  vi.stubEnv('TEMPORAL_ADDRESS', unusedAddress);
});
afterAll(() => {
  vi.unstubAllEnvs();
  sockets.forEach((socket) => socket.destroy());
  servers.forEach((server) => server.close());
});

describe.concurrent.each([
  ['a client', connectClient],
  ['a worker', connectWorker],
])('connecting %s', (_, connect) => {
  it.each([
    ['nobody listens', closedPort],
    ['nobody answers', silentServer],
  ])('fails within 3 s, naming the address and the way out, when %s', async (_case, make) => {
    const address = await make();
    const started = Date.now();
    await expect(connect({ address })).rejects.toMatchObject({
      name: 'TemporalUnreachable',
      address,
      message: expect.stringContaining(address) as string,
      hint: expect.stringContaining('npm start') as string,
    });
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it('takes the address from Temporal’s environment when none is given', async () => {
    await expect(connect()).rejects.toMatchObject({ address: unusedAddress });
  });
});
