import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationResult } from '../../../src/client.js';
import { type RunningStack, startCompiledStack } from './support.js';

const WHOLE = ['--plan', 'USD 25', '--apps', 'frappe,erpnext', '--version', 'Version 15'];

describe('sitewright claim', () => {
  let stack: RunningStack;
  beforeAll(async () => {
    stack = await startCompiledStack();
  });
  afterAll(() => stack.close());

  it('prints the value alone, once; doctor counts what still waits', async () => {
    const wanted = ['--hand-over', 'login_link,administrator_password', '--wait'];
    const done = await stack.sitewright('provision', 'hand-over-one', ...WHOLE, ...wanted);
    expect(done).toMatchObject({ code: 0, stderr: '' });
    const claims = [...done.stdout.matchAll(/(.+), once: npx sitewright claim ([0-9a-f]{32})/g)];
    expect(claims).toHaveLength(2);
    const [password = '', link = ''] = claims.map(([, , handle]) => handle);

    const waiting = await stack.sitewright('doctor');
    expect(waiting.stdout).toContain('2 secrets waiting to be claimed');

    const taken = await stack.sitewright('claim', password);
    expect(taken.code).toBe(0);
    expect(taken.stdout).toMatch(/^[A-Za-z2-9]{24}\n$/);
    expect(taken.stderr).toMatch(/^The administrator password of operation [0-9a-f]{16}; /);
    const again = await stack.sitewright('claim', password, '--by', 'max');
    expect(again).toMatchObject({ code: 11, stdout: '' });
    expect(again.stderr).toContain('the administrator password was already claimed at');
    expect(again.stderr).toContain('who took it: npx sitewright ledger');

    const { code, value } = await stack.json<{ label: string; value: string }>('claim', link);
    expect(code).toBe(0);
    expect(value).toMatchObject({ label: 'login link' });
    expect(value.value).toContain('/app?sid=');
    const ledger = await stack.sitewright('ledger', 'hand-over-one');
    expect(ledger.stdout).toMatch(/secret\.claimed +administrator password by tester/);
    expect(ledger.stdout).toMatch(/secret\.claim_refused +administrator password by max: already/);
    expect((await stack.sitewright('doctor')).stdout).toContain('no secrets waiting');
  });

  it('knows nothing of other handles, and refuses other kinds of secrets', async () => {
    expect(await stack.sitewright('claim', 'nobody')).toMatchObject({ code: 66, stdout: '' });
    const other = ['--hand-over', 'root_password'];
    const refused = await stack.sitewright('provision', 'hand-over-two', ...WHOLE, ...other);
    expect(refused.code).toBe(64);
    expect(refused.stderr).toContain('--hand-over');
  });

  it('is told in the result as JSON', async () => {
    const wanted = ['--hand-over', 'login_link', '--wait'];
    const args = ['provision', 'hand-over-three', ...WHOLE, ...wanted];
    const { value } = await stack.json<{ result: OperationResult }>(...args);
    expect(value.result.details['secret.login_link']).toMatch(/^[0-9a-f]{32}$/);
    const taken = await stack.sitewright('claim', value.result.operationId);
    expect(taken).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('/app?sid=') as string,
    });
  });
});
