import { PAYMENT_ROWS } from './payments.js';
import type { SurfaceRow } from './row.js';
import { otherWayTo, reading, SAME } from './rows.js';

const read = (name: string, call: string, what: string, source = 'C 7'): SurfaceRow =>
  reading(`press.api.billing.${name}`, call, what, source);

const SITE_PLANS = reading(
  'press.api.site.get_site_plans',
  'getSitePlans',
  'Plans this user may choose',
  'C 6.1',
);

const CHANGE_PLAN: SurfaceRow = {
  endpoint: 'press.api.site.change_plan',
  what: 'Changes the plan of a site; takes up a suspended one',
  danger: 'moderate',
  reach: { by: 'direct', call: 'changePlan' },
  tracker: '`plan` of the site, Site Plan Change',
  repeated: '417 "same as the current plan", which proves that the first one landed',
  source: 'C 6.4, observed-2 1',
};

const PLAN_ROWS: readonly SurfaceRow[] = [
  SITE_PLANS,
  {
    ...otherWayTo(
      SITE_PLANS,
      'press.api.site.get_plans',
      'Fewer fields, and its filters hide plans by rules of the past.',
    ),
    source: 'C 6.2',
  },
  reading('press.api.site.current_plan', 'currentPlan', 'Plan of a site and its use', 'C 6.3'),
  CHANGE_PLAN,
  otherWayTo(CHANGE_PLAN, 'Site.set_plan', SAME),
];

const PAST_INVOICES = read('invoices_and_payments', 'pastInvoices', 'Bills but drafts and refunds');

const BILLING_READ_ROWS: readonly SurfaceRow[] = [
  read('upcoming_invoice', 'upcomingInvoice', 'Bill of the running month so far'),
  read('get_unpaid_invoices', 'unpaidInvoices', 'Unpaid bills of past months'),
  read('unpaid_invoices', 'openInvoices', 'Unpaid bills and the running month'),
  read('total_unpaid_amount', 'totalUnpaidAmount', 'What is unpaid, in all'),
  read('get_invoice_usage', 'invoiceUsage', 'One bill with everything on it'),
  read('fetch_invoice_items', 'invoiceItems', 'What one bill is made of', 'C 7, observed-2 6.14'),
  read('get_summary', 'getBillingSummary', 'Paid and unpaid bills with items'),
  read('billing_forecast', 'billingForecast', 'What the month will cost'),
  read('get_balance_credit', 'balanceCredit', 'Credit left on the account'),
  read('get_current_billing_amount', 'currentBillingAmount', 'What this month has cost so far'),
  PAST_INVOICES,
  otherWayTo(PAST_INVOICES, 'press.api.billing.past_invoices', SAME),
  read('subscriptions', 'subscriptions', 'Everything the team pays for'),
  read('details', 'billingDetails', 'Who the bills are addressed to'),
  read('balances', 'balances', "What came onto the team's account or went off"),
];

export const BILLING_ROWS: readonly SurfaceRow[] = [
  ...PLAN_ROWS,
  ...BILLING_READ_ROWS,
  ...PAYMENT_ROWS,
];
