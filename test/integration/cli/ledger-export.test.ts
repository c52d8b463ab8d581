import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLedger } from '../../../src/ledger/index.js';
import { run, startSitewright } from './support.js';

const OPERATIONS = 20;
const EVENTS = 100;

let folder: string;
let env: Readonly<Record<string, string>>;

/** A ledger of some megabytes: much more than a pipe holds. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-export-'));
  const url = `file:${path.join(folder, 'ledger.db')}`;
  env = { SITEWRIGHT_DATA_DIR: folder, DATABASE_URL: url };
  const ledger = await openLedger({ url });
  const events = Array.from({ length: EVENTS }, (_, n) => ({
    ...{ key: `entry-${n}`, type: 'test' },
    data: 'x'.repeat(2_000),
  }));
  for (let n = 0; n < OPERATIONS; n += 1) {
    const operationId = `operation-${n}`;
    const site = `shop-${n}.example.com`;
    const opened = { key: 'opened', type: 'operation.opened', data: {} };
    await ledger.openOperation(
      {
        ...{ operationId, site, kind: 'provision', account: 'main', requestedBy: 'ops' },
        ...{ idempotencyKey: null, payloadHash: 'a'.repeat(64), reason: null, input: {} },
        ...{ workflowId: `provision:${site}:${operationId}`, runId: 'run-1' },
      },
      opened,
    );
    await ledger.record(operationId, { events });
  }
  await ledger.close();
});
afterAll(() => rm(folder, { recursive: true }));

it('prints every entry of all operations, or of one', async () => {
  const all = await run(['ledger', '--export', 'jsonl'], env);
  expect(all).toMatchObject({ code: 0, stderr: '' });
  expect(all.stdout.trimEnd().split('\n')).toHaveLength(OPERATIONS * (EVENTS + 1));

  const one = await run(['ledger', 'shop-7.example.com', '--export', 'csv'], env);
  expect(one.stdout.trimEnd().split('\n')).toHaveLength(EVENTS + 2);
});

it.each([
  ['all operations', []],
  ['one', ['shop-7.example.com']],
])('ends quietly when nobody reads on: %s', async (_, name) => {
  const child = startSitewright(['ledger', ...name, '--export', 'jsonl'], env);
  const said = text(child.stderr);
  await once(child.stdout, 'data');
  child.stdout.destroy();
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(await said).toBe('');
});
