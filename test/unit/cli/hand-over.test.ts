import { describe, expect, it } from 'vitest';
import { secretFindings } from '../../../src/cli/doctor/secrets.js';
import { type HandedOverSecret, standings } from '../../../src/cli/handed-over.js';
import { renderStatus } from '../../../src/cli/render/status.js';
import type { OperationResult } from '../../../src/domain/operations.js';
import type { StoredHandover } from '../../../src/ledger/types.js';
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

  it('are shown with what became of them, once nobody can take them any more', () => {
    const none = { handle: HANDLE, at: null, by: null };
    const secrets: readonly HandedOverSecret[] = [
      { ...none, label: 'login link', state: 'waits', at: ago(-600) },
      { ...none, label: 'API key', state: 'claimed', at: ago(600), by: 'kim' },
      { ...none, label: 'verification token', state: 'wiped', at: ago(300) },
      { ...none, label: 'administrator password', state: 'expired', at: ago(60) },
    ];
    const shown = renderStatus({ status, result, lost: null, secrets }, view, null).join('\n');
    expect(shown).toContain(`
  waits for you login link, once: npx sitewright claim ${HANDLE}
  handed over   API key: claimed by kim at 21:50
                verification token: wiped at 21:55: it opens nothing any more
                administrator password: expired at 21:59, claimed by nobody: it is not made again; \`login-link\` opens the site
`);
    expect(shown.match(/sitewright claim/g)).toHaveLength(1);
  });
});

describe('what became of secrets', () => {
  const about = { operationId: 'op-1', createdAt: ago(900), sealed: null };
  const rows: readonly StoredHandover[] = [
    {
      ...about,
      handle: 'h1',
      label: 'API key ending in ab12',
      expiresAt: ago(-60),
      claimedAt: ago(9),
    },
    { ...about, handle: 'h2', label: 'login link', expiresAt: ago(-60), claimedAt: null },
    {
      ...about,
      handle: 'h3',
      label: 'administrator password',
      expiresAt: ago(60),
      claimedAt: null,
    },
  ];
  const entry = { operationId: 'op-1', sequence: 1, previousHash: '', hash: '' };
  const claimOf = (label: string, by: string) => ({
    ...entry,
    ...{ key: `secret/claim/${by}`, type: 'secret.claimed', at: ago(9), data: { label, by } },
  });
  const wiped = { key: 'secret/h4/wiped', type: 'secret.wiped', at: ago(30), data: {} };
  const ledger = {
    getHandover: async (handle: string) => rows.find((row) => row.handle === handle) ?? null,
    events: async () => [
      claimOf('API key ending in 77ff', 'max'),
      claimOf('API key ending in ab12', 'kim'),
      { ...entry, ...wiped },
    ],
  };

  it('is read from the ledger: who has claimed it, since when it is gone, how long it waits', async () => {
    const details = {
      'secret.api_key': 'h1',
      'secret.login_link': 'h2',
      'secret.administrator_password': 'h3',
      'secret.verification_token': 'h4',
    };
    const found = await standings(ledger, 'op-1', details, view.now);
    expect(found.map(({ handle, state, at, by }) => [handle, state, at, by])).toEqual([
      ['h3', 'expired', ago(60), null],
      ['h2', 'waits', ago(-60), null],
      ['h1', 'claimed', ago(9), 'kim'],
      ['h4', 'wiped', ago(30), null],
    ]);
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
