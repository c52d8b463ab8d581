import { describe, expect, it } from 'vitest';
import { PACKAGED_POLICY } from '../../../src/config.js';
import { matchesName } from '../../../src/domain/name-pattern.js';
import {
  evaluate,
  explain,
  type OperationFacts,
  type OperationRule,
  type Policy,
} from '../../../src/domain/policy.js';
import { untoldFact } from '../../../src/domain/policy-conditions.js';
import type { OperationKind } from '../../../src/domain/operations.js';
import { loadPolicy } from '../../../src/policy-file.js';

const embedded = loadPolicy(PACKAGED_POLICY.embedded);
const berlin = { ...embedded.maintenance, timeZone: 'Europe/Berlin' };
const policyOf = (...update: OperationRule[]): Policy => ({
  ...embedded,
  maintenance: berlin,
  update,
});
const weekdays = { days: [1, 2, 3, 4, 5], from: 8 * 60, to: 18 * 60 };
const overnight = { days: [6], from: 22 * 60, to: 4 * 60 };
const facts: OperationFacts = {
  requestedBy: 'crm',
  account: 'eu-main',
  tags: ['vip', 'shop'],
  planChange: 'downgrade',
  appPriceUsd: 20,
  // A Friday, 17:30 in Berlin.
  at: Date.parse('2026-11-20T16:30:00Z'),
};
const at = (iso: string): OperationFacts => ({ ...facts, at: Date.parse(iso) });

describe('a rule', () => {
  it.each<[string, OperationRule['when'], OperationFacts, boolean]>([
    ['an account of the pattern', { accounts: ['us-*', 'eu-*'] }, facts, true],
    ['another account', { accounts: ['us-*'] }, facts, false],
    ['one of the tags', { tags: ['vip', 'test'] }, facts, true],
    ['none of the tags', { tags: ['test'] }, facts, false],
    ['no unwanted tag', { withoutTags: ['production'] }, facts, true],
    ['an unwanted tag', { withoutTags: ['production', 'vip'] }, facts, false],
    ['the change of the plan', { planChange: ['downgrade'] }, facts, true],
    ['another change of the plan', { planChange: ['upgrade', 'same_price'] }, facts, false],
    ['an app of that price', { appPriceUsdAtMost: 20 }, facts, true],
    ['a dearer app', { appPriceUsdAtMost: 19.99 }, facts, false],
    ['the hours', { hours: weekdays }, facts, true],
    ['the end of the hours', { hours: weekdays }, at('2026-11-20T17:00:00Z'), false],
    ['another day', { hours: weekdays }, at('2026-11-21T10:00:00Z'), false],
    ['summer time', { hours: weekdays }, at('2026-07-03T15:59:00Z'), true],
    ['the end of the hours in summer', { hours: weekdays }, at('2026-07-03T16:00:00Z'), false],
    ['hours into the next day', { hours: overnight }, at('2026-11-22T02:59:00Z'), true],
    [
      'hours that began the day before only',
      { hours: overnight },
      at('2026-11-21T02:59:00Z'),
      false,
    ],
    ['two conditions, one of which fails', { tags: ['vip'], hours: overnight }, facts, false],
  ])('judges %s', (_, when, given, holds) => {
    const rule: OperationRule = { name: 'it', when, approval: 'none' };
    expect(evaluate(policyOf(rule), 'update', given).rule).toBe(holds ? 'it' : '(none)');
  });

  it.each<[OperationRule['when']]>([
    [{ accounts: ['*'] }],
    [{ tags: ['vip'] }],
    [{ withoutTags: ['production'] }],
    [{ planChange: ['downgrade'] }],
    [{ appPriceUsdAtMost: 20 }],
    [{ hours: { days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 24 * 60 } }],
  ])('does not hold when nobody knows what it asks: %j', (when) => {
    const rule: OperationRule = { name: 'it', when, approval: 'none' };
    expect(evaluate(policyOf(rule), 'update', { requestedBy: 'crm' }).rule).toBe('(none)');
  });
});

describe('a rule that refuses', () => {
  const no: OperationRule = {
    name: 'no vip',
    when: { tags: ['vip'], accounts: ['eu-*'] },
    approval: 'none',
    refuse: 'ask the owner',
  };
  const rest: OperationRule = { name: 'rest', when: {}, approval: 'none' };
  const of = (given: OperationFacts) => evaluate(policyOf(no, rest), 'update', given);

  it('decides as soon as it may hold', () => {
    expect(of({ requestedBy: 'crm', account: 'eu-main' })).toEqual({
      rule: 'no vip',
      approval: null,
      refusal: 'ask the owner (it may apply: tags not known)',
    });
    expect(of(facts).refusal).toBe('ask the owner');
  });

  it('does not when one of its conditions surely fails', () => {
    expect(of({ ...facts, tags: [] }).rule).toBe('rest');
    expect(of({ requestedBy: 'crm', account: 'us-1' }).rule).toBe('rest');
  });
});

