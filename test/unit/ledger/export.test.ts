import { expect, it } from 'vitest';
import { canonicalJson, exportEvents } from '../../../src/ledger/index.js';
import { event, onBothDatabases, opened, operation } from './fixture.js';

onBothDatabases('the export', (bench) => {
  const collect = async (lines: AsyncIterable<string>) => {
    let text = '';
    for await (const line of lines) text += line;
    return text;
  };

  it('gives the events of a site as JSONL, oldest operation first', async () => {
    const { ledger } = bench();
    for (const id of ['a', 'b']) await ledger.openOperation(operation(id), opened);
    await ledger.openOperation(operation('c', { site: 'other.example.com' }), opened);
    const text = await collect(exportEvents(ledger, { site: 'acme.example.com' }, 'jsonl'));
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([...(await ledger.events('a')), ...(await ledger.events('b'))]);
  });

  it('quotes what CSV needs quoted', async () => {
    const { ledger } = bench();
    await ledger.openOperation(operation('a'), opened);
    await ledger.record('a', { events: [event('says "hi", twice', 'line\nbreak')] });
    const text = await collect(exportEvents(ledger, { operationId: 'a' }, 'csv'));
    const [header, , second] = text.split('\n');
    expect(header).toBe('operationId,sequence,at,key,type,data,previousHash,hash');
    expect(second).toMatch(/^a,2,[^,]+,"says ""hi"", twice",test,"""line\\nbreak""",[0-9a-f]{64},/);
  });
});

it('canonical JSON does not depend on the order of members', () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'ü', u: undefined })).toBe(
    '{"a":"ü","b":[{"c":null,"d":1}]}',
  );
  expect(canonicalJson(undefined)).toBe('null');
});
