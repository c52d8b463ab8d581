import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRecords } from '../../../../src/cli/batch/csv.js';
import { collect, inPieces } from './fixture.js';

const read = (text: string, at: readonly number[] = []) => collect(csvRecords(inPieces(text, at)));

const cellsOf = async (text: string) => (await read(text)).map(({ cells }) => cells);

/** Cells that need every rule there is. */
const cell = fc.string({ unit: fc.constantFrom(',', '"', '\r', '\n', ' ', 'a', 'ü', '😀') });
const table = fc
  .integer({ min: 1, max: 4 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }),
  );
const breaks = fc.constantFrom('\n', '\r\n', '\r');

function written(rows: readonly (readonly string[])[], lineBreak: string, quoteAll: boolean) {
  const quoted = (text: string) =>
    quoteAll || text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => `${row.map(quoted).join(',')}${lineBreak}`).join('');
}

describe('CSV', () => {
  it('reads what was written, wherever the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        ...([table, breaks, fc.boolean(), fc.array(fc.nat({ max: 200 }))] as const),
        async (rows, lineBreak, quoteAll, cuts) => {
          const records = await read(written(rows, lineBreak, quoteAll), cuts);
          expect(records.map(({ cells }) => cells)).toEqual(rows);
          expect(records.every(({ problem }) => problem === null)).toBe(true);
        },
      ),
    );
  });

  it('says of any text where a record begins, as an editor counts lines', async () => {
    const text = fc.string({ unit: fc.constantFrom(',', '"', '\r', '\n', 'a') });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat({ max: 50 })), async (any, cuts) => {
        const records = await read(any, cuts);
        const lines = any.split(/\r\n|\r|\n/).length;
        const begins = records.map(({ line }) => line);
        expect(begins).toEqual([...new Set(begins)].sort((a, b) => a - b));
        expect(begins.every((line) => line >= 1 && line <= lines)).toBe(true);
        expect(await read(any)).toEqual(records);
      }),
    );
  });

  it('does without a last line break, and without empty lines', async () => {
    expect(await cellsOf('a,b\n\n1,2\r\n\r\n3,')).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', ''],
    ]);
    expect(await cellsOf('')).toEqual([]);
    expect(await cellsOf('""')).toEqual([['']]);
  });

  it('counts the lines inside of cells', async () => {
    const records = await read('a\n"1\n2\r\n3"\nb\n');
    expect(records.map(({ line }) => line)).toEqual([1, 2, 5]);
  });

  it.each([
    ['a "b"', 'a quote in the middle of a cell'],
    ['"a" b,c', 'text behind a closing quote'],
    ['"a,b', 'a quote is never closed'],
  ])('tells what is wrong with %s', async (text, problem) => {
    const [record] = await read(text);
    expect(record?.problem).toContain(problem);
  });

  it('goes on behind a record with broken quotes', async () => {
    const records = await read('a"b,c\n1,2\n');
    expect(records.map(({ problem }) => problem === null)).toEqual([false, true]);
  });

  it('does not take a whole file for one cell', async () => {
    const endless = async function* () {
      yield 'a,"b';
      for (;;) yield 'x'.repeat(50_000);
    };
    await expect(collect(csvRecords(endless()))).rejects.toThrow(
      'line 1: longer than 1000000 characters: is a quote never closed?',
    );
  });
});