it.each<[OperationKind, keyof OperationRule['when'], string | null]>([
  ['provision', 'tags', null],
  ['provision', 'appPriceUsdAtMost', null],
  ['upgrade', 'appPriceUsdAtMost', 'appPriceUsd'],
  ['upgrade', 'planChange', 'planChange'],
  ['change-plan', 'planChange', null],
  ['deploy-bench', 'withoutTags', 'tags'],
  ['deploy-bench', 'planPriceUsdAtMost', 'planPriceUsd'],
  ['deploy-bench', 'sitesAtMost', null],
  ['archive', 'appsWithin', 'apps'],
  ['archive', 'hours', null],
])('of %s the condition %s asks for what is not known: %s', (kind, name, fact) => {
  expect(untoldFact(kind, name)).toBe(fact);
});

describe('an explanation', () => {
  const small: OperationRule = {
    name: 'small',
    when: { planPriceUsdAtMost: 25, appsWithin: ['frappe'], hours: weekdays },
    approval: 'none',
  };
  const rest: OperationRule = { name: 'rest', when: {}, approval: 'none' };
  const late: OperationRule = { name: 'late', when: {}, approval: 'none', refuse: 'never' };

  it('holds every rule against the facts, up to the one that decides', () => {
    const { verdict, rules } = explain(policyOf(small, rest, late), 'update', {
      ...facts,
      planPriceUsd: 50,
    });
    expect(verdict).toEqual({ rule: 'rest', approval: null, refusal: null });
    expect(rules).toEqual([
      {
        name: 'small',
        outcome: 'does_not_hold',
        conditions: [
          {
            name: 'planPriceUsdAtMost',
            wanted: '25',
            fact: 'planPriceUsd',
            given: '50',
            holds: false,
          },
          { name: 'appsWithin', wanted: 'frappe', fact: 'apps', given: null, holds: false },
          {
            name: 'hours',
            wanted: 'Mon, Tue, Wed, Thu, Fri 08:00-18:00',
            fact: 'at',
            given: 'Fri 17:30 in Europe/Berlin',
            holds: true,
          },
        ],
      },
      { name: 'rest', outcome: 'decides', conditions: [] },
      { name: 'late', outcome: 'not_reached', conditions: [] },
    ]);
  });

  it('says what a rule wants and what is so, as people write it', () => {
    const rule: OperationRule = {
      name: 'it',
      when: {
        accounts: ['eu-*', 'main'],
        requestedBy: [],
        hours: { days: [0, 1, 2, 3, 4, 5, 6], from: 22 * 60 + 5, to: 24 * 60 },
      },
      approval: 'none',
    };
    const [judged] = explain(policyOf(rule), 'update', facts).rules;
    const said = judged?.conditions.map(({ wanted, given }) => [wanted, given]);
    expect(said).toEqual([
      ['eu-*, main', 'eu-main'],
      ['none', 'crm'],
      ['daily 22:05-24:00', 'Fri 17:30 in Europe/Berlin'],
    ]);
  });

  it('has no rule that decides when none holds', () => {
    const { verdict, rules } = explain(policyOf(small), 'update', facts);
    expect(verdict.refusal).toBe('no policy rule allows this update');
    expect(rules.map(({ outcome }) => outcome)).toEqual(['does_not_hold']);
  });
});

describe('people who may not request', () => {
  it('are refused whatever the rules say', () => {
    const rule: OperationRule = { name: 'all', when: {}, approval: 'none' };
    const policy: Policy = {
      ...policyOf(rule),
      people: { dana: ['operator'] },
      requesters: [{ accounts: ['eu-*'], people: [], roles: ['operator'] }],
    };
    expect(evaluate(policy, 'update', facts)).toEqual({
      rule: '(requesters)',
      approval: null,
      refusal: 'policy does not let crm request anything on account eu-main (requesters)',
    });
    expect(evaluate(policy, 'update', { ...facts, requestedBy: 'dana' }).refusal).toBeNull();
  });
});

it.each([
  ['*', 'anything', true],
  ['main', 'main', true],
  ['main', 'main-2', false],
  ['eu-*', 'eu-', true],
  ['eu-*', 'us-eu-1', false],
  ['*-test', 'eu-test', true],
  ['eu-*-test', 'eu-1-test', true],
  ['eu-*-test', 'eu-test', false],
  ['a*a', 'a', false],
  ['*b*', 'abc', true],
  ['*b*', 'ac', false],
  ['a.c', 'abc', false],
])('pattern %s and name %s: %s', (pattern, name, fits) => {
  expect(matchesName(pattern, name)).toBe(fits);
});
