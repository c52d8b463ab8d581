import { describe, expect, it, vi } from 'vitest';
import { doRow } from '../../../../src/cli/batch/one-row.js';
import type { ReadyRow } from '../../../../src/cli/batch/row-input.js';
import type { Sitewright } from '../../../../src/client.js';
import { IdempotencyConflict, Unreachable } from '../../../../src/errors.js';
import { statusWith } from '../fixture.js';
import { ready } from './fixture.js';

const handle = {
  operationId: '0f3a',
  workflowId: 'provision:acme-shop.example.com:0f3a',
  site: 'acme-shop.example.com',
  started: true,
  link: null,
};

function clientWith(change: Partial<Sitewright>): Sitewright {
  return { provision: async () => handle, ...change } as unknown as Sitewright;
}

const conflict = clientWith({
  seal: async (secret) => ({ sealed: `sealed ${secret.length}` }),
  provision: () => Promise.reject(new IdempotencyConflict('0f3a')),
});

const only = (row: ReadyRow, client: Sitewright) => doRow(client, row, null);

describe('a row', () => {
  it('is started, its secrets sealed', async () => {
    const provision = vi.fn<Sitewright['provision']>(async () => handle);
    const client = clientWith({
      provision,
      seal: async (secret) => ({ sealed: `sealed ${secret.length}` }),
    });
    const end = await only(ready({ 'secret.pin': '007', 'config.port': 25 }), client);
    expect(end).toMatchObject({ line: 2, operation: handle, code: 0 });
    const [[input] = []] = provision.mock.calls;
    expect(input?.config).toEqual({ port: 25, pin: { sealed: 'sealed 3' } });
  });

  it('is followed to its end where that is wanted', async () => {
    const status = statusWith({ state: 'refused' });
    const result = {
      ...({ operationId: '0f3a', kind: 'provision', site: 'acme-shop.example.com' } as const),
      ...({ outcome: 'refused', reason: 'no such plan', exceptions: [], details: {} } as const),
    };
    const client = clientWith({
      wait: async (_, onProgress) => {
        onProgress?.(status);
        return result;
      },
    });
    const show = vi.fn();
    const end = await doRow(client, ready(), { show, quiet: () => undefined });
    expect(end).toMatchObject({ state: 'refused', reason: 'no such plan', code: 11 });
    expect(show).toHaveBeenCalledWith(status);
  });

  it('that cannot be started says so, and throws nothing', async () => {
    const away = new Unreachable('Temporal', 'host:1', 'start it');
    const end = await only(ready(), clientWith({ provision: () => Promise.reject(away) }));
    expect(end).toMatchObject({ error: { name: 'Unreachable', hint: 'start it' }, code: 69 });
    expect(end).not.toHaveProperty('operation');

    const bad = {
      ...{ line: 3, subdomain: '' },
      problems: [
        { line: 3, column: 'plan', message: 'missing' },
        { line: 3, message: 'odd' },
      ],
    };
    expect(await doRow(clientWith({}), bad, null)).toEqual({
      ...{ line: 3, subdomain: '', code: 64 },
      error: { name: 'InvalidInput', message: 'plan: missing; odd' },
    });
  });

  it('is a conflict when it was started with other options, or its own key was', async () => {
    expect(await only(ready(), conflict)).toMatchObject({
      error: { message: 'started before with other options, as operation 0f3a' },
      code: 75,
    });
    const own = await only(ready({ key: 'order-4711', 'secret.pin': '007' }), conflict);
    expect(own).toMatchObject({ error: { name: 'IdempotencyConflict' }, code: 75 });
  });
});
