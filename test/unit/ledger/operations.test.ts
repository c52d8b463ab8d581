import { expect, it } from 'vitest';
import { UnknownOperation } from '../../../src/ledger/index.js';
import { atOnce, closed, event, onBothDatabases, opened, operation, result } from './fixture.js';

onBothDatabases('opening an operation', (bench) => {
  it('opens it once, however often the same run asks', async () => {
    const { ledger } = bench();
    expect(await ledger.openOperation(operation('op'), opened)).toEqual({ status: 'opened' });
    expect(await ledger.openOperation(operation('op'), opened)).toEqual({ status: 'opened' });
    expect(await ledger.events('op')).toHaveLength(1);
    expect(await ledger.getOperation('op')).toMatchObject({
      ...operation('op'),
      state: 'preflight',
      needsAttention: false,
      closedAt: null,
      result: null,
    });
  });

  it('opens it once when twenty processes ask at once', async () => {
    const { ledger, another } = bench();
    const ledgers = [ledger, await another(), await another()] as const;
    const answers = await atOnce(20, ledgers, (one) => one.openOperation(operation('op'), opened));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set(['opened']));
    expect(await ledger.events('op')).toHaveLength(1);
  });

  it('reopens it for another run, and says so again when that run repeats', async () => {
    const { ledger } = bench();
    await ledger.openOperation(operation('op'), opened);
    const again = operation('op', { runId: 'run-2' });
    const reopened = { status: 'reopened', previousRunId: 'run-1' };
    expect(await ledger.openOperation(again, opened)).toEqual(reopened);
    expect(await ledger.openOperation(again, opened)).toEqual(reopened);
    expect(await ledger.getOperation('op')).toMatchObject({ runId: 'run-2' });
    expect((await ledger.events('op')).map(({ key }) => key)).toEqual(['opened', 'opened#2']);
  });

  it('answers the recorded result of a closed one to the same payload only', async () => {
    const { ledger } = bench();
    await ledger.openOperation(operation('op'), opened);
    await ledger.closeOperation(result('op'), closed);
    expect(await ledger.openOperation(operation('op', { runId: 'run-9' }), opened)).toEqual({
      status: 'closed',
      result: result('op'),
    });
    expect(
      await ledger.openOperation(operation('op', { payloadHash: 'b'.repeat(64) }), opened),
    ).toEqual({ status: 'conflict', operationId: 'op' });
  });

  it('refuses another payload for an open one', async () => {
    const { ledger } = bench();
    await ledger.openOperation(operation('op'), opened);
    const changed = operation('op', { runId: 'run-2', payloadHash: 'b'.repeat(64) });
    expect(await ledger.openOperation(changed, opened)).toEqual({
      status: 'conflict',
      operationId: 'op',
    });
    expect(await ledger.getOperation('op')).toMatchObject({ runId: 'run-1' });
  });

  it('holds an idempotency key against other operation ids of the same requester', async () => {
    const { ledger } = bench();
    const first = operation('op', { idempotencyKey: 'order 7' });
    await ledger.openOperation(first, opened);
    const second = { ...first, operationId: 'op-2' };
    const conflict = { status: 'conflict', operationId: 'op' };
    expect(await ledger.openOperation(second, opened)).toEqual(conflict);
    await ledger.closeOperation(result('op'), closed);
    expect(await ledger.openOperation(second, opened)).toEqual({
      status: 'closed',
      result: result('op'),
    });
    const changed = { ...second, payloadHash: 'b'.repeat(64) };
    expect(await ledger.openOperation(changed, opened)).toEqual(conflict);
    expect(await ledger.getOperation('op-2')).toBeNull();
  });

  it('lets one of many operation ids have a key when all ask at once', async () => {
    const { ledger, another } = bench();
    const ledgers = [ledger, await another()] as const;
    const answers = await atOnce(12, ledgers, (one, i) =>
      one.openOperation(operation(`op-${i}`, { idempotencyKey: 'order 7' }), opened),
    );
    expect(answers.filter((answer) => answer.status === 'opened')).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 'conflict')).toHaveLength(11);
  });

  it('keeps the keys of different requesters, and operations without a key, apart', async () => {
    const { ledger } = bench();
    const answers = [
      await ledger.openOperation(operation('a', { idempotencyKey: 'k' }), opened),
      await ledger.openOperation(
        operation('b', { idempotencyKey: 'k', requestedBy: 'erp' }),
        opened,
      ),
      await ledger.openOperation(operation('c'), opened),
      await ledger.openOperation(operation('d'), opened),
    ];
    expect(answers.map(({ status }) => status)).toEqual(Array(4).fill('opened'));
  });

  it('takes text that a database would not', async () => {
    const { ledger } = bench();
    await ledger.openOperation(operation('op', { reason: 'nul \0 and \ud800' }), {
      ...opened,
      key: 'nul \0 \ud800',
      data: { text: 'nul \0 and \ud800 and "quotes" – ü 🙂' },
    });
    expect(await ledger.getOperation('op')).toMatchObject({ reason: 'nul \ufffd and \ufffd' });
    expect(await ledger.verify('op')).toEqual([]);
  });
});

