import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { OperationStatus, OperationSummary } from '../../../src/client.js';
import { connectClient } from '../../../src/temporal/connection.js';
import { type RunningStack, startCompiledStack, startSitewright } from './support.js';

const APPS = ['--apps', 'frappe,erpnext', '--version', 'Version 15'];
const SMALL = ['--plan', 'USD 25', ...APPS];
/** A command takes a second, and others are busy, too. */
const PATIENTLY = { timeout: 30_000 };
/** The embedded policy lets nobody have this plan without an operator. */
const LARGE = ['--plan', 'USD 100', ...APPS];

let stack: RunningStack;
beforeAll(async () => {
  stack = await startCompiledStack();
});
afterAll(() => stack.close());

const site = (subdomain: string) => `${subdomain}.${stack.record.domain}`;

describe('provision', () => {
  it('waits, answers one JSON document and exits with 0', async () => {
    const { code, value } = await stack.json<{
      state: string;
      link: string;
      result: { outcome: string; details: { address: string } };
    }>('provision', 'waited-shop', ...SMALL, '--wait');
    expect(code).toBe(0);
    expect(value).toMatchObject({
      state: 'succeeded',
      result: { outcome: 'succeeded', details: { address: `https://${site('waited-shop')}` } },
    });
    expect(value.link).toContain(`${stack.record.uiUrl}/namespaces/`);
  });

  it('is the same operation again with the same key, and a conflict with another input', async () => {
    const keyed = ['--key', 'order-4711', '--if-busy', 'refuse'];
    const first = await stack.json<{ operationId: string; started: boolean }>(
      ...['provision', 'keyed-shop', ...LARGE, ...keyed],
    );
    const again = await stack.json<{ operationId: string; started: boolean }>(
      ...['provision', 'keyed-shop', ...LARGE, ...keyed],
    );
    expect(first.value.started).toBe(true);
    expect(again.value).toMatchObject({ operationId: first.value.operationId, started: false });

    const other = await stack.json<{ error: { name: string } }>(
      ...['provision', 'keyed-shop', ...SMALL, ...keyed],
    );
    expect(other).toMatchObject({ code: 75, value: { error: { name: 'IdempotencyConflict' } } });
  });

  it('is left running by Ctrl-C, which says how to look again', async () => {
    const args = ['provision', 'left-shop', ...SMALL, '--wait'];
    const child = startSitewright(args, { SITEWRIGHT_DATA_DIR: stack.dataDir });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await vi.waitFor(() => expect(said).toContain('RUNNING'), { timeout: 30_000, interval: 20 });
    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).toBe(130);
    expect(said).toContain(`look again: npx sitewright watch ${site('left-shop')} --operation`);

    expect(await stack.sitewright('watch', site('left-shop'))).toMatchObject({ code: 0 });
  });

  it('exits with 11 and the check that stood in the way when it is refused', async () => {
    const refused = await stack.sitewright('plan', 'no-plan-shop', '--plan', 'USD 7', ...APPS);
    expect(refused.code).toBe(11);
    expect(refused.stdout).toContain('✗ plan: "USD 7" is not a plan of this account');
  });

  it('shows in a plan what it would do, and the command that does it', async () => {
    const planned = await stack.sitewright('plan', 'planned-shop', ...LARGE);
    expect(planned.code).toBe(0);
    expect(planned.stdout).toContain('1  create (undo: archive the half-made site)');
    expect(planned.stdout).toContain('needed: 1 operator (policy: provision on larger plans)');
    expect(planned.stdout).toContain('start it      npx sitewright provision planned-shop --plan');
  });
});

