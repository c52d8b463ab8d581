import fc from 'fast-check';
import { PACKAGED_POLICY } from '../../../src/config.js';
import { describe, expect, it } from 'vitest';
import {
  evaluate,
  forbiddenConfigKeys,
  identityOf,
  type Policy,
  type OperationFacts,
  type OperationRule,
  rolesOf,
} from '../../../src/domain/policy.js';
import { loadPolicy } from '../../../src/policy-file.js';

const asks = { quorum: { operator: 1 }, expiresAfterMs: 60_000, escalateAfterMs: 1_000 };
const policyOf = (...provision: OperationRule[]): Policy => ({
  ...loadPolicy(PACKAGED_POLICY.embedded),
  people: { dana: ['operator'], max: ['manager', 'operator'], '*': ['requester'] },
  unsignedDecisions: 'deny',
  resolvers: ['operator'],
  configKeys: ['mail_server', 'max_file_size'],
  provision,
});
const facts: OperationFacts = {
  requestedBy: 'crm',
  planPriceUsd: 25,
  apps: ['frappe', 'erpnext'],
};

describe('rules about a provision', () => {
  it('refuse what no rule speaks of', () => {
    const refused = {
      rule: '(none)',
      approval: null,
      refusal: 'no policy rule allows this provision',
    };
    expect(evaluate(policyOf(), 'provision', facts)).toEqual(refused);
    const cheap: OperationRule = {
      name: 'cheap',
      when: { planPriceUsdAtMost: 24.99 },
      approval: 'none',
    };
    expect(evaluate(policyOf(cheap), 'provision', facts)).toEqual(refused);
  });

  it('decide in their order: the first that matches', () => {
    const open: OperationRule = { name: 'open', when: {}, approval: 'none' };
    const asking: OperationRule = { name: 'asking', when: {}, approval: asks };
    expect(evaluate(policyOf(open, asking), 'provision', facts)).toEqual({
      rule: 'open',
      approval: null,
      refusal: null,
    });
    expect(evaluate(policyOf(asking, open), 'provision', facts)).toEqual({
      rule: 'asking',
      approval: { rule: 'asking', ...asks },
      refusal: null,
    });
  });

  it('can forbid, whatever else they say', () => {
    const no: OperationRule = { name: 'freeze', when: {}, approval: asks, refuse: 'year end' };
    expect(evaluate(policyOf(no), 'provision', facts)).toEqual({
      rule: 'freeze',
      approval: null,
      refusal: 'year end',
    });
  });

  it.each<[string, OperationRule['when'], boolean]>([
    ['a price up to the limit', { planPriceUsdAtMost: 25 }, true],
    ['a price above the limit', { planPriceUsdAtMost: 24 }, false],
    ['the requester', { requestedBy: ['erp', 'crm'] }, true],
    ['another requester', { requestedBy: ['erp'] }, false],
    ['apps of the list', { appsWithin: ['erpnext', 'frappe', 'hrms'] }, true],
    ['an app off the list', { appsWithin: ['frappe'] }, false],
    ['nobody at all', { requestedBy: [] }, false],
    ['one condition of two', { planPriceUsdAtMost: 25, requestedBy: ['erp'] }, false],
    ['both conditions', { planPriceUsdAtMost: 25, requestedBy: ['crm'] }, true],
  ])('match %s', (_, when, matches) => {
    const rule: OperationRule = { name: 'it', when, approval: 'none' };
    expect(evaluate(policyOf(rule), 'provision', facts).rule).toBe(matches ? 'it' : '(none)');
  });

  it('want one more approver, who says so, for doing without a safety copy', () => {
    const without = { ...facts, skipsSafetyCopy: true };
    const owner = { safetyCopy: { maxAgeMs: 0, bypass: { approver: 'owner' } } } as const;
    const open: OperationRule = { name: 'open', when: {}, approval: 'none' };
    const asking: OperationRule = { name: 'asking', when: {}, approval: asks };
    const of = (rule: OperationRule, change: Partial<Policy>) =>
      evaluate({ ...policyOf(), upgrade: [rule], ...change }, 'upgrade', without);
    expect(of(open, owner).approval).toMatchObject({
      quorum: { owner: 1 },
      acknowledge: ['no-safety-copy'],
    });
    expect(of(asking, owner).approval?.quorum).toEqual({ operator: 1, owner: 1 });
    const never = { safetyCopy: { maxAgeMs: 0, bypass: 'never' } } as const;
    expect(of(asking, never)).toMatchObject({
      approval: null,
      refusal: 'policy does not allow to do without a safety copy (safetyCopy.bypass)',
    });
  });

  it('may forbid to skip failing patches, and limit how many sites are touched', () => {
    const rule: OperationRule = { name: 'few', when: { sitesAtMost: 3 }, approval: 'none' };
    const of = (given: OperationFacts, skipFailing: 'allow' | 'deny') =>
      evaluate(
        { ...policyOf(), 'deploy-bench': [rule], patches: { skipFailing } },
        'deploy-bench',
        given,
      );
    expect(of({ requestedBy: 'crm', sites: 3 }, 'deny').rule).toBe('few');
    expect(of({ requestedBy: 'crm', sites: 4 }, 'deny').refusal).toMatch(/no policy rule/);
    expect(of({ requestedBy: 'crm' }, 'deny').refusal).toMatch(/no policy rule/);
    const skipping = { requestedBy: 'crm', sites: 1, skipsFailingPatches: true };
    expect(of(skipping, 'deny').refusal).toMatch(/skip failing patches/);
    expect(of(skipping, 'allow').refusal).toBeNull();
  });

  it('ask somebody about a plan whose price is not known', () => {
    const cheap: OperationRule = {
      name: 'cheap',
      when: { planPriceUsdAtMost: 1e9 },
      approval: 'none',
    };
    const rest: OperationRule = { name: 'rest', when: {}, approval: asks };
    const unknown = { ...facts, planPriceUsd: Number.POSITIVE_INFINITY };
    expect(evaluate(policyOf(cheap, rest), 'provision', unknown).rule).toBe('rest');
  });
});

describe('people', () => {
  it('have their own roles and those of everybody', () => {
    expect(rolesOf(policyOf(), 'max')).toEqual(['manager', 'operator', 'requester']);
    expect(rolesOf(policyOf(), 'nobody')).toEqual(['requester']);
  });

  it('are not known without a role, and never verified by a claim', () => {
    const strict: Policy = { ...policyOf(), people: { dana: ['operator'], eve: [] } };
    expect(identityOf(strict, 'dana')).toEqual({
      id: 'dana',
      roles: ['operator'],
      verified: false,
    });
    expect(identityOf(strict, 'eve')).toBeNull();
    expect(identityOf(strict, 'mallory')).toBeNull();
  });

  it('get no role by a name that every object has', () => {
    const strict: Policy = { ...policyOf(), people: { dana: ['operator'] } };
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(identityOf(strict, name)).toBeNull();
    }
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(rolesOf(strict, name)).toEqual(name === 'dana' ? ['operator'] : []);
      }),
    );
  });
});

describe('config keys', () => {
  it('are forbidden unless listed', () => {
    const keys = ['mail_server', 'developer_mode', 'db_password'];
    expect(forbiddenConfigKeys(policyOf(), keys)).toEqual(['developer_mode', 'db_password']);
    expect(forbiddenConfigKeys({ ...policyOf(), configKeys: ['*'] }, keys)).toEqual([]);
  });
});
