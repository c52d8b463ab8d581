import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asDecision, asRequest, asResolution, CHOICES } from '../../../src/domain/messages.js';

const request = { operationId: 'op-1', by: 'kim', reason: 'because' };
const decision = { ...request, planHash: 'abc', verdict: 'approve' } as const;
const resolution = { ...request, choice: 'retry' } as const;
const TEXTS = ['operationId', 'by', 'reason', 'planHash'] as const;

describe('guards of messages', () => {
  it('take what is well-formed', () => {
    expect(asRequest(request)).toEqual(request);
    expect(asDecision(decision)).toEqual(decision);
    expect(asResolution(resolution)).toEqual(resolution);
  });

  it('know the verdict of a signal by its name, whatever the payload says', () => {
    expect(asDecision({ ...request, planHash: 'abc' }, 'reject')?.verdict).toBe('reject');
    expect(asDecision(decision, 'reject')?.verdict).toBe('reject');
    expect(asDecision({ ...request, planHash: 'abc' })).toBeNull();
  });

  it('leave out members that nobody asked for, and an empty reason', () => {
    const padded = { ...decision, operationId: ' op-1 ', reason: '  ', roles: ['owner'], x: {} };
    expect(asDecision(padded)).toEqual({
      operationId: 'op-1',
      by: 'kim',
      planHash: 'abc',
      verdict: 'approve',
    });
  });

  it('cut texts of any length', () => {
    const long = 'x'.repeat(200_000);
    const found = asDecision({ ...decision, reason: long, planHash: long });
    expect(found?.reason).toHaveLength(500);
    expect(found?.planHash).toHaveLength(500);
  });

  it.each(['operationId', 'by', 'planHash', 'verdict'])('refuse a decision without %s', (name) => {
    expect(asDecision({ ...decision, [name]: undefined })).toBeNull();
    expect(asDecision({ ...decision, [name]: '  ' })).toBeNull();
    expect(asDecision({ ...decision, [name]: { toString: () => 'approve' } })).toBeNull();
  });

  it.each([undefined, '', 'RETRY', ['retry'], 0])('refuse the choice %j', (choice) => {
    expect(asResolution({ ...request, choice })).toBeNull();
  });

  it('never throw, and let through nothing but bounded texts', () => {
    const member = fc.oneof(
      fc.anything(),
      fc.string(),
      fc.constantFrom(...CHOICES, 'approve', 'reject'),
    );
    const nearly = fc.record(
      { operationId: member, by: member, reason: member, planHash: member, verdict: member },
      { requiredKeys: [] },
    );
    const withChoice = fc.tuple(nearly, member).map(([rest, choice]) => ({ ...rest, choice }));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), nearly, withChoice), (given) => {
        const found = [asRequest(given), asDecision(given), asResolution(given)];
        for (const message of found.filter((one) => one !== null)) {
          const texts = new Map<string, unknown>(Object.entries(message));
          for (const name of TEXTS.filter((one) => texts.has(one))) {
            expect(texts.get(name)).toMatch(/^\S[^]{0,499}$/);
          }
          if (texts.has('choice')) expect(CHOICES).toContain(texts.get('choice'));
          if (texts.has('verdict')) expect(['approve', 'reject']).toContain(texts.get('verdict'));
          const known = [...TEXTS, 'verdict', 'choice'];
          expect([...texts.keys()].filter((name) => !known.includes(name))).toEqual([]);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
