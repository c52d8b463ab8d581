import { readableOutput } from '../../../src/frappe-cloud/endpoints/output.js';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createAccounts } from '../../../src/frappe-cloud/accounts.js';
import type { PressError } from '../../../src/frappe-cloud/errors.js';
import { secretsIn } from '../../../src/frappe-cloud/redact.js';
import { pressErrorOf } from './support/failing.js';
import { always, CREDENTIALS, scriptedServer, transportTo } from './support/scripted-server.js';

/** Every way in which an error is commonly written down. */
function writtenDown(error: PressError): string {
  return [
    error.message,
    error.stack,
    String(error),
    String(error.cause),
    JSON.stringify(error),
    inspect(error, { depth: 10, showHidden: true }),
  ].join('\n');
}

const BODY = {
  config: [
    { key: 'mail_server', value: 'smtp.visible.example', type: 'String' },
    { key: 'license', value: 'row-secret-value', type: 'Password' },
    { key: 'stripe_key', value: 'key-like-"quoted"-value', type: 'String' },
  ],
  args: { admin_password: 'pa<b>ss & word', nested: { api_token: ['list-token-value'] } },
};
const SECRETS = [
  CREDENTIALS.apiKey,
  CREDENTIALS.apiSecret,
  'row-secret-value',
  'key-like-',
  'ss & word',
  'list-token-value',
  'abcdef0123456789',
];

describe('secrets', () => {
  it('are not in an error even when the server repeats all of them', async () => {
    const server = await scriptedServer((response, request) => {
      const echo = `refused ${request.headers.authorization} ${request.body} sid=abcdef0123456789`;
      const entry = JSON.stringify({ message: `<p>${echo}</p> pa<b>ss & word` });
      const body = {
        exc_type: 'Refused',
        exception: echo,
        _server_messages: JSON.stringify([entry]),
      };
      response.writeHead(417).end(JSON.stringify(body));
    });
    const error = await pressErrorOf(transportTo(server.url).call('press.api.x.y', BODY));

    expect(error.message).toContain('refused');
    expect(error.message).toContain('smtp.visible.example');
    for (const secret of SECRETS) expect(writtenDown(error)).not.toContain(secret);
  });

  it.each([
    ['HTML', always(502, `<html>${CREDENTIALS.apiSecret}</html>`)],
    ['broken JSON', always(200, `{"message":"${CREDENTIALS.apiSecret}`)],
    ['a redirect', always(302, '', { location: `http://x.example/?${CREDENTIALS.apiSecret}` })],
  ])('are not in an error about %s', async (_name, script) => {
    const server = await scriptedServer(script);
    const error = await pressErrorOf(transportTo(server.url).call('press.api.x.y', BODY));
    for (const secret of SECRETS) expect(writtenDown(error)).not.toContain(secret);
  });

  it('are not in an account', () => {
    const accounts = createAccounts([
      { name: 'main', url: 'http://127.0.0.1', team: 't', ...CREDENTIALS, siteProbe: null },
    ]);
    const shown = inspect(accounts.get('main'), { depth: 20, showHidden: true });
    expect(shown).not.toContain(CREDENTIALS.apiSecret);
  });

  it('are found by name at any depth; the name of a config key is none', () => {
    expect(secretsIn(BODY)).toEqual([
      'row-secret-value',
      'key-like-"quoted"-value',
      'pa<b>ss & word',
      'list-token-value',
    ]);
  });
});

describe('what a job printed', () => {
  it.each([
    [
      'a presigned link',
      '403 for url: https://s3.example/b/k?X-Amz-Signature=abc123def&X-Amz-Date=1',
    ],
    ['an older one', 'GET https://s3.example/k?AWSAccessKeyId=abc123def&Signature=abc123def%3D'],
    ['a configuration', '{"encryption_key": "abc123def", "db_password":"abc123def"}'],
    ['a command', 'bench new-site --admin_password=abc123def'],
  ])('is shown without the secret of %s', (_, printed) => {
    const shown = readableOutput(printed);
    expect(shown).not.toContain('abc123def');
    expect(shown).toContain('•••');
  });
});
