import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RowEnd } from '../../../../src/cli/batch/one-row.js';
import { Tally } from '../../../../src/cli/batch/tally.js';
import { exitCodeOf, ExitCode, worstOf } from '../../../../src/cli/exit-codes.js';
import { documentOfRow, renderRow, renderSummary } from '../../../../src/cli/render/batch.js';
import { OUTCOMES, type OperationState } from '../../../../src/domain/operations.js';
import { view } from '../fixture.js';

const operation = { operationId: '0f3a', workflowId: 'provision:acme:0f3a', started: true };
const row = { line: 2, subdomain: 'acme-shop' };

const ended = (state: OperationState, started = true): RowEnd => ({
  ...row,
  operation: { ...operation, started },
  state,
  code: exitCodeOf(state),
});

const failed: RowEnd = {
  ...row,
  error: { name: 'Unreachable', message: 'nobody answers' },
  code: ExitCode.unreachable,
};

const tallyOf = (ends: readonly RowEnd[]) => {
  const tally = new Tally();
  for (const end of ends) tally.add(end);
  return tally;
};
const codeOf = (ends: readonly RowEnd[]) => tallyOf(ends).summary(null).exitCode;

describe('the exit code of a batch', () => {
  it('is 0 when all succeeded, or were only started', () => {
    expect(codeOf([])).toBe(0);
    expect(codeOf([ended('succeeded'), ended('planned'), { ...row, operation, code: 0 }])).toBe(0);
  });

  it('is 10 when nothing worse happened than exceptions', () => {
    expect(codeOf([ended('succeeded'), ended('succeeded_with_exceptions')])).toBe(10);
  });

  it('is the highest of the rows otherwise', () => {
    expect(codeOf([ended('cancelled'), ended('succeeded_with_exceptions')])).toBe(14);
    expect(codeOf([ended('needs_human'), ended('refused')])).toBe(20);
    expect(codeOf([failed, ended('abandoned')])).toBe(69);
  });

  it('does not depend on the order of rows', () => {
    const states = fc.array(fc.constantFrom<OperationState>(...OUTCOMES, 'needs_human'));
    fc.assert(
      fc.property(states, (all) => {
        const ends = all.map((state) => ended(state));
        const codes = all.map(exitCodeOf);
        expect(codeOf(ends)).toBe(codes.reduce(worstOf, ExitCode.ok));
        expect(codeOf(ends)).toBe(codeOf(ends.toReversed()));
      }),
    );
  });

  it('is 130 after Ctrl-C left out rows, 64 when the rest cannot be read', () => {
    const interrupted = { because: 'interrupted', afterLine: 2 } as const;
    expect(tallyOf([ended('refused')]).summary(interrupted).exitCode).toBe(130);
    const tally = tallyOf([ended('succeeded')]);
    tally.addUnreadable([{ line: 3, message: 'not UTF-8 text' }]);
    expect(tally.summary({ because: 'unreadable', afterLine: 2 }).exitCode).toBe(64);
  });
});

describe('failures of a batch', () => {
  it('are not those that an earlier run has met', () => {
    const ends = [ended('refused'), ended('refused', false), ended('needs_human'), failed];
    expect(tallyOf(ends).failures).toBe(3);
    expect(tallyOf([ended('succeeded'), ended('succeeded_with_exceptions')]).failures).toBe(0);
  });
});

describe('what is told of a batch', () => {
  const ends = [
    ended('succeeded'),
    { ...ended('refused', false), line: 3, reason: 'no such plan' },
    { ...failed, line: 4 },
  ];

  it('by row', () => {
    expect(ends.map((end) => renderRow(end, view))).toEqual([
      'line 2  acme-shop                 SUCCEEDED  operation 0f3a',
      'line 3  acme-shop                 REFUSED  operation 0f3a · already started · no such plan',
      'line 4  acme-shop                 ERROR  nobody answers',
    ]);
    expect(ends.map(documentOfRow)).toMatchObject([
      { type: 'row', line: 2, operationId: '0f3a', started: true, outcome: 'succeeded' },
      { type: 'row', line: 3, started: false, outcome: 'refused', reason: 'no such plan' },
      { type: 'row', line: 4, started: false, error: { name: 'Unreachable' } },
    ]);
  });

  it('at the end', () => {
    const summary = tallyOf(ends).summary({ because: 'failures', afterLine: 4 });
    expect(summary).toEqual({
      ...{ rows: 3, started: 1, alreadyStarted: 1, errors: 1, exitCode: 69 },
      outcomes: { succeeded: 1, refused: 1 },
      problems: [
        { line: 3, message: 'acme-shop: refused: no such plan' },
        { line: 4, message: 'acme-shop: nobody answers' },
      ],
      stopped: { because: 'failures', afterLine: 4 },
    });
    expect(renderSummary(summary, view)).toEqual([
      '3 rows · 1 started · 1 already started · 1 succeeded · 1 refused · 1 error',
      '  line 3: acme-shop: refused: no such plan',
      '  line 4: acme-shop: nobody answers',
      '  stopped       after as many failures as --stop-after allows, no row behind line 4 was started',
      '  go on         run the same command again: what was started is not started twice',
      'exit code 69',
    ]);
  });
});
