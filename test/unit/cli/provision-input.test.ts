import { describe, expect, it } from 'vitest';
import { commandLineOf } from '../../../src/cli/command-line.js';
import { provisionInputFrom, type ProvisionOptions } from '../../../src/cli/provision-input.js';
import { InvalidInput } from '../../../src/errors.js';

const WHOLE = { plan: 'USD 25', apps: 'frappe,erpnext', version: 'Version 15' };
const DEFAULTS = { account: 'main', domain: undefined, requestedBy: 'ops' };

const inputFrom = (change: ProvisionOptions = {}, name = 'acme-shop', domain?: string) =>
  provisionInputFrom(name, { ...WHOLE, ...change }, { ...DEFAULTS, domain });

function problemsOf(name: string, options: ProvisionOptions): readonly string[] {
  try {
    provisionInputFrom(name, options, DEFAULTS);
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(({ path }) => path);
    throw error;
  }
  return [];
}

describe('options become an input', () => {
  it('takes no more than what was given', () => {
    expect(inputFrom()).toEqual({
      account: 'main',
      requestedBy: 'ops',
      subdomain: 'acme-shop',
      plan: 'USD 25',
      version: 'Version 15',
      apps: ['frappe', 'erpnext'],
    });
  });

  it('knows every option', () => {
    const input = inputFrom({
      account: 'eu',
      cluster: 'Frankfurt',
      group: 'bench-0001',
      domain: 'example.com',
      customDomain: ['shop.example.org'],
      appPlan: ['erpnext=Pro=Plus'],
      handOver: 'login_link, administrator_password',
      reason: 'sold',
      key: 'order-4711',
      ifBusy: 'refuse',
      dryRun: true,
    });
    expect(input).toMatchObject({
      account: 'eu',
      cluster: 'Frankfurt',
      group: 'bench-0001',
      domain: 'example.com',
      customDomains: ['shop.example.org'],
      appPlans: { erpnext: 'Pro=Plus' },
      handOver: ['login_link', 'administrator_password'],
      reason: 'sold',
      idempotencyKey: 'order-4711',
      ifBusy: 'refuse',
      dryRun: true,
    });
  });

  it('takes the domain from the option, the full name, or the local stack, in this order', () => {
    expect(inputFrom({}, 'acme-shop', 'frappe.cloud').domain).toBe('frappe.cloud');
    const full = inputFrom({}, 'acme-shop.example.com', 'frappe.cloud');
    expect(full).toMatchObject({ subdomain: 'acme-shop', domain: 'example.com' });
    expect(inputFrom({ domain: 'example.org' }, 'acme-shop', 'frappe.cloud').domain).toBe(
      'example.org',
    );
  });

  it('reads config values as JSON where they are, else as text', () => {
    const config = ['a=1', 'b=true', 'c=EUR', 'd="1"', 'e=x=y', 'f={"sealed":"s"}', 'g={"h":1}'];
    expect(inputFrom({ config }).config).toEqual({
      a: 1,
      b: true,
      c: 'EUR',
      d: '1',
      e: 'x=y',
      f: { sealed: 's' },
      g: '{"h":1}',
    });
  });
});

describe('problems', () => {
  it('are all told at once, before anybody is asked', () => {
    const options = { ...WHOLE, apps: 'erpnext', config: ['nonsense'], appPlan: ['=x'] };
    expect(problemsOf('Acme Corp', options)).toEqual(['subdomain', 'apps', 'config', 'appPlans']);
  });

  it('say what to type for what is missing', () => {
    expect(() => provisionInputFrom('acme-shop', {}, DEFAULTS)).toThrow(
      /plan: missing; e\.g\. --plan "USD 25".*version: missing.*apps: missing/,
    );
  });

  it('include an author who is no id', () => {
    const mail = { ...DEFAULTS, requestedBy: 'jane@example.com' };
    expect(() => provisionInputFrom('acme-shop', WHOLE, mail)).toThrow(/requestedBy: only letters/);
  });
});

it('gives the command line that leads to the same input', () => {
  const config = ['a=1', 'b=x y', 'c="7"'];
  const input = inputFrom({ config, reason: 'it\'s "sold"', ifBusy: 'refuse' });
  expect(commandLineOf('provision', input)).toBe(
    'npx sitewright provision acme-shop --plan "USD 25" --apps frappe,erpnext --version "Version 15" --account main ' +
      `--config a=1 --config "b=x y" --config 'c="7"' --reason 'it'\\''s "sold"' --if-busy refuse --by ops`,
  );
});
