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

/** Looks at an order of which nothing moves, and whose status is another at the second look. */
async function orderThatIs(...statuses: readonly string[]) {
  const left = [...statuses];
  const { press } = await pressThat((method) => ({
    body: {
      message: method === 'press.api.client.get' ? { ...ORDER, status: left.shift() } : [],
    },
  }));
  return readOrder({ press, clock: createPressClock(330) } as Account, TRACKER);
}

describe('an order whose bench has failed', () => {
  it('has gone on when another bench came up while it was looked at', async () => {
    const reading = await orderThatIs('Bench Deploy Failed', 'Creating Site');
    expect(reading).toMatchObject({ state: 'moving', evidence: { status: 'Creating Site' } });
  });

  it('has failed when it still reads so', async () => {
    const reading = await orderThatIs('Bench Deploy Failed', 'Bench Deploy Failed');
    expect(reading).toMatchObject({ state: 'settled', outcome: 'failure' });
  });
});