describe('an operation that needs approval', () => {
  let operationId: string;
  const on = () => [site('approved-shop'), '--operation', operationId];

  it('waits, and is found by list and status', async () => {
    const started = await stack.json<{ operationId: string; state: string }>(
      ...['provision', 'approved-shop', ...LARGE, '--by', 'sales'],
    );
    expect(started).toMatchObject({ code: 0, value: { state: 'waiting_approval' } });
    operationId = started.value.operationId;

    const listed = await vi.waitFor(async () => {
      const { stdout } = await stack.sitewright('list', '--state', 'waiting_approval', '--json');
      const lines = stdout.trim().split('\n');
      const found = lines
        .map((line) => JSON.parse(line) as OperationSummary)
        .find((operation) => operation.operationId === operationId);
      return found ?? expect.fail('it is not listed yet');
    }, PATIENTLY);
    expect(listed).toMatchObject({ site: site('approved-shop'), waitingFor: ['operator'] });
    const { stdout } = await stack.sitewright('status', 'approved-shop');
    expect(stdout).toContain('WAITING FOR APPROVAL');
    expect(stdout).toContain(`npx sitewright approve ${on().join(' ')} --reason "…"`);
  });

  it('prints what the signal form of the UI takes', async () => {
    const status = await stack.json<OperationStatus>('status', ...on());
    const args = ['approve', ...on(), '--reason', 'sold', '--by', 'jane', '--print'];
    const { code, stdout } = await stack.sitewright(...args);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      operationId,
      planHash: status.value.plan?.hash,
      by: 'jane',
      reason: 'sold',
    });
  });

  it('is not approved by whoever asked, nor under another site', async () => {
    const own = await stack.json('approve', ...on(), '--reason', 'please', '--by', 'sales');
    expect(own).toEqual({
      code: 11,
      value: { accepted: false, reason: 'nobody approves their own request' },
    });
    const other = ['approve', site('waited-shop'), '--operation', operationId];
    expect(await stack.sitewright(...other, '--reason', 'x')).toMatchObject({ code: 66 });
  });

  it('goes on once it is approved, and its ledger is whole', async () => {
    const approved = await stack.sitewright('approve', ...on(), '--reason', 'sold');
    expect(approved).toMatchObject({ code: 0 });
    const watched = await stack.sitewright('watch', ...on(), '--json');
    expect(watched.code).toBe(0);
    const last = watched.stdout.trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({ operationId, result: { outcome: 'succeeded' } });

    const ledger = await stack.sitewright('ledger', ...on(), '--verify');
    expect(ledger.code).toBe(0);
    expect(ledger.stdout).toContain('approve by tester (UNVERIFIED), counts: sold');
    expect(ledger.stdout).toContain('✓ the chains of 1 operation are whole');
    const { stdout } = await stack.sitewright('ledger', ...on(), '--export', 'csv');
    expect(stdout.split('\n')[0]).toBe('operationId,sequence,at,key,type,data,previousHash,hash');
  });

  it('ends with 12 when it is rejected', async () => {
    await stack.json('provision', 'rejected-shop', ...LARGE);
    const no = await stack.sitewright('reject', site('rejected-shop'), '--reason', 'not sold');
    expect(no.code).toBe(0);
    expect(await stack.sitewright('watch', site('rejected-shop'))).toMatchObject({ code: 12 });
  });
});

describe('steering', () => {
  it('holds, resumes and cancels', async () => {
    await stack.json('provision', 'steered-shop', ...LARGE, '--by', 'sales');
    const name = site('steered-shop');
    expect(await stack.sitewright('hold', name, '--reason', 'lunch')).toMatchObject({ code: 0 });
    await stack.sitewright('approve', name, '--reason', 'sold');
    await vi.waitFor(async () => {
      expect((await stack.sitewright('status', name)).stdout).toContain('held by tester: lunch');
    }, PATIENTLY);
    expect(await stack.sitewright('resume', name)).toMatchObject({ code: 0 });
    expect(await stack.sitewright('cancel', name, '--reason', 'changed mind')).toMatchObject({
      code: 0,
    });
    const watched = await stack.sitewright('watch', name);
    expect(watched.code).toBe(14);
    expect(watched.stdout).toContain('cancelled by tester: changed mind');
  });

  it('says which choices there are when a resolution does not fit', async () => {
    const resolve = ['resolve', site('waited-shop'), 'retry', '--reason', 'why not'];
    expect(await stack.sitewright(...resolve)).toMatchObject({ code: 11 });
  });
});

describe('an operation whose run was terminated', () => {
  it('is among those to look at, as soon as the reconciler has seen it', async () => {
    const { value } = await stack.json<{ operationId: string; workflowId: string }>(
      ...['provision', 'ended-shop', ...LARGE],
    );
    const { client, connection } = await connectClient({ address: stack.record.temporalAddress });
    await client.workflow.getHandle(value.workflowId).terminate('by mistake');
    const workflowId = `reconcile-${randomUUID()}`;
    await client.workflow.start('reconcile', { workflowId, taskQueue: 'sitewright', args: [] });
    await connection.close();

    await vi.waitFor(async () => {
      const { stdout } = await stack.sitewright('list', '--attention', '--json');
      const found = stdout.split('\n').find((line) => line.includes(value.operationId));
      expect(JSON.parse(found ?? '{}')).toMatchObject({
        site: site('ended-shop'),
        state: 'needs_human',
        needsAttention: true,
      });
    }, PATIENTLY);
  });
});

describe('looking for what is not there', () => {
  it('exits with 66', async () => {
    const unknown = await stack.json<{ error: { name: string } }>('status', 'nobody.example.com');
    expect(unknown).toMatchObject({ code: 66, value: { error: { name: 'NotFound' } } });
    expect(await stack.sitewright('ledger', 'nobody.example.com')).toMatchObject({ code: 66 });
  });
});
