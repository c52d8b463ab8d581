import { createServer, type Server } from 'node:net';
import { readFile, writeFile } from 'node:fs/promises';

/** Where the embedded server listens, on the loopback interface. */
export interface ServerPorts {
  port: number;
  uiPort: number;
}

const loopback = '127.0.0.1';

/**
 * Chooses ports: those asked for, else those of the last run (so that links to the UI survive a
 * restart), else free ones.
 *
 * @throws Error when a port that was asked for is taken.
 */
export async function choosePorts(
  file: string,
  wanted: Partial<ServerPorts>,
): Promise<ServerPorts> {
  const last = await readPorts(file);
  const held: Server[] = [];
  try {
    // Both stay occupied until both are chosen, or the same one could be given out twice.
    const port = await occupy(held, wanted.port, last.port);
    const uiPort = await occupy(held, wanted.uiPort, last.uiPort);
    await writeFile(file, JSON.stringify({ port, uiPort }));
    return { port, uiPort };
  } finally {
    await Promise.all(held.map((server) => new Promise((closed) => server.close(closed))));
  }
}

async function readPorts(file: string): Promise<Partial<ServerPorts>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Partial<ServerPorts>;
  } catch {
    return {};
  }
}

async function occupy(held: Server[], wanted?: number, last?: number): Promise<number> {
  if (wanted !== undefined) {
    const got = await listen(held, wanted);
    if (got === undefined) throw new Error(`port ${wanted} on ${loopback} is taken`);
    return got;
  }
  const again = last === undefined ? undefined : await listen(held, last);
  const chosen = again ?? (await listen(held, 0));
  if (chosen === undefined) throw new Error(`no free port on ${loopback}`);
  return chosen;
}

function listen(held: Server[], port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, loopback, () => {
      held.push(server);
      resolve((server.address() as { port: number }).port);
    });
  });
}
