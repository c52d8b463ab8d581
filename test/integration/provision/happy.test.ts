import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seal } from '../../../src/security/sealed.js';
import { type Harness, startHarness } from '../../support/harness.js';

describe('provision on a shared bench', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  it('creates a site once, verifies it and says where it is', async () => {
    const { client, simulator } = harness;
    const handle = await client.provision(harness.input());
    const result = await client.wait(handle.operationId);

    expect(result).toMatchObject({ outcome: 'succeeded', site: handle.site, exceptions: [] });
    expect(result.details).toMatchObject({ address: `https://${handle.site}`, plan: 'USD 25' });
    expect(simulator.effects().filter(({ target }) => target === handle.site)).toHaveLength(1);
    expect(await harness.ledger.verify(handle.operationId)).toEqual([]);
    expect(await harness.ledger.locks()).toEqual([]);
  });

  it('sets config with a sealed secret, app plans and domains, and reads them back', async () => {
    const { client, simulator } = harness;
    const password = await seal('hunter2-canary', harness.sealTo);
    simulator.setDns('shop.example.com', { CNAME: ['site-full.frappe.cloud'] });
    const handle = await client.provision(
      harness.input({
        subdomain: 'site-full',
        config: { mail_server: 'smtp.example.com', mail_password: password },
        customDomains: ['shop.example.com'],
      }),
    );
    const result = await client.wait(handle.operationId);
    expect(result).toMatchObject({ outcome: 'succeeded', exceptions: [] });

    const history = JSON.stringify(await client.history(handle.operationId));
    const events = JSON.stringify(await harness.ledger.events(handle.operationId));
    for (const text of [history, events]) expect(text).not.toContain('hunter2-canary');
  });
});
