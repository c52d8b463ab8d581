import { beforeEach, describe, expect, it } from 'vitest';
import type { PressSimulator } from '../../../simulators/press/index.js';
import {
  type Account,
  balanceCredit,
  balances,
  billingDetails,
  billingForecast,
  cancelRazorpayMandate,
  changePaymentMode,
  changePlan,
  currentBillingAmount,
  currentPlan,
  finalizeInvoices,
  getBillingSummary,
  invoiceItems,
  invoiceUsage,
  isPlanAlready,
  listPlanChanges,
  newSite,
  openInvoices,
  pastInvoices,
  paymentMethods,
  razorpayMandates,
  removePaymentMethod,
  setDefaultPaymentMethod,
  subscriptions,
  totalUnpaidAmount,
  unpaidInvoices,
  upcomingInvoice,
} from '../../../src/frappe-cloud/index.js';
import { pressErrorOf } from './support/failing.js';
import { simulatedPress } from './support/simulated-press.js';

const HOUR_MS = 3_600_000;
const SITE = 'acme-shop.frappe.cloud';

let sim: PressSimulator;
let account: Account;

beforeEach(async () => {
  ({ sim, account } = await simulatedPress());
  await newSite(account.press, {
    name: 'acme-shop',
    apps: ['frappe'],
    plan: 'USD 25',
    cluster: 'Mumbai',
    group: 'bench-0001',
    version: 'Version 15',
    domain: 'frappe.cloud',
  });
  sim.clock.advance(HOUR_MS);
});

describe('bills against the simulator', () => {
  it('show the running month, and what it will be', async () => {
    const { press } = account;
    const { upcoming_invoice: draft } = await upcomingInvoice(press);
    expect(draft).toMatchObject({
      status: 'Draft',
      currency: 'INR',
      items: [{ document_name: SITE, plan: 'USD 25', quantity: 1 }],
    });
    expect(await currentBillingAmount(press)).toBe(draft?.total);
    expect(await openInvoices(press)).toMatchObject([{ name: draft?.name, status: 'Draft' }]);
    expect(await billingForecast(press)).toMatchObject({
      current_month_to_date_cost: draft?.total,
      forecasted_month_end: 2050,
    });
    expect(await subscriptions(press)).toMatchObject({ sites: [{ name: SITE, plan: 'USD 25' }] });
    expect(await billingDetails(press)).toMatchObject({ billing_address: '' });
    expect(await pastInvoices(press)).toEqual([]);
    expect(await unpaidInvoices(press)).toEqual([]);
  });

  it('show what is unpaid until it is paid', async () => {
    const { press } = account;
    const invoice = sim.addInvoice(sim.accounts.main.team, { amount: 1935 });
    expect(await unpaidInvoices(press)).toMatchObject([
      { name: invoice, amount_due: 1935, stripe_invoice_url: null },
    ]);
    expect(await totalUnpaidAmount(press)).toBe(1935);
    expect(await getBillingSummary(press)).toMatchObject([{ name: invoice, status: 'Unpaid' }]);
    expect(await invoiceItems(press, { invoice })).toMatchObject([{ amount: 1935 }]);

    await finalizeInvoices(press);
    expect(await totalUnpaidAmount(press)).toBe(0);
    expect(await invoiceUsage(press, { invoice })).toMatchObject({
      status: 'Paid',
      amount_paid: 1935,
      amount_due: 0,
      invoice_pdf: null,
    });
    expect(await pastInvoices(press)).toMatchObject([{ name: invoice, status: 'Paid' }]);
    expect(await balanceCredit(press)).toBe(100_000 - 1935);
    expect(await balances(press)).toMatchObject([{ amount: -1935 }, { amount: 100_000 }]);
  });

  it('of other teams are not to be seen', async () => {
    const { press } = account;
    const invoice = sim.addInvoice(sim.accounts.other.team, { amount: 10 });
    expect(await invoiceUsage(press, { invoice })).toBeNull();
    expect(await pressErrorOf(invoiceItems(press, { invoice }))).toMatchObject({ code: 'REFUSED' });
    expect(await totalUnpaidAmount(press)).toBe(0);
  });

  it('are paid by ways that a token can only end', async () => {
    const { press } = account;
    expect([await paymentMethods(press), await razorpayMandates(press)]).toEqual([[], []]);
    const missing = { code: 'NOT_FOUND' };
    const card = { name: 'nosuch' };
    expect(await pressErrorOf(setDefaultPaymentMethod(press, card))).toMatchObject(missing);
    expect(await pressErrorOf(removePaymentMethod(press, card))).toMatchObject(missing);
    const mandate = cancelRazorpayMandate(press, { mandate_name: 'nosuch' });
    expect(await pressErrorOf(mandate)).toMatchObject(missing);
    const byCard = changePaymentMode(press, { mode: 'Card' });
    expect(await pressErrorOf(byCard)).toMatchObject({ code: 'REFUSED' });
    await changePaymentMode(press, { mode: 'Prepaid Credits' });
  });
});

describe('the plan of a site, against the simulator', () => {
  it('is changed at once, and once', async () => {
    const { press } = account;
    const change = () => changePlan(press, { site: SITE, plan: 'USD 50' });
    await change();
    expect(await currentPlan(press, { site: SITE })).toMatchObject({
      current_plan: { name: 'USD 50', price_usd: 50 },
    });
    expect(isPlanAlready(await pressErrorOf(change()))).toBe(true);
    expect(await listPlanChanges(press, { site: SITE })).toMatchObject([
      { from_plan: 'USD 25', to_plan: 'USD 50', type: 'Upgrade' },
      { from_plan: '', to_plan: 'USD 25', type: 'Initial Plan' },
    ]);
    sim.clock.advance(HOUR_MS);
    const jobs = sim.estate().jobs.filter(({ jobType }) => jobType === 'Update Site Configuration');
    expect(jobs).toMatchObject([{ site: SITE, status: 'Success' }]);
  });

  it.each([
    ['No Plan', 'NOT_FOUND'],
    ['Unlimited', 'REFUSED'],
  ])('%s is refused: %s', async (plan, code) => {
    const refused = await pressErrorOf(changePlan(account.press, { site: SITE, plan }));
    expect(refused).toMatchObject({ code });
    expect(isPlanAlready(refused)).toBe(false);
  });

  it('needs a way to pay', async () => {
    sim.setTeam(sim.accounts.main.team, { payment: false });
    const refused = await pressErrorOf(changePlan(account.press, { site: SITE, plan: 'USD 50' }));
    expect(refused).toMatchObject({ code: 'REFUSED', excType: 'CannotChangePlan' });
  });
});
