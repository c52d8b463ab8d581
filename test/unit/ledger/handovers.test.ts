import { expect, it } from 'vitest';
import type { OpenOperation } from '../../../src/ledger/index.js';
import { onBothDatabases, opened, operation } from './fixture.js';

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const put = { operationId: 'op-1', label: 'login link', sealed: 'sealed-to-worker' };

onBothDatabases('hand-over store', (bench) => {
  it('hands a secret over to one of many claimants, again only to the same', async () => {
    const { ledger, another } = bench();
    await ledger.putHandover({ ...put, handle: 'h1', expiresAt: inAnHour() });
    const others = await Promise.all([another(), another()]);
    const claims = await Promise.all(
      [ledger, ...others, ledger, ...others].map((each, n) =>
        each.claimHandover('h1', `claim-${n}`, (sealed) => Promise.resolve(`${sealed}/${n}`)),
      ),
    );
    const won = claims.filter(({ status }) => status === 'claimed');
    expect(won).toHaveLength(1);
    expect(claims.filter(({ status }) => status === 'gone')).toHaveLength(5);

    const winner = claims.findIndex(({ status }) => status === 'claimed');
    const again = await ledger.claimHandover('h1', `claim-${winner}`, () =>
      Promise.reject(new Error('must not be sealed twice')),
    );
    expect(again).toEqual(won[0]);
    expect(await ledger.unclaimedHandovers()).toEqual([]);
  });

  it('shows what is stored to the one who stored it, until it is claimed or has expired', async () => {
    const { ledger } = bench();
    const expiresAt = inAnHour();
    expect(await ledger.getHandover('h5')).toBeNull();
    await ledger.putHandover({ ...put, handle: 'h5', expiresAt });
    const { sealed, ...about } = put;
    expect(await ledger.getHandover('h5')).toMatchObject({ ...about, sealed, expiresAt });
    await ledger.claimHandover('h5', 'a', () => Promise.resolve('sealed-to-claimant'));
    expect(await ledger.getHandover('h5')).toMatchObject({
      sealed: null,
      claimedAt: expect.any(String) as string,
    });
    const past = new Date(Date.now() - 1_000).toISOString();
    await ledger.putHandover({ ...put, handle: 'h6', expiresAt: past });
    expect(await ledger.getHandover('h6')).toMatchObject({ sealed: null, claimedAt: null });
  });

  it('drops those of one operation, or one of them, but nothing that was claimed', async () => {
    const { ledger } = bench();
    const stored = { ...put, expiresAt: inAnHour() };
    for (const handle of ['a1', 'a2', 'a3']) await ledger.putHandover({ ...stored, handle });
    await ledger.putHandover({ ...stored, handle: 'b1', operationId: 'op-2' });
    const handles = async () => (await ledger.unclaimedHandovers()).map(({ handle }) => handle);

    await ledger.discardHandovers({ handle: 'a1' });
    expect((await handles()).sort()).toEqual(['a2', 'a3', 'b1']);
    await ledger.claimHandover('a2', 'claim', (sealed) => Promise.resolve(sealed));
    await ledger.discardHandovers({ operationId: 'op-1' });
    expect(await handles()).toEqual(['b1']);
    expect(await ledger.getHandover('a2')).not.toBeNull();
  });

  it('tells of those of one site', async () => {
    const { ledger } = bench();
    const kinds = ['maplepress-register'] as const;
    const of = { account: 'main', site: 'shop.example.com', kinds };
    const open = (operationId: string, change: Partial<OpenOperation>) =>
      ledger.openOperation(operation(operationId, { ...of, kind: kinds[0], ...change }), opened);
    await open('op-ours', {});
    await open('op-elsewhere', { site: 'blog.example.com' });
    await open('op-other', { account: 'other' });
    await open('op-kind', { kind: 'provision' });
    for (const operationId of ['op-ours', 'op-elsewhere', 'op-other', 'op-kind', 'op-unknown']) {
      const handle = `of ${operationId}`;
      await ledger.putHandover({ ...put, handle, operationId, expiresAt: inAnHour() });
    }
    const found = await ledger.unclaimedHandovers(of);
    expect(found.map(({ handle }) => handle)).toEqual(['of op-ours']);
  });

  it('takes nothing when sealing for the claimant fails', async () => {
    const { ledger } = bench();
    await ledger.putHandover({ ...put, handle: 'h2', expiresAt: inAnHour() });
    await expect(
      ledger.claimHandover('h2', 'a', () => Promise.reject(new Error('bad key'))),
    ).rejects.toThrow('bad key');
    expect(await ledger.claimHandover('h2', 'b', (sealed) => Promise.resolve(sealed))).toEqual({
      status: 'claimed',
      sealed: 'sealed-to-worker',
    });
  });

  it('wipes what has expired, and reports it as unclaimed', async () => {
    const { ledger, sql } = bench();
    const past = new Date(Date.now() - 1_000).toISOString();
    await ledger.putHandover({ ...put, handle: 'h3', expiresAt: past });
    expect(await ledger.claimHandover('h3', 'a', (sealed) => Promise.resolve(sealed))).toEqual({
      status: 'expired',
    });
    expect(await ledger.unclaimedHandovers()).toMatchObject([{ handle: 'h3', claimedAt: null }]);
    expect(JSON.stringify(await sql('select * from handovers'))).not.toContain('sealed-to-worker');
  });

  it('knows nothing of other handles, and keeps the first put', async () => {
    const { ledger } = bench();
    expect(await ledger.claimHandover('nope', 'a', (sealed) => Promise.resolve(sealed))).toEqual({
      status: 'unknown',
    });
    await ledger.putHandover({ ...put, handle: 'h4', expiresAt: inAnHour() });
    await ledger.putHandover({ ...put, sealed: 'other', handle: 'h4', expiresAt: inAnHour() });
    expect(
      await ledger.claimHandover('h4', 'a', (sealed) => Promise.resolve(sealed)),
    ).toMatchObject({
      sealed: 'sealed-to-worker',
    });
  });
});
