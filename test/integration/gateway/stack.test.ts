import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningStack, startCompiledStack } from '../cli/support.js';

describe('the gateway of a local stack', () => {
  let stack: RunningStack;
  beforeAll(async () => {
    stack = await startCompiledStack();
  });
  afterAll(() => stack.close());

  it('is found by the command line, with a token that only its owner may read', async () => {
    const { code, stdout, stderr } = await stack.sitewright('sites');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('npx sitewright provision --help');
    const file = path.join(stack.dataDir, 'keys', 'gateway.token');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const token = (await readFile(file, 'utf8')).trim();
    expect(token.length).toBeGreaterThanOrEqual(43);
    const answer = await fetch(`${stack.record.gatewayUrl}/v1/accounts`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await answer.json()).toMatchObject({ accounts: [{ name: 'main' }] });
    const log = await readFile(path.join(stack.dataDir, 'gateway.log'), 'utf8');
    expect(log).toContain('/v1/sites');
    expect(log).not.toContain(token);
  });

  it('shows a site by its short name, and leads an unknown one to the list', async () => {
    const { code, stderr } = await stack.sitewright('site', 'nobody');
    expect(code).toBe(66);
    expect(stderr).toContain(`nobody.${stack.record.domain}`);
    expect(stderr).toContain('npx sitewright sites');
  });
});
