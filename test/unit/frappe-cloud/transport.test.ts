import { describe, expect, it, vi } from 'vitest';
import { createTransport } from '../../../src/frappe-cloud/transport.js';
import { always, CREDENTIALS, scriptedServer, transportTo } from './support/scripted-server.js';

describe('a call to Press', () => {
  it('is a POST of JSON with key pair and team, and never carries cookies back', async () => {
    const server = await scriptedServer(
      always(200, { message: 'pong' }, { 'set-cookie': 'sid=Guest; Path=/' }),
    );
    const press = transportTo(server.url);

    await press.call('press.api.site.get_domain', { a: 1 });
    await press.call('press.api.site.get_domain', {});

    expect(server.seen.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      { method: 'POST', path: '/api/method/press.api.site.get_domain', body: '{"a":1}' },
      { method: 'POST', path: '/api/method/press.api.site.get_domain', body: '{}' },
    ]);
    for (const { headers } of server.seen) {
      expect(headers).toMatchObject({
        authorization: `token ${CREDENTIALS.apiKey}:${CREDENTIALS.apiSecret}`,
        'x-press-team': 'team-one',
        accept: 'application/json',
        'content-type': 'application/json',
      });
      expect(headers.cookie).toBeUndefined();
    }
  });

  it('answers value, documents, messages without HTML, and both clocks', async () => {
    const server = await scriptedServer(
      always(
        200,
        {
          message: false,
          docs: [{ name: 'acme' }],
          _server_messages: JSON.stringify([
            JSON.stringify({ message: '<b>Done</b> &amp; dusted' }),
          ]),
        },
        { date: 'Fri, 20 Nov 2026 12:00:00 GMT' },
      ),
    );
    const onServerTime = vi.fn();
    const before = Date.now();

    const answer = await transportTo(server.url, { onServerTime }).call('press.api.x.y', {});

    expect(answer).toMatchObject({
      message: false,
      docs: [{ name: 'acme' }],
      serverMessages: ['Done & dusted'],
      serverTime: Date.UTC(2026, 10, 20, 12),
    });
    expect(answer.lastByteAt).toBeGreaterThanOrEqual(before);
    expect(onServerTime).toHaveBeenCalledWith(answer.serverTime);
  });

  it('tells None (no message at all) from a falsy value', async () => {
    const server = await scriptedServer(always(200, {}));
    const answer = await transportTo(server.url).call('press.api.x.y', {});
    expect(answer).toMatchObject({ message: undefined, docs: [], serverMessages: [] });
  });

  it('never retries', async () => {
    const server = await scriptedServer(always(503, { exc_type: 'SessionStopped' }));
    await expect(transportTo(server.url).call('press.api.x.y', {})).rejects.toThrow();
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    'site',
    '../../x.y',
    'press.api/../x',
    'press..api',
    'press.api.x?y=1',
    'http://a.b/c.d',
  ])('refuses "%s" as a method', async (method) => {
    const server = await scriptedServer(always(200, {}));
    await expect(transportTo(server.url).call(method, {})).rejects.toThrow(TypeError);
    expect(server.seen).toHaveLength(0);
  });

  it.each([
    'https://frappecloud.com/api',
    'https://a:b@frappecloud.com',
    'ftp://x',
    'https://x/?q',
  ])('refuses %s as an origin', (url) => {
    expect(() => createTransport({ url, team: 't', ...CREDENTIALS })).toThrow(TypeError);
  });
});
