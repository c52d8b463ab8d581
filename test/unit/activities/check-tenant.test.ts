import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  type MaplePressSimulator,
  startMaplePressSimulator,
} from '../../../simulators/maplepress/index.js';
import { checkTenant } from '../../../src/activities/maplepress/check-tenant.js';
import { tenantFindings } from '../../../src/cli/doctor/tenants.js';
import { createTenants, type TenantConfig } from '../../../src/maplepress/index.js';

let simulator: MaplePressSimulator;
beforeAll(async () => {
  simulator = await startMaplePressSimulator();
});
afterAll(() => simulator.close());

/** What is found of the tenant `main` with something changed. */
async function check(change: Partial<TenantConfig> = {}) {
  const { url, tenants: logins } = simulator;
  const tenants = createTenants([{ name: 'main', url, ...logins.main, ...change }]);
  onTestFinished(() => tenants.close());
  return checkTenant(tenants.get('main'));
}

describe('a tenant', () => {
  it('is fine when it takes the login', async () => {
    const found = await check();
    expect(found).toEqual({ name: 'main', ok: true, reason: null });
    expect(tenantFindings({ tenants: [found] })).toEqual([
      { what: 'tenant', result: 'ok', message: 'MaplePress tenant main: login accepted' },
    ]);
  });

  it('is bad when it refuses the login, is away, or does not answer in time', async () => {
    const refused = await check({ password: 'not-the-password' });
    expect(refused.reason).toMatch(/^LOGIN_REFUSED: /);
    expect(refused.reason).not.toContain('not-the-password');
    expect((await check({ url: 'http://127.0.0.1:1' })).reason).toMatch(/^UNREACHABLE: /);
    const silent = await check({ url: await open(createServer(() => undefined)) });
    expect(silent.reason).toBe('TIMEOUT: no answer within 3 s');
    expect(tenantFindings({ tenants: [silent] })).toEqual([
      {
        what: 'tenant',
        result: 'bad',
        message: 'MaplePress tenant main: TIMEOUT: no answer within 3 s',
        hint: 'look at MAPLEPRESS_MAIN_URL, _EMAIL and _PASSWORD of the worker',
      },
    ]);
  });
});

/** Starts a server that ends with the test. @returns its origin. */
async function open(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
