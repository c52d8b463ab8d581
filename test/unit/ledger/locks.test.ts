import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Ledger, OperationClosed } from '../../../src/ledger/index.js';
import { atOnce, closed, onBothDatabases, opened, operation, result } from './fixture.js';

onBothDatabases('locks', (bench) => {
  const openAll = async (ledger: Ledger, ids: readonly string[]) => {
    for (const id of ids) await ledger.openOperation(operation(id), opened);
  };

  it('takes all resources or none, and names the holder', async () => {
    const { ledger } = bench();
    await openAll(ledger, ['a', 'b']);
    expect(await ledger.acquireLocks('a', ['site:x', 'group:g'])).toEqual({ acquired: true });
    const [lock] = await ledger.locks();
    expect(await ledger.acquireLocks('b', ['site:free', 'site:x'])).toEqual({
      acquired: false,
      resource: 'site:x',
      holder: {
        operationId: 'a',
        kind: 'provision',
        site: 'acme.example.com',
        since: lock?.since,
      },
    });
    expect((await ledger.locks()).map(({ resource }) => resource)).toEqual(['group:g', 'site:x']);
  });

  it('is re-entrant: what an operation holds it may ask for again, and more', async () => {
    const { ledger } = bench();
    await openAll(ledger, ['a']);
    await ledger.acquireLocks('a', ['site:x']);
    const before = await ledger.locks();
    expect(await ledger.acquireLocks('a', ['site:x', 'site:x'])).toEqual({ acquired: true });
    expect(await ledger.locks()).toEqual(before);
    expect(await ledger.acquireLocks('a', ['site:y', 'site:x'])).toEqual({ acquired: true });
    expect(await ledger.locks()).toHaveLength(2);
    expect(await ledger.acquireLocks('a', [])).toEqual({ acquired: true });
  });

  it('releases on demand and at the end, and never locks after the end', async () => {
    const { ledger } = bench();
    await openAll(ledger, ['a', 'b']);
    await ledger.acquireLocks('a', ['site:x']);
    await ledger.releaseLocks('a');
    expect(await ledger.acquireLocks('b', ['site:x'])).toEqual({ acquired: true });
    await ledger.closeOperation(result('b'), closed);
    expect(await ledger.acquireLocks('a', ['site:x'])).toEqual({ acquired: true });
    await expect(ledger.acquireLocks('b', ['site:y'])).rejects.toThrow(OperationClosed);
  });

  it('releases what is named, of its own only', async () => {
    const { ledger } = bench();
    await openAll(ledger, ['a', 'b']);
    await ledger.acquireLocks('a', ['site:x', 'transfer:x']);
    await ledger.acquireLocks('b', ['site:y']);
    await ledger.releaseLocks('a', ['site:x', 'site:y']);
    const held = (await ledger.locks()).map(({ resource }) => resource);
    expect(held.toSorted()).toEqual(['site:y', 'transfer:x']);
    await ledger.releaseLocks('a', []);
    expect(await ledger.locks()).toHaveLength(2);
  });

  it('lets exactly one of twenty win, with everything it asked for', async () => {
    const { ledger, another } = bench();
    const ledgers = [ledger, await another(), await another()] as const;
    const ids = Array.from({ length: 20 }, (_, i) => `op-${i}`);
    await openAll(ledger, ids);
    const wanted = ['site:x', 'group:g', 'subdomain:x'];
    const answers = await atOnce(20, ledgers, (one, i) => {
      const rotated = [...wanted.slice(i % 3), ...wanted.slice(0, i % 3)];
      return one.acquireLocks(`op-${i}`, rotated);
    });
    const winners = ids.filter((_, i) => answers[i]?.acquired);
    expect(winners).toHaveLength(1);
    const held = await ledger.locks();
    expect(held.map(({ operationId }) => operationId)).toEqual(Array(3).fill(winners[0]));
  });

  it('never gives one resource to two, however requests interleave', async () => {
    const { ledger, another } = bench();
    const second = await another();
    const ids = ['a', 'b', 'c', 'd'];
    await openAll(ledger, ids);
    const request = fc.record({
      id: fc.constantFrom(...ids),
      resources: fc.uniqueArray(fc.constantFrom('r1', 'r2', 'r3', 'r4'), { minLength: 1 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 2, maxLength: 8 }), async (requests) => {
        await Promise.all(ids.map((id) => ledger.releaseLocks(id)));
        const owned = new Map<string, string>();
        const answers = await Promise.all(
          requests.map(({ id, resources }, i) =>
            (i % 2 === 0 ? ledger : second).acquireLocks(id, resources),
          ),
        );
        for (const [i, { id, resources }] of requests.entries()) {
          if (!answers[i]?.acquired) continue;
          for (const resource of resources) {
            expect(owned.get(resource) ?? id).toBe(id);
            owned.set(resource, id);
          }
        }
        const held = await ledger.locks();
        expect(new Map(held.map((lock) => [lock.resource, lock.operationId]))).toEqual(owned);
      }),
      { numRuns: 40 },
    );
  });
});
