import { describe, expect, it } from 'vitest';
import {
  configProblems,
  forbiddenApps,
  planChangeKind,
  planChangeRefusal,
  type PlanStanding,
  requesterRefusal,
} from '../../../src/domain/policy-guardrails.js';
import type { ConfigType, PlanChangePolicy } from '../../../src/domain/policy-settings.js';

describe('config values', () => {
  const policy = {
    configKeys: ['mail_server', 'port', 'debug', 'limits', 'mail_password'],
    configTypes: {
      mail_server: 'string',
      port: 'number',
      debug: 'boolean',
      limits: 'json',
      mail_password: 'string',
    } satisfies Record<string, ConfigType>,
    secretConfigKeys: ['mail_password', 'encryption_key'],
  };
  const sealed = { sealed: 'ey…' };

  it('are fine when they are allowed, sealed where they must be, and of their type', () => {
    const entries = {
      mail_server: 'smtp.example.com',
      port: 25,
      debug: false,
      limits: '{"users": 5}',
      mail_password: sealed,
    };
    expect(configProblems(policy, entries)).toEqual([]);
    expect(configProblems(policy, { limits: [1] })).toEqual([]);
  });

  it('have every problem told, and never their value', () => {
    const entries = {
      developer_mode: true,
      encryption_key: 'geheim',
      mail_password: 'geheim',
      port: 'geheim',
    };
    const problems = configProblems(policy, entries);
    expect(problems).toEqual([
      {
        key: 'developer_mode',
        problem: 'not_allowed',
        message: 'policy does not allow developer_mode',
      },
      {
        key: 'encryption_key',
        problem: 'not_allowed',
        message: 'policy does not allow encryption_key',
      },
      {
        key: 'mail_password',
        problem: 'not_sealed',
        message:
          'mail_password must be sealed (--secret-config mail_password at the command line, seal() of the client library)',
      },
      { key: 'port', problem: 'wrong_type', message: 'port must be a number' },
    ]);
    expect(JSON.stringify(problems)).not.toContain('geheim');
  });

  it.each([
    ['mail_server', 5],
    ['port', '25'],
    ['debug', 'true'],
    ['limits', 'no JSON'],
    ['limits', '5'],
    ['limits', 5],
    ['limits', null],
  ])('of %s may not be %j', (key, value) => {
    expect(configProblems(policy, { [key]: value })).toMatchObject([{ problem: 'wrong_type' }]);
  });

  it('are all allowed by *, of their type all the same', () => {
    const open = { ...policy, configKeys: ['*'] };
    expect(configProblems(open, { developer_mode: 1 })).toEqual([]);
    expect(configProblems(open, { port: 'x' })).toMatchObject([{ problem: 'wrong_type' }]);
    expect(configProblems(open, { constructor: 'x' })).toEqual([]);
  });

  it('that are sealed have no type that could be told', () => {
    expect(configProblems(policy, { port: sealed })).toEqual([]);
  });
});

describe('apps on a plan', () => {
  const apps = [
    { plans: ['USD 10'], allow: ['erpnext'] },
    { planPriceUsdAtMost: 25, allow: ['erpnext', 'hrms'] },
    { allow: ['*'] },
  ];
  const asked = ['frappe', 'erpnext', 'hrms', 'lms'];

  it.each([
    ['the entry of its name', { plan: 'USD 10', priceUsd: 10 }, ['hrms', 'lms']],
    ['the entry of its price', { plan: 'USD 25', priceUsd: 25 }, ['lms']],
    ['the entry for all', { plan: 'USD 50', priceUsd: 50 }, []],
    ['every entry that may be meant, without a price', { plan: 'USD 50' }, ['lms']],
    ['every entry that may be meant, without a name', { priceUsd: 50 }, ['hrms', 'lms']],
    ['every entry, when nothing is known', {}, ['hrms', 'lms']],
  ])('are judged by %s', (_, known, forbidden) => {
    expect(forbiddenApps({ apps }, known, asked)).toEqual(forbidden);
  });

  it('are forbidden where no entry speaks of the plan, but for frappe', () => {
    expect(forbiddenApps({ apps: apps.slice(0, 1) }, { plan: 'USD 25' }, asked)).toEqual([
      'erpnext',
      'hrms',
      'lms',
    ]);
    expect(forbiddenApps({ apps: [] }, {}, ['frappe'])).toEqual([]);
  });
});

describe('a change of the plan', () => {
  const plan = (priceUsd: number | null, dedicated = false): PlanStanding => ({
    name: `USD ${priceUsd ?? '?'}`,
    priceUsd,
    dedicated,
  });
  const strict: PlanChangePolicy = { upToUsd: 200, downgrade: 'deny', dedicated: 'deny' };
  const open: PlanChangePolicy = { upToUsd: null, downgrade: 'allow', dedicated: 'allow' };

  it.each<[PlanStanding, PlanStanding, RegExp | null]>([
    [plan(25), plan(200), null],
    [plan(25), plan(25), null],
    [plan(25), plan(201), /up to 200 USD a month, USD 201 costs 201/],
    [plan(25), plan(null), /USD \? has no known price/],
    [plan(50), plan(25), /does not allow a cheaper plan than USD 50/],
    [plan(null), plan(25), /nobody can tell whether USD 25 is cheaper than USD \?/],
    [plan(25), plan(50, true), /plans of dedicated servers/],
    [plan(25, true), plan(50), /plans of dedicated servers/],
  ])('from %j to %j', (from, to, refusal) => {
    const answer = planChangeRefusal({ planChanges: strict }, { from, to });
    if (refusal === null) expect(answer).toBeNull();
    else expect(answer).toMatch(refusal);
    expect(planChangeRefusal({ planChanges: open }, { from, to })).toBeNull();
  });

  it('is an upgrade, a downgrade, neither, or unknown', () => {
    expect(planChangeKind(plan(10), plan(25))).toBe('upgrade');
    expect(planChangeKind(plan(25), plan(10))).toBe('downgrade');
    expect(planChangeKind(plan(25), plan(25, true))).toBe('same_price');
    expect(planChangeKind(plan(null), plan(25))).toBeNull();
    expect(planChangeKind(plan(25), plan(null))).toBeNull();
  });
});

describe('who may request', () => {
  const requesters = [
    { accounts: ['eu-*'], people: ['crm'], roles: ['operator'] },
    { accounts: ['*'], people: ['root'], roles: [] },
  ];
  const asks = (person: string, account?: string, roles: readonly string[] = []) =>
    requesterRefusal({ requesters }, { person, account, roles });

  it('is named, by person or role, for the account', () => {
    expect(asks('crm', 'eu-1')).toBeNull();
    expect(asks('dana', 'eu-1', ['operator'])).toBeNull();
    expect(asks('root', 'us-1')).toBeNull();
    expect(asks('crm', 'us-1')).toBe(
      'policy does not let crm request anything on account us-1 (requesters)',
    );
    expect(asks('dana', 'eu-1', ['requester'])).toMatch(/does not let dana/);
  });

  it('is named for all accounts where the account is not known', () => {
    expect(asks('root')).toBeNull();
    expect(asks('crm')).toBe('policy does not let crm request anything (requesters)');
  });

  it('is anybody by *, and nobody without an entry', () => {
    const anybody = [{ accounts: ['*'], people: ['*'], roles: [] }];
    expect(requesterRefusal({ requesters: anybody }, { person: 'x', roles: [] })).toBeNull();
    expect(requesterRefusal({ requesters: [] }, { person: 'x', roles: ['operator'] })).toMatch(/x/);
  });
});
