import { describe, expect, it } from 'vitest';
import { formatOf, rowsOf } from '../../../../src/cli/batch/rows.js';
import { utf8 } from '../../../../src/cli/batch/source.js';
import { collect, inPieces, rowsIn } from './fixture.js';

const fieldsIn = async (text: string) =>
  (await rowsIn(text)).map(({ fields }) => Object.fromEntries(fields));

describe('rows of CSV', () => {
  it('are told by their heading; what is empty is not there', async () => {
    const text = 'subdomain, plan ,config.currency\nacme-shop,USD 25 ,\nbeta-shop,,"EUR, too"\n';
    expect(await fieldsIn(text)).toEqual([
      { subdomain: 'acme-shop', plan: 'USD 25' },
      { subdomain: 'beta-shop', 'config.currency': 'EUR, too' },
    ]);
  });

  it('have settings that are JSON where they can be, and secrets as they are', async () => {
    const text = 'subdomain,config.port,config.flag,secret.pin\nacme-shop,25,true, 007 \n';
    expect(await fieldsIn(text)).toEqual([
      { subdomain: 'acme-shop', 'config.port': 25, 'config.flag': true, 'secret.pin': ' 007 ' },
    ]);
  });

  it('leave out lines without anything in them', async () => {
    const rows = await rowsIn('subdomain,plan\n\n,\nacme-shop,a\n , \n');
    expect(rows.map(({ line }) => line)).toEqual([4]);
  });

  it('need as many cells as there are columns', async () => {
    const [row] = await rowsIn('subdomain,plan\nacme-shop,a,b\n');
    expect(row?.problems).toEqual([{ line: 2, message: '3 cells for 2 columns' }]);
  });

  it.each([
    ['subdomain,plna\n', 'line 1: unknown column; known are subdomain, plan,'],
    ['subdomain,plan,plan\n', 'line 1: the column is there twice'],
    ['subdomain;plan\n', 'line 1: unknown column: put commas between columns'],
    ['\n', 'line 1: there is no heading'],
  ])('are not read under the heading %j', async (text, message) => {
    await expect(rowsIn(text, 'csv')).rejects.toThrow(message);
  });
});

describe('rows of JSONL', () => {
  it('may nest settings, and have any JSON', async () => {
    const row = { subdomain: 'a', apps: ['frappe'], config: { port: 25, on: { sealed: 'x' } } };
    const flat = { subdomain: 'b', 'config.port': 25, 'appPlans.crm': 'Pro', plan: null };
    expect(await fieldsIn(`${JSON.stringify(row)}\r\n\n${JSON.stringify(flat)}`)).toEqual([
      { subdomain: 'a', apps: ['frappe'], 'config.port': 25, 'config.on': { sealed: 'x' } },
      { subdomain: 'b', 'config.port': 25, 'appPlans.crm': 'Pro' },
    ]);
  });

  it('tell each what is wrong with it, and nothing of what is in it', async () => {
    const text = ['{"subdomain":"a","plna":"b"}', '{"secret.pin":"007"', '[]', '{"plan":"c"}'];
    const rows = await rowsIn(text.join('\n'), 'jsonl');
    const unknown = expect.stringContaining('unknown column; known are') as string;
    expect(rows.map(({ problems }) => problems)).toEqual([
      [{ line: 1, column: 'plna', message: unknown }],
      [{ line: 2, message: 'not a JSON object' }],
      [{ line: 3, message: 'not a JSON object' }],
      [],
    ]);
  });

  it('may say nothing twice', async () => {
    const [row] = await rowsIn('{"config":{"a":1},"config.a":2}');
    expect(row?.problems).toEqual([{ line: 1, column: 'config.a', message: 'it is there twice' }]);
  });
});

describe('the format', () => {
  it('is told by the name', () => {
    const names = ['a.csv', 'A.CSV', 'a.jsonl', 'a.ndjson', 'a.txt', '-'];
    expect(names.map(formatOf)).toEqual(['csv', 'csv', 'jsonl', 'jsonl', null, null]);
  });

  it('is told by the text when the name does not', async () => {
    const texts = ['', ' \n', '{"subdomain":"a"}'];
    const pieces = async function* () {
      yield* texts;
    };
    expect(await collect(rowsOf(pieces(), null))).toMatchObject([{ line: 2 }]);
    expect(await collect(rowsOf(inPieces('subdomain\na\n'), null))).toHaveLength(1);
  });
});

describe('text', () => {
  const bytes = async function* (...pieces: readonly (readonly number[])[]) {
    for (const piece of pieces) yield Uint8Array.from(piece);
  };

  it('has no byte order mark, and characters may be cut', async () => {
    const text = await collect(utf8(bytes([0xef, 0xbb], [0xbf, 0x61, 0xc3], [0xbc])));
    expect(text.join('')).toBe('aü');
  });

  it('is refused where it is not UTF-8, with the line', async () => {
    const lines = [0x61, 0x0a, 0x61, 0x0a];
    await expect(collect(utf8(bytes(lines, [0x0a, 0xfc, 0x0a])))).rejects.toThrow(
      'line 4: not UTF-8 text',
    );
    await expect(collect(utf8(bytes([0x61, 0xc3])))).rejects.toThrow('line 1: not UTF-8');
  });
});
