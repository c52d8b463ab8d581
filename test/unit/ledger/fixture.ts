import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OperationResult } from '../../../src/domain/operations.js';
import {
  openLedger,
  type Ledger,
  type LedgerEvent,
  type OpenOperation,
} from '../../../src/ledger/index.js';
import { query, startPostgres, type TestPostgres } from '../../support/postgres.js';

/** One database, fresh for each test. */
interface Bench {
  readonly dialect: 'sqlite' | 'postgres';
  readonly url: string;
  readonly ledger: Ledger;
  /** The server's switch; null where there is none. */
  readonly power: TestPostgres['power'];
  /** Of another database, without tables. */
  readonly emptyUrl: () => Promise<string>;
  /** Another connection to the same database, as another process would have; closed for you. */
  readonly another: () => Promise<Ledger>;
  /** Past the ledger: for looking, and for tampering. */
  readonly sql: (text: string) => Promise<readonly unknown[]>;
}

type Suite = (bench: () => Bench) => void;

const server = await startPostgres();
afterAll(() => ('missing' in server ? undefined : server.dispose()));

/** Runs the suite on SQLite and, where a server can be had, on PostgreSQL. */
export function onBothDatabases(title: string, suite: Suite): void {
  onSqlite(title, suite);
  onPostgres(title, suite);
}

export function onSqlite(title: string, suite: Suite): void {
  describe(`${title} (sqlite)`, () => {
    const directories: string[] = [];
    afterAll(() => {
      for (const directory of directories) rmSync(directory, { recursive: true, force: true });
    });
    withBench(suite, 'sqlite', null, async () => {
      const directory = mkdtempSync(join(tmpdir(), 'sitewright-ledger-'));
      directories.push(directory);
      return `file:${join(directory, 'ledger.db')}`;
    });
  });
}

export function onPostgres(title: string, suite: Suite): void {
  describe(`${title} (postgres)`, () => {
    if ('missing' in server) {
      const notice = `PostgreSQL half NOT tested: ${server.missing}`;
      process.emitWarning(notice);
      it(notice, () => expect(server.missing).not.toBe(''));
      return;
    }
    withBench(suite, 'postgres', server.power, () => server.freshUrl());
  });
}

function withBench(
  suite: Suite,
  dialect: Bench['dialect'],
  power: TestPostgres['power'],
  freshUrl: () => Promise<string>,
): void {
  let current: Bench | null = null;
  let opened: Ledger[] = [];
  beforeEach(async () => {
    const url = await freshUrl();
    const another = async () => {
      const ledger = await openLedger({ url });
      opened.push(ledger);
      return ledger;
    };
    const sql = dialect === 'sqlite' ? sqliteShell(url) : (text: string) => query(url, text);
    current = { dialect, url, power, emptyUrl: freshUrl, another, sql, ledger: await another() };
  });
  afterEach(async () => {
    await Promise.all(opened.map((ledger) => ledger.close()));
    opened = [];
  });
  suite(() => {
    if (current === null) throw new Error('only inside a test');
    return current;
  });
}

function sqliteShell(url: string) {
  return async (text: string): Promise<readonly unknown[]> => {
    const database = new Libsql(url.replace('file:', ''));
    try {
      const statement = database.prepare<unknown[]>(text);
      return statement.reader ? statement.all() : [statement.run()];
    } finally {
      database.close();
    }
  };
}

/** Makes calls at once, spread over connections. */
export function atOnce<T>(
  count: number,
  ledgers: readonly [Ledger, ...Ledger[]],
  call: (ledger: Ledger, i: number) => Promise<T>,
): Promise<T[]> {
  const calls = Array.from({ length: count }, (_, i) =>
    call(ledgers[i % ledgers.length] ?? ledgers[0], i),
  );
  return Promise.all(calls);
}

export function operation(operationId: string, change: Partial<OpenOperation> = {}): OpenOperation {
  return {
    operationId,
    kind: 'provision',
    site: 'acme.example.com',
    account: 'main',
    requestedBy: 'crm',
    idempotencyKey: null,
    payloadHash: 'a'.repeat(64),
    reason: null,
    workflowId: `provision:acme.example.com:${operationId}`,
    runId: 'run-1',
    input: { plan: 'USD 10', apps: ['frappe'] },
    ...change,
  };
}

export function result(
  operationId: string,
  change: Partial<OperationResult> = {},
): OperationResult {
  return {
    operationId,
    kind: 'provision',
    site: 'acme.example.com',
    outcome: 'succeeded',
    exceptions: [],
    details: { plan: 'USD 10' },
    ...change,
  };
}

export const opened: LedgerEvent = { key: 'opened', type: 'operation.opened', data: { by: 'crm' } };
export const closed: LedgerEvent = { key: 'closed', type: 'operation.closed', data: {} };
export const event = (key: string, data: LedgerEvent['data'] = null): LedgerEvent => ({
  key,
  type: 'test',
  data,
});