onBothDatabases('the record of an operation', (bench) => {
  it('moves the projection together with its events', async () => {
    const { ledger } = bench();
    await ledger.openOperation(operation('op'), opened);
    await ledger.record('op', { state: 'running', needsAttention: true, events: [event('a')] });
    await ledger.record('op', { site: 'new.example.com', events: [event('a'), event('b')] });
    expect(await ledger.getOperation('op')).toMatchObject({
      state: 'running',
      needsAttention: true,
      site: 'new.example.com',
    });
    expect((await ledger.events('op')).map(({ key }) => key)).toEqual(['opened', 'a', 'b']);
  });

  it('closes once: result, state and locks together, and nothing moves afterwards', async () => {
    const { ledger } = bench();
    await ledger.openOperation(operation('op'), opened);
    await ledger.acquireLocks('op', ['site:acme']);
    await ledger.record('op', { needsAttention: true });
    await ledger.closeOperation(result('op'), closed);
    await ledger.closeOperation(result('op', { outcome: 'abandoned' }), {
      ...closed,
      key: 'again',
    });
    await ledger.record('op', { state: 'running', events: [event('late')] });

    expect(await ledger.getOperation('op')).toMatchObject({
      state: 'succeeded',
      needsAttention: false,
      closedAt: expect.any(String) as string,
      result: result('op'),
    });
    expect(await ledger.locks()).toEqual([]);
    expect((await ledger.events('op')).map(({ key }) => key)).toEqual(['opened', 'closed', 'late']);
    expect(await ledger.verify()).toEqual([]);
  });

  it('finds operations, newest first', async () => {
    const { ledger } = bench();
    for (const id of ['a', 'b', 'c']) await ledger.openOperation(operation(id), opened);
    await ledger.openOperation(operation('d', { site: 'other.example.com' }), opened);
    await ledger.closeOperation(result('b'), closed);
    const ids = async (filter: Parameters<typeof ledger.findOperations>[0]) =>
      (await ledger.findOperations(filter)).map(({ operationId }) => operationId);
    expect(await ids({})).toEqual(['d', 'c', 'b', 'a']);
    expect(await ids({ site: 'acme.example.com', open: true })).toEqual(['c', 'a']);
    expect(await ids({ open: false })).toEqual(['b']);
    expect(await ids({ limit: 2 })).toEqual(['d', 'c']);
    await ledger.record('c', { needsAttention: true });
    expect(await ids({ needsAttention: true })).toEqual(['c']);
    expect(await ids({ needsAttention: false, open: true })).toEqual(['d', 'a']);
    expect(await ledger.health()).toMatchObject({ operations: 4, open: 3, schemaVersion: 1 });
  });

  it('tells which of many events are recorded', async () => {
    const { ledger } = bench();
    for (const id of ['a', 'b']) await ledger.openOperation(operation(id), opened);
    await ledger.record('a', { events: [event('told')] });
    await ledger.record('b', { events: [event('other')] });
    const unknown = Array.from({ length: 900 }, (_, n) => ({ operationId: `x${n}`, key: 'told' }));
    const asked = [
      { operationId: 'b', key: 'told' },
      ...unknown,
      { operationId: 'a', key: 'told' },
      { operationId: 'b', key: 'other' },
    ];
    expect([...(await ledger.recorded(asked))]).toEqual(asked.slice(-2));
    expect(await ledger.recorded([])).toEqual(new Set());
  });

  it('says so when it does not know an operation', async () => {
    const { ledger } = bench();
    await expect(ledger.record('nobody', { state: 'running' })).rejects.toThrow(UnknownOperation);
    await expect(ledger.closeOperation(result('nobody'), closed)).rejects.toThrow(UnknownOperation);
    await expect(ledger.verify('nobody')).rejects.toThrow(UnknownOperation);
    expect(await ledger.getOperation('nobody')).toBeNull();
    expect(await ledger.events('nobody')).toEqual([]);
  });
});
