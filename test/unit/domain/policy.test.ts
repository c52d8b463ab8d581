import fc from 'fast-check';
import { PACKAGED_POLICY } from '../../../src/config.js';
import { describe, expect, it } from 'vitest';
import {
  evaluateProvision,
  forbiddenConfigKeys,
  identityOf,
  type Policy,
  type ProvisionFacts,
  type ProvisionRule,
  rolesOf,
} from '../../../src/domain/policy.js';
import { loadPolicy } from '../../../src/policy-file.js';

const asks = { quorum: { operator: 1 }, expiresAfterMs: 60_000, escalateAfterMs: 1_000 };
const policyOf = (...provision: ProvisionRule[]): Policy => ({
  ...loadPolicy(PACKAGED_POLICY.embedded),
  people: { dana: ['operator'], max: ['manager', 'operator'], '*': ['requester'] },
  unsignedDecisions: 'deny',
  resolvers: ['operator'],
  configKeys: ['mail_server', 'max_file_size'],
  provision,
});
const facts: ProvisionFacts = {
  requestedBy: 'crm',
  planPriceUsd: 25,
  trialPlan: false,
  apps: ['frappe', 'erpnext'],
  configKeys: [],
  customDomains: 0,
};

describe('rules about a provision', () => {
  it('refuse what no rule speaks of', () => {
    const refused = {
      rule: '(none)',
      approval: null,
      refusal: 'no policy rule allows this provision',
    };
    expect(evaluateProvision(policyOf(), facts)).toEqual(refused);
    const cheap: ProvisionRule = {
      name: 'cheap',
      when: { planPriceUsdAtMost: 24.99 },
      approval: 'none',
    };
    expect(evaluateProvision(policyOf(cheap), facts)).toEqual(refused);
  });

  it('decide in their order: the first that matches', () => {
    const open: ProvisionRule = { name: 'open', when: {}, approval: 'none' };
    const asking: ProvisionRule = { name: 'asking', when: {}, approval: asks };
    expect(evaluateProvision(policyOf(open, asking), facts)).toEqual({
      rule: 'open',
      approval: null,
      refusal: null,
    });
    expect(evaluateProvision(policyOf(asking, open), facts)).toEqual({
      rule: 'asking',
      approval: { rule: 'asking', ...asks },
      refusal: null,
    });
  });

  it('can forbid, whatever else they say', () => {
    const no: ProvisionRule = { name: 'freeze', when: {}, approval: asks, refuse: 'year end' };
    expect(evaluateProvision(policyOf(no), facts)).toEqual({
      rule: 'freeze',
      approval: null,
      refusal: 'year end',
    });
  });

  it.each<[string, ProvisionRule['when'], boolean]>([
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
    const rule: ProvisionRule = { name: 'it', when, approval: 'none' };
    expect(evaluateProvision(policyOf(rule), facts).rule).toBe(matches ? 'it' : '(none)');
  });

  it('ask somebody about a plan whose price is not known', () => {
    const cheap: ProvisionRule = {
      name: 'cheap',
      when: { planPriceUsdAtMost: 1e9 },
      approval: 'none',
    };
    const rest: ProvisionRule = { name: 'rest', when: {}, approval: asks };
    const unknown = { ...facts, planPriceUsd: Number.POSITIVE_INFINITY };
    expect(evaluateProvision(policyOf(cheap, rest), unknown).rule).toBe('rest');
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
