import { expect, it } from 'vitest';
import { printEvents } from '../../../src/cli/ledger-export.js';
import { event, onBothDatabases, opened, operation } from '../ledger/fixture.js';

onBothDatabases('the export of a whole ledger', (bench) => {
  it('goes through all operations, oldest first, a page at a time', async () => {
    const { ledger } = bench();
    const ids = ['e', 'd', 'c', 'b', 'a'];
    for (const id of ids) {
      await ledger.openOperation(operation(id, { site: `${id}.example.com` }), opened);
    }
    for (const pageSize of [1, 2, 5, 100]) {
      const found = [];
      for await (const id of ledger.operationIds(pageSize)) found.push(id);
      // Those of one millisecond come in the order of their ids.
      expect(found.toSorted()).toEqual(ids.toSorted());
      const times = await Promise.all(
        found.map(async (id) => (await ledger.getOperation(id))?.openedAt),
      );
      expect(times).toEqual(times.toSorted());
    }
  });

  it('has one heading, and is written in large pieces', async () => {
    const { ledger } = bench();
    const long = 'x'.repeat(1_000);
    for (const id of ['a', 'b']) {
      await ledger.openOperation(operation(id), opened);
      const events = Array.from({ length: 100 }, (_, n) => event(`${n}`, long));
      await ledger.record(id, { events });
    }
    const pieces: string[] = [];
    const out = { pour: async (text: string) => void pieces.push(text) };
    await printEvents(out, ledger, ledger.operationIds(), 'csv');
    const lines = pieces.join('').trimEnd().split('\n');
    expect(lines).toHaveLength(1 + 2 * 101);
    expect(lines.filter((line) => line.startsWith('operationId,'))).toHaveLength(1);
    expect(pieces.length).toBeLessThan(10);

    pieces.length = 0;
    await printEvents(out, ledger, ['b'], 'jsonl');
    expect(pieces.join('').trimEnd().split('\n')).toHaveLength(101);
  });
});
