import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  LedgerTooNew,
  LedgerTooOld,
  LedgerUnavailable,
  openLedger,
} from '../../../src/ledger/index.js';
import { meaningOf } from '../../../src/ledger/database-errors.js';
import { event, onBothDatabases, onPostgres, onSqlite, opened, operation } from './fixture.js';

onBothDatabases('the schema', (bench) => {
  it('is made once when several processes start at once', async () => {
    const { emptyUrl } = bench();
    const url = await emptyUrl();
    const ledgers = await Promise.all(Array.from({ length: 6 }, () => openLedger({ url })));
    onTestFinished(async () => {
      await Promise.all(ledgers.map((ledger) => ledger.close()));
    });
    for (const ledger of ledgers) {
      expect(await ledger.health()).toMatchObject({ schemaVersion: 1, operations: 0 });
    }
  });

  it('keeps what is there when it is opened again', async () => {
    const { ledger, another } = bench();
    await ledger.openOperation(operation('op'), opened);
    expect(await (await another()).getOperation('op')).not.toBeNull();
  });

  it('is refused when a newer release has migrated it', async () => {
    const { another, sql } = bench();
    await sql(`insert into ledger_schema values (99, '2030-01-01')`);
    await expect(another()).rejects.toThrow(LedgerTooNew);
    await expect(another()).rejects.toThrow('schema version 99, this release knows 1');
  });

  it('is left as it is by those who only read', async () => {
    const { emptyUrl, url, sql } = bench();
    const empty = { url: await emptyUrl(), asItIs: true };
    await expect(openLedger(empty)).rejects.toThrow(LedgerTooOld);
    await expect(openLedger(empty)).rejects.toThrow('start a worker of this release once');
    const reading = await openLedger({ url, asItIs: true });
    onTestFinished(() => reading.close());
    expect(await reading.health()).toMatchObject({ operations: 0 });
    await sql(`insert into ledger_schema values (99, '2030-01-01')`);
    await expect(openLedger({ url, asItIs: true })).rejects.toThrow(LedgerTooNew);
  });
});

onPostgres('a database that goes away', (bench) => {
  it('is unavailable while it is down and works again when it is back', async ({ skip }) => {
    const { ledger, power, url } = bench();
    if (power === null) return skip('the server is not ours to stop');
    await ledger.openOperation(operation('op'), opened);
    await power.off();
    const failures = await Promise.allSettled([
      ledger.record('op', { events: [event('lost')] }),
      ledger.getOperation('op'),
      ledger.verify(),
      ledger.locks(),
      openLedger({ url: url.replace('sitewright@', 'sitewright:hunter2@') }),
    ]);
    for (const failure of failures) {
      expect(failure).toMatchObject({
        status: 'rejected',
        reason: expect.any(LedgerUnavailable) as Error,
      });
      const { message, cause } = (failure as PromiseRejectedResult).reason as Error;
      expect(message).not.toContain('hunter2');
      expect(cause).toBeInstanceOf(Error);
    }
    await power.on();
    await ledger.record('op', { events: [event('kept')] });
    expect((await ledger.events('op')).map(({ key }) => key)).toEqual(['opened', 'kept']);
  });

  it('survives the loss of every connection, idle or busy', async () => {
    const { ledger, sql } = bench();
    await ledger.openOperation(operation('op'), opened);
    const writes = Array.from({ length: 40 }, (_, i) =>
      ledger.record('op', { events: [event(`e${i}`)] }),
    );
    const outcomes = Promise.allSettled(writes);
    await sql(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = current_schema() and pid <> pg_backend_pid()`,
    );
    for (const outcome of await outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(LedgerUnavailable);
    }
    await vi.waitFor(() => ledger.record('op', { events: [event('after')] }), 20_000);
    expect(await ledger.verify()).toEqual([]);
  });

  it('tells a missing database from a broken address without quoting the URL', async () => {
    const { url } = bench();
    const missing = new URL(url);
    missing.pathname = '/nothing_here';
    await expect(openLedger({ url: missing.href })).rejects.toThrow('does not answer (3D000)');
  });
});

onSqlite('a file that another process holds', (bench) => {
  const holdOpen = (url: string) => {
    const other = new Libsql(url.replace('file:', ''));
    onTestFinished(() => {
      other.close();
    });
    other.exec('begin immediate');
    return other;
  };

  it('is waited for without stopping this process', async () => {
    const { ledger, url } = bench();
    await ledger.openOperation(operation('op'), opened);
    const other = holdOpen(url);
    let done = false;
    const write = ledger.record('op', { events: [event('a')] }).then(() => {
      done = true;
    });
    expect(await ledger.getOperation('op')).not.toBeNull();
    expect(done).toBe(false);
    other.exec('commit');
    await write;
    expect(await ledger.events('op')).toHaveLength(2);
  });

  it('is given up in the end', async () => {
    const { ledger, url } = bench();
    await ledger.openOperation(operation('op'), opened);
    holdOpen(url);
    vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValue(11_000);
    await expect(ledger.record('op', {})).rejects.toThrow(LedgerUnavailable);
  });
});

describe('a file that cannot be used', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sitewright-ledger-'));
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('is made with its directory when it is missing', async () => {
    const ledger = await openLedger({ url: join(directory, 'new', 'ledger.db') });
    expect(await ledger.health()).toMatchObject({ dialect: 'sqlite' });
    await ledger.close();
  });

  it('is unavailable when it cannot be opened', async () => {
    await expect(openLedger({ url: directory })).rejects.toThrow(LedgerUnavailable);
  });

  it('is a plain error when it is something else', async () => {
    const path = join(directory, 'letter.txt');
    writeFileSync(path, 'Dear database, '.repeat(100));
    await expect(openLedger({ url: path })).rejects.toMatchObject({ code: 'SQLITE_NOTADB' });
  });
});

describe('meaningOf', () => {
  const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });

  it.each([
    ['40001', 'contention'],
    ['40P01', 'contention'],
    ['SQLITE_BUSY_SNAPSHOT', 'contention'],
    ['08006', 'unavailable'],
    ['57P01', 'unavailable'],
    ['53300', 'unavailable'],
    ['28P01', 'unavailable'],
    ['25006', 'unavailable'],
    ['ECONNREFUSED', 'unavailable'],
    ['SQLITE_IOERR_WRITE', 'unavailable'],
    ['SQLITE_FULL', 'unavailable'],
    ['23505', 'other'],
    ['42P01', 'other'],
    ['SQLITE_CORRUPT', 'other'],
    ['SQLITE_CONSTRAINT_PRIMARYKEY', 'other'],
  ])('takes %s for %s', (code, meaning) => {
    expect(meaningOf(coded(code))).toBe(meaning);
  });

  it('knows the errors of pg that carry no code', () => {
    expect(meaningOf(new Error('Connection terminated unexpectedly'))).toBe('unavailable');
    expect(meaningOf(new Error('Query read timeout'))).toBe('unavailable');
    expect(meaningOf(new TypeError('x is not a function'))).toBe('other');
    expect(meaningOf('text')).toBe('other');
  });
});
