import type { TeamRow } from './accounts.js';
import type { BalanceRow, BillingState } from './billing.js';
import type { Micros } from './model.js';

/** In rupees: enough for everything, as the measured team had it. */
const CREDIT = 100_000;

/** Teams that can pay have bought credit; nothing has been billed yet. */
export function seedBilling(teams: readonly TeamRow[], now: Micros): BillingState {
  const year = new Date(now / 1000).getUTCFullYear();
  const balances = teams
    .filter(({ payment }) => payment)
    .map(({ name }, index): BalanceRow => ({
      name: `BT-${year}-${String(index + 1).padStart(5, '0')}`,
      owner: 'Administrator',
      creation: now,
      modified: now,
      modifiedBy: 'Administrator',
      team: name,
      amount: CREDIT,
      endingBalance: CREDIT,
      type: 'Adjustment',
      source: 'Prepaid Credits',
      description: null,
    }));
  return { invoices: {}, balances, planChanges: [], transfers: [], contacts: [] };
}
