import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linesOf } from '../../../src/cli/estate/lines.js';
import { PROBES } from '../../../src/frappe-cloud/contract/probes.js';
import type { ContractLine } from '../../../src/schemas/estate/contract.js';
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

  it('tells what each read came to while the next is still under way', async () => {
    gateway.simulator.clearFaults();
    gateway.simulator.addFault({
      call: { method: 'press.api.billing.get_payment_methods' },
      fault: { kind: 'hang' },
    });
    const reading = new AbortController();
    const response = await fetch(`${gateway.url}/v1/contract`, {
      headers: { authorization: `Bearer ${TOKEN}` },
      signal: reading.signal,
    });
    const lines: ContractLine[] = [];
    for await (const line of linesOf(response.body)) {
      lines.push(JSON.parse(line) as ContractLine);
      const last = lines.at(-1);
      if (last && 'finding' in last && last.finding.endpoint.endsWith('billing.balances')) break;
    }
    reading.abort();
    expect(lines[0]).toEqual({ begin: { account: 'main', reads: PROBES.length } });
    expect(lines).toHaveLength(
      1 + PROBES.findIndex(({ endpoint }) => endpoint.endsWith('get_payment_methods')),
    );
  });

  it('says at the end what all of them came to', async () => {
    gateway.simulator.clearFaults();
    const { text, headers } = await gateway.get('/v1/contract');
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    const { end } = JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as {
      end: { reads: number; verdicts: Record<string, number> };
    };
    expect(end.reads).toBe(PROBES.length);
    expect(Object.values(end.verdicts).reduce((sum, each) => sum + each, 0)).toBe(end.reads);
    expect(end.verdicts).toMatchObject({ shape_changed: 0, refused: 0, failed: 0 });
  });

  it('goes on after a read that nobody answers', async () => {
    gateway.simulator.addFault({
      call: { method: 'press.api.billing.billing_forecast' },
      fault: { kind: 'hang' },
    });
    const { code, stdout } = await check('--json');
    gateway.simulator.clearFaults();
    expect(code).toBe(0);
    const { findings } = JSON.parse(stdout) as { findings: { verdict: string }[] };
    expect(findings).toHaveLength(PROBES.length);
    expect(findings.filter(({ verdict }) => verdict === 'failed')).toHaveLength(1);
  });

  it('fails clearly where the key is wrong', async () => {
    const { code, stderr } = await check('--account', 'wrong-key');
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/key|Authentication|401/i);
  });
});
