import { describe, expect, it } from 'vitest';
import { readableOutput } from '../../../src/frappe-cloud/index.js';
import { shownConfig } from '../../../src/gateway/estate/config.js';

describe('what is shown', () => {
  const value = (text: string, type: 'String' | 'JSON' = 'String') =>
    shownConfig([{ key: 'any', type, value: text }], [])[0]?.value;

  it.each([
    ['{"access_key_id":"a","secret_access_key":"hush"}', 'JSON'],
    ['[{"password":"hush"}]', 'String'],
    ['{"nested":{"api_token":"hush"}}', 'JSON'],
    ['redis://cache:hush@10.0.0.1:6379', 'String'],
    ['https://files.example/x?X-Amz-Signature=hush', 'String'],
  ] as const)('of the value %s holds no secret', (text, type) => {
    expect(value(text, type)).not.toContain('hush');
  });

  it('of a key that policy calls secret is nothing', () => {
    const row = { key: 'webhook_salt', type: 'String', value: 'hush' } as const;
    expect(shownConfig([row], ['webhook_salt'])).toEqual([{ ...row, value: '*******' }]);
  });

  it('of a plain value is the value, cut where it is long', () => {
    expect(value('smtp.example.com')).toBe('smtp.example.com');
    expect(value('{"limit":7200}', 'JSON')).toBe('{"limit":7200}');
    expect(value('x'.repeat(10_000))).toHaveLength(500);
  });

  it.each([
    'bench new-site --admin-password hush --mariadb-root-password=hush x',
    "bench --db-password 'hush' --api-key hush",
    'git clone https://x-access-token:hush@github.com/acme/app',
    'mysql://root:hush@localhost',
    '{"encryption_key": "hush"}',
    'Authorization: token hush:hush',
  ])('of the output %s holds no secret', (text) => {
    expect(readableOutput(text)).not.toContain('hush');
  });

  it('of an output is its end, as long as is asked for', () => {
    expect(readableOutput(`${'a'.repeat(9_000)}end`, 8_000)).toHaveLength(8_000);
    expect(readableOutput(`${'a'.repeat(9_000)}end`, 8_000)).toMatch(/^….*end$/);
    expect(readableOutput('bench --skip-failing-patches --key-file')).toBe(
      'bench --skip-failing-patches --key-file',
    );
  });
});
