import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../cli/support.js';
import { type GatewayUnderTest, publicGroup, startGatewayUnderTest, TOKEN } from './support.js';

describe('contract check', () => {
  let gateway: GatewayUnderTest;
  const check = (...more: readonly string[]) =>
    run(['contract', 'check', ...more], {
      SITEWRIGHT_DATA_DIR: '/nonexistent/sitewright',
      SITEWRIGHT_GATEWAY_URL: gateway.url,
      SITEWRIGHT_GATEWAY_TOKEN: TOKEN,
    });

  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
    const { simulator } = gateway;
    simulator.addSites({ count: 1, prefix: 'shop', group: publicGroup(simulator), plan: 'USD 25' });
  });
  afterAll(() => gateway.close());

  it('finds the account as expected, and says what there was nothing to try on', async () => {
    const { code, stdout, stderr } = await check();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/main: \d+ as expected, \d+ left out of \d+ reads\.\n$/);
  });

  it('names what has changed, and ends with findings', async () => {
    gateway.simulator.addFault({
      call: { method: 'press.api.site.get_site_plans' },
      fault: { kind: 'wrong_shape', body: { message: [{ name: 1 }] } },
      times: 'always',
    });
    const { code, stdout } = await check();
    expect(code).toBe(1);
    expect(stdout).toMatch(/press\.api\.site\.get_site_plans +changed +unexpected shape/);
    expect(stdout).toContain('look for a newer release');
    const { code: again, stdout: json } = await check('--json');
    expect(again).toBe(1);
    const { findings } = JSON.parse(json) as { findings: { verdict: string }[] };
    expect(findings.filter(({ verdict }) => verdict === 'shape_changed')).toHaveLength(1);
  });

  it('fails clearly where the key is wrong', async () => {
    const { code, stderr } = await check('--account', 'wrong-key');
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/key|Authentication|401/i);
  });
});
