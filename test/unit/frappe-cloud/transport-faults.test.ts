import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { pressErrorOf } from './support/failing.js';
import { always, scriptedServer, transportTo } from './support/scripted-server.js';

const METHOD = 'press.api.site.new';

/** A port nobody listens on any more. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('what is known about a request that got no answer', () => {
  it('refused connection: not sent', async () => {
    const press = transportTo(`http://127.0.0.1:${await closedPort()}`);
    const error = await pressErrorOf(press.call(METHOD, {}));
    expect(error).toMatchObject({
      code: 'UNREACHABLE',
      sent: 'no',
      ended: false,
      lastByteAt: null,
    });
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('a name that does not resolve: not sent', async () => {
    const error = await pressErrorOf(transportTo('http://press.invalid').call(METHOD, {}));
    expect(error).toMatchObject({ code: 'UNREACHABLE', sent: 'no' });
  });

  it('connection closed before the answer: unknown', async () => {
    const server = await scriptedServer((response) => response.destroy());
    const error = await pressErrorOf(transportTo(server.url).call(METHOD, {}));
    expect(error).toMatchObject({ code: 'CONNECTION_LOST', sent: 'maybe', ended: false });
    expect(error.lastByteAt).not.toBeNull();
  });

  it('connection closed in the middle of the answer: unknown', async () => {
    const server = await scriptedServer((response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"message":');
      response.socket?.end();
    });
    const error = await pressErrorOf(transportTo(server.url).call(METHOD, {}));
    expect(error).toMatchObject({ code: 'CONNECTION_LOST', sent: 'maybe', ended: false });
  });

  it('our time limit, for the answer and for the rest of a slow one: unknown', async () => {
    const silent = await scriptedServer(() => undefined);
    const slow = await scriptedServer((response) => void response.writeHead(200).write('{'));
    for (const server of [silent, slow]) {
      const press = transportTo(server.url, { timeouts: { commandMs: 60 } });
      const error = await pressErrorOf(press.call(METHOD, {}, { effect: 'command' }));
      expect(error).toMatchObject({ code: 'TIMEOUT', sent: 'maybe', ended: false });
    }
  });

  it('given up by the caller after the request left: unknown', async () => {
    const giveUp = new AbortController();
    const server = await scriptedServer(() => giveUp.abort());
    const call = transportTo(server.url).call(METHOD, {}, { signal: giveUp.signal });
    expect(await pressErrorOf(call)).toMatchObject({ code: 'ABORTED', sent: 'maybe' });
  });

  it('given up before: not sent', async () => {
    const server = await scriptedServer(always(200, {}));
    const call = transportTo(server.url).call(METHOD, {}, { signal: AbortSignal.abort() });
    expect(await pressErrorOf(call)).toMatchObject({ code: 'ABORTED', sent: 'no' });
    expect(server.seen).toHaveLength(0);
  });

  it('time limit while all connections are busy: not sent, and not later either', async () => {
    const held: (() => void)[] = [];
    const server = await scriptedServer((response) => held.push(() => response.end('{}')));
    const press = transportTo(server.url);
    const busy = Array.from({ length: 8 }, () => press.call(METHOD, {}));
    await expect.poll(() => server.seen.length).toBe(8);

    const error = await pressErrorOf(press.call('press.api.late.call', {}, { timeoutMs: 50 }));
    expect(error).toMatchObject({ code: 'TIMEOUT', sent: 'no' });

    held.forEach((answer) => answer());
    await Promise.all(busy);
    const after = press.call('press.api.after.call', {});
    await expect.poll(() => held.length).toBe(9);
    held.at(-1)?.();
    await after;
    expect(server.seen.map(({ path }) => path)).not.toContain('/api/method/press.api.late.call');
  });

  it('an empty request bucket: not sent, with the time to wait', async () => {
    const server = await scriptedServer(always(200, {}));
    const press = transportTo(server.url, {
      requestsPerSecond: 0.01,
      requestBurst: 1,
      timeouts: { bucketMs: 20 },
    });
    await press.call(METHOD, {});
    const error = await pressErrorOf(press.call(METHOD, {}));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', sent: 'no', retryAfterMs: 100_000 });
    expect(server.seen).toHaveLength(1);
  });

  it('an answer beyond the limit is given up', async () => {
    const server = await scriptedServer(always(200, { message: 'x'.repeat(5000) }));
    const press = transportTo(server.url, { maxAnswerBytes: 1000 });
    const error = await pressErrorOf(press.call(METHOD, {}));
    expect(error).toMatchObject({ code: 'BAD_ANSWER', sent: 'maybe', ended: false });
  });
});
