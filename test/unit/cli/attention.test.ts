import { expect, it } from 'vitest';
import type { OperationSummary } from '../../../src/client.js';
import { attentionInLedger, together } from '../../../src/cli/attention.js';
import { event, onBothDatabases, opened, operation } from '../ledger/fixture.js';

onBothDatabases('operations that need attention', (bench) => {
  const alarm = { ...event('alarm/terminated/run-1/false'), type: 'operation.alarm' };

  it('are found in the ledger when their run is gone', async () => {
    const { ledger } = bench();
    for (const id of ['fine', 'lost', 'asking', 'elsewhere']) {
      await ledger.openOperation(
        operation(id, { account: id === 'elsewhere' ? 'other' : 'main' }),
        opened,
      );
    }
    await ledger.record('lost', { state: 'running', needsAttention: true, events: [alarm] });
    await ledger.record('elsewhere', { state: 'running', needsAttention: true, events: [alarm] });
    await ledger.record('asking', { state: 'waiting_approval', needsAttention: true });
    const found = await attentionInLedger(ledger, { account: 'main' }, (id) => `ui/${id}`);
    expect(found.map(({ operationId, state }) => [operationId, state])).toEqual([
      ['asking', 'waiting_approval'],
      ['lost', 'needs_human'],
    ]);
    const [raised] = (await ledger.events('lost')).slice(-1);
    expect(found[1]).toMatchObject({ since: raised?.at, link: `ui/${found[1]?.workflowId}` });
    const asked = await attentionInLedger(ledger, { state: 'needs_human' }, () => null);
    expect(asked.map(({ operationId }) => operationId)).toEqual(['elsewhere', 'lost']);
  });
});

it('lists what two lists know once, the newest first', () => {
  const one = (operationId: string, startedAt: string, site = 'a') =>
    ({ operationId, startedAt, site }) as OperationSummary;
  const listed = [one('a', '2026-01-03'), one('b', '2026-01-01')];
  expect(together(listed, [one('c', '2026-01-02'), one('a', '2026-01-03', 'b')])).toEqual([
    one('a', '2026-01-03'),
    one('c', '2026-01-02'),
    one('b', '2026-01-01'),
  ]);
});
