import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type Finished,
  type RunningStack,
  startCompiledStack,
  startSitewright,
} from './support.js';

const OPTIONS = ['--plan', 'USD 25', '--apps', 'frappe', '--version', 'Version 15'];

let stack: RunningStack;
let folder: string;
beforeAll(async () => {
  stack = await startCompiledStack();
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-batch-'));
});
afterAll(async () => {
  await stack.close();
  await rm(folder, { recursive: true });
});

async function fileWith(name: string, ...lines: readonly string[]): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, lines.map((line) => `${line}\r\n`).join(''));
  return file;
}

/** What `--json` has printed, a document per line; rows in the order of their lines. */
function documentsOf({ stdout }: Finished) {
  const documents = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const rows = documents.filter(({ type }) => type === 'row');
  rows.sort((a, b) => Number(a['line']) - Number(b['line']));
  return { rows, summary: documents.at(-1) };
}

const provision = (file: string, ...more: readonly string[]) =>
  stack.sitewright('provision', '--file', file, ...OPTIONS, ...more);

const listed = async (subdomain: string) =>
  (await stack.sitewright('list', '--site', `${subdomain}.${stack.record.domain}`, '--json'))
    .stdout;

describe('a batch', () => {
  it('provisions a site per row, and starts nothing when it is run again', async () => {
    const file = await fileWith(
      'three.csv',
      'subdomain,plan,apps,config.currency,secret.mail_password',
      'one-shop,,,EUR,',
      'two-shop,USD 10,frappe;erpnext,,',
      'three-shop,,,,"hush, hush"',
    );
    const first = await provision(file, '--wait', '--json');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const { rows, summary } = documentsOf(first);
    const ended = { type: 'row', started: true, outcome: 'succeeded' };
    expect(rows).toMatchObject([
      { ...ended, line: 2, subdomain: 'one-shop' },
      { ...ended, line: 3, subdomain: 'two-shop' },
      { ...ended, line: 4, subdomain: 'three-shop' },
    ]);
    expect(summary).toMatchObject({
      ...{ type: 'summary', rows: 3, started: 3, exitCode: 0, stopped: null },
      outcomes: { succeeded: 3 },
    });

    const again = await provision(file, '--wait', '--json');
    expect(again.code).toBe(0);
    const { rows: known, summary: total } = documentsOf(again);
    expect(known.map(({ operationId }) => operationId)).toEqual(
      rows.map(({ operationId }) => operationId),
    );
    expect(total).toMatchObject({ started: 0, alreadyStarted: 3, outcomes: { succeeded: 3 } });
    expect((await provision(file)).stdout).toContain('3 rows · 3 already started');
  });

  it('keeps secrets to itself', async () => {
    const site = `three-shop.${stack.record.domain}`;
    const { stdout } = await stack.sitewright('ledger', site, '--export', 'jsonl');
    expect(stdout).toContain('mail_password');
    expect(stdout).not.toContain('hush');
  });

  it('is not started when one of its rows is wrong', async () => {
    const file = await fileWith(
      'wrong.csv',
      'subdomain,plan,apps',
      'right-shop,,',
      'Wrong Shop,,erpnext',
      '"right-shop","USD 10",frappe',
    );
    const refused = await provision(file);
    expect(refused).toMatchObject({ code: 64, stdout: '' });
    expect(refused.stderr).toContain('Cannot start: wrong.csv has 3 problems, nothing was sent');
    expect(refused.stderr).toMatch(/line 3 {2}subdomain {2}"Wrong Shop": only .* "wrong-shop"/);
    expect(refused.stderr).toMatch(/line 3 {2}apps {7}the first app must be frappe/);
    expect(refused.stderr).toMatch(/line 4 {2}subdomain {2}right-shop\..* is in line 2, too/);
    expect(await listed('right-shop')).toBe('');

    const { stdout } = await provision(await fileWith('typo.csv', 'subdomain,plna'), '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      error: { name: 'InvalidBatch', problems: [{ line: 1, column: 'plna' }] },
    });
  });

  it('stops after as many failures as it may have, and goes on when it is run again', async () => {
    const file = await fileWith('stops.csv', 'subdomain,plan', 'refused-shop,USD 7', 'late-shop,');
    const carefully = ['--wait', '--json', '--stop-after', '1', '--concurrency', '1'];
    const stopped = await provision(file, ...carefully);
    expect(stopped.code).toBe(11);
    expect(documentsOf(stopped)).toMatchObject({
      rows: [{ line: 2, outcome: 'refused', reason: expect.stringContaining('USD 7') as string }],
      summary: { stopped: { because: 'failures', afterLine: 2 }, exitCode: 11 },
    });
    expect(await listed('late-shop')).toBe('');

    const again = await provision(file, ...carefully);
    expect(documentsOf(again)).toMatchObject({
      rows: [
        { line: 2, started: false, outcome: 'refused' },
        { line: 3, started: true, outcome: 'succeeded' },
      ],
      summary: { stopped: null, started: 1, alreadyStarted: 1, exitCode: 11 },
    });
  });

  it('is left by Ctrl-C when what is under way has ended, and says where', async () => {
    const file = await fileWith('left.csv', 'subdomain', 'left-shop', 'next-shop');
    const args = ['provision', '--file', file, ...OPTIONS, '--wait', '--concurrency', '1'];
    const child = startSitewright(args, { SITEWRIGHT_DATA_DIR: stack.dataDir });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await vi.waitFor(async () => expect(await listed('left-shop')).not.toBe(''), {
      timeout: 30_000,
    });
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
    expect(said).toContain('stopping: nothing more is started');
    expect(said).toMatch(/line 2 {2}left-shop +SUCCEEDED/);
    expect(said).toContain('no row behind line 2 was started');
    expect(await listed('next-shop')).toBe('');
  });
});

describe('a batch on standard input', () => {
  it('is looked at row by row', async () => {
    const input = [
      { subdomain: 'piped-shop', apps: ['frappe'], config: { port: 25 } },
      { subdomain: 'Piped Shop' },
      { subdomain: 'other-shop', plna: 'USD 10' },
      { subdomain: 'second-shop', plan: 'USD 10' },
    ];
    const text = input.map((row) => `${JSON.stringify(row)}\n`).join('');
    const args = ['provision', '--file', '-', ...OPTIONS, '--json'];
    const done = await stack.feed(text, ...args);
    expect(done).toMatchObject({ code: 64, stderr: '' });
    const wrong = { started: false, error: { name: 'InvalidInput' } };
    expect(documentsOf(done)).toMatchObject({
      rows: [
        { line: 1, subdomain: 'piped-shop', started: true },
        { ...wrong, line: 2 },
        { ...wrong, line: 3 },
        { line: 4, subdomain: 'second-shop', started: true },
      ],
      summary: { rows: 4, started: 2, errors: 2, outcomes: {}, exitCode: 64 },
    });
    const again = await stack.feed(text, ...args);
    expect(documentsOf(again).summary).toMatchObject({ started: 0, alreadyStarted: 2, errors: 2 });
  });

  it('is not started under a heading nobody understands', async () => {
    const refused = await stack.feed('subdomain;plan\nx;y\n', 'provision', '--file', '-');
    expect(refused.code).toBe(64);
    expect(refused.stderr).toContain('standard input has 1 problem, nothing was sent');
  });
});
