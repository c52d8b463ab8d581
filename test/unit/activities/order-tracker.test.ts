import { describe, expect, it } from 'vitest';
import { readOrder } from '../../../src/activities/provision/order-tracker.js';
import { createPressClock } from '../../../src/frappe-cloud/clock.js';
import type { Account } from '../../../src/frappe-cloud/index.js';
import { pressThat } from '../frappe-cloud/support/press-that.js';

const TRACKER = { kind: 'site-order', order: 'order1', site: 'acme.frappe.cloud' } as const;

const CREATED = '2026-11-20 10:00:00.000000';
const ORDER = {
  name: 'order1',
  status: 'Bench Deploy Failed',
  site: null,
  release_group: 'bench-0006',
  owner: 'ops@example.com',
  creation: CREATED,
};

/** An order without a bench, whose image was built or not. */
async function orderWith(build: 'Success' | 'Failure') {
  const lists: Readonly<Record<string, readonly object[]>> = {
    'Deploy Candidate Build': [
      {
        name: 'b1',
        owner: 'ops@example.com',
        status: build,
        build_error: null,
        retry_count: 0,
        creation: CREATED,
        deploy_candidate: 'deploy-0006-000001',
      },
    ],
  };
  const { press } = await pressThat((method, { doctype }) => ({
    body: { message: method === 'press.api.client.get' ? ORDER : (lists[String(doctype)] ?? []) },
  }));
  return readOrder({ press, clock: createPressClock(330) } as Account, TRACKER);
}

describe('an order whose bench has failed', () => {
  it('is believed only after a while when it has an image: another bench may be due', async () => {
    expect(await orderWith('Success')).toMatchObject({
      state: 'moving',
      stuck: expect.any(String) as string,
    });
  });

  it('is believed at once when it has none', async () => {
    expect(await orderWith('Failure')).toMatchObject({ state: 'settled', outcome: 'failure' });
  });
});
