import { expect, it } from 'vitest';
import type { ProvisionSiteInput } from '../../../src/domain/inputs.js';
import { payloadHashOf } from '../../../src/schemas/hash.js';

const input: ProvisionSiteInput = {
  account: 'main',
  requestedBy: 'billing',
  subdomain: 'acme-shop',
  plan: 'USD 25',
  version: 'Version 15',
  apps: ['frappe'],
};

it('is the same whatever the operation id, and whenever a secret was sealed', () => {
  const sealed = (text: string) => ({ ...input, config: { mail_password: { sealed: text } } });
  expect(payloadHashOf('provision', { ...input, operationId: 'a' })).toBe(
    payloadHashOf('provision', input),
  );
  expect(payloadHashOf('provision', sealed('one'))).toBe(payloadHashOf('provision', sealed('two')));
});

it('differs when something else was asked', () => {
  const asked = [
    input,
    { ...input, plan: 'USD 50' },
    { ...input, config: { mail_password: { sealed: 'one' } } },
    { ...input, config: { mail_password: 'clear' } },
    { ...input, config: { mail_server: 'smtp.example.com' } },
  ];
  expect(new Set(asked.map((input) => payloadHashOf('provision', input))).size).toBe(asked.length);
});
