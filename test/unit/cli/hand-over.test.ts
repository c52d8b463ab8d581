import { describe, expect, it } from 'vitest';
import { secretFindings } from '../../../src/cli/doctor/secrets.js';
import { renderStatus } from '../../../src/cli/render/status.js';
import type { OperationResult } from '../../../src/domain/operations.js';
import { ago, statusWith, view } from './fixture.js';

const HANDLE = '5b2f6c1de08a4b7f93c64e0d1a8b7c25';

describe('secrets that were handed over', () => {
  const result: OperationResult = {
    operationId: '0f3a5c7e9b1d2f40',
    kind: 'provision',
    site: 'acme-shop.example.com',
    outcome: 'succeeded',
    exceptions: [],
    details: {
      address: 'https://acme-shop.example.com',
      'secret.administrator_password': HANDLE,
      'secret.login_link': HANDLE.replace('5', '6'),
    },
  };
  const status = statusWith({ state: 'succeeded', waiting: null, steps: [] });
  const text = renderStatus({ status, result, lost: null }, view, null).join('\n');

  it('are shown as the commands that take them', () => {
    expect(text).toContain(`
  address       https://acme-shop.example.com
  waits for you administrator password, once: npx sitewright claim ${HANDLE}
                login link, once: npx sitewright claim 6b2f6c1de08a4b7f93c64e0d1a8b7c25
`);
    expect(text).not.toContain('secret.');
  });
});

describe('doctor', () => {
  const secret = {
    handle: HANDLE,
    operationId: 'op-1',
    label: 'login link',
    createdAt: ago(3 * 3_600),
    expiresAt: ago(-3_600),
    claimedAt: null,
  };

  it('counts what waits, and tells of the oldest', () => {
    const younger = { ...secret, createdAt: ago(60), operationId: 'op-2' };
    expect(secretFindings([secret, younger], view.now)).toEqual([
      {
        what: 'secret',
        result: 'ok',
        message:
          '2 secrets waiting to be claimed, the oldest (login link, operation op-1) since 3 h',
      },
    ]);
    expect(secretFindings([], view.now)).toEqual([
      { what: 'secret', result: 'ok', message: 'no secrets waiting to be claimed' },
    ]);
  });

  it('warns of what nobody came for, for a week', () => {
    const missed = { ...secret, expiresAt: ago(60) };
    const forgotten = { ...secret, operationId: 'op-0', expiresAt: ago(8 * 86_400) };
    expect(secretFindings([forgotten, missed], view.now).at(-1)).toMatchObject({
      result: 'warn',
      message: '1 secret expired unclaimed in the last week: login link (operation op-1)',
    });
  });

  it('names no handle: who knows it may claim', () => {
    expect(JSON.stringify(secretFindings([secret], view.now))).not.toContain(HANDLE);
  });
});
