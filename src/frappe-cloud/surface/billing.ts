import { PAYMENT_ROWS } from './payments.js';
import type { Danger, SurfaceRow } from './row.js';

/** A row of something that a function calls as it is, and that changes nothing. */
function read(endpoint: string, call: string, what: string, source = 'C 7'): SurfaceRow {
  return {
    endpoint,
    what,
    danger: 'read',
    reach: { by: 'direct', call },
    tracker: null,
    repeated: 'the same answer',
    source,
  };
}

const insteadOf = (
  endpoint: string,
  what: string,
  danger: Danger,
  another: string,
  why: string,
): Omit<SurfaceRow, 'repeated' | 'source' | 'tracker'> => ({
  endpoint,
  what,
  danger,
  reach: { by: 'another', endpoint: another, why },
});

const PLAN_REPEATED = '417 "same as the current plan", which proves that the first one landed';
const PLAN_TRACKER = '`plan` of the site, Site Plan Change';

const PLAN_ROWS: readonly SurfaceRow[] = [
  read('press.api.site.get_site_plans', 'getSitePlans', 'Plans this user may choose', 'C 6.1'),
  {
    ...insteadOf(
      'press.api.site.get_plans',
      'Plans, an older list',
      'read',
      'press.api.site.get_site_plans',
      'Fewer fields, and its filters hide plans by rules of the past.',
    ),
    tracker: null,
    repeated: 'the same answer',
    source: 'C 6.2',
  },
  read('press.api.site.current_plan', 'currentPlan', 'Plan of a site and its use', 'C 6.3'),
  {
    endpoint: 'press.api.site.change_plan',
    what: 'Changes the plan of a site; takes up a suspended one',
    danger: 'moderate',
    reach: { by: 'direct', call: 'changePlan' },
    tracker: PLAN_TRACKER,
    repeated: PLAN_REPEATED,
    source: 'C 6.4, observed-2 1',
  },
  {
    ...insteadOf(
      'Site.set_plan',
      'Changes the plan of a site',
      'moderate',
      'press.api.site.change_plan',
      'The same method; neither answers a tracker.',
    ),
    tracker: PLAN_TRACKER,
    repeated: PLAN_REPEATED,
    source: 'C 6.4',
  },
];

const BILLING_READ_ROWS: readonly SurfaceRow[] = [
  read('press.api.billing.upcoming_invoice', 'upcomingInvoice', 'Bill of the running month so far'),
  read('press.api.billing.get_unpaid_invoices', 'unpaidInvoices', 'Unpaid bills of past months'),
  read('press.api.billing.unpaid_invoices', 'openInvoices', 'Unpaid bills and the running month'),
  read('press.api.billing.total_unpaid_amount', 'totalUnpaidAmount', 'What is unpaid, in all'),
  read('press.api.billing.get_invoice_usage', 'invoiceUsage', 'One bill with everything on it'),
  read(
    'press.api.billing.fetch_invoice_items',
    'invoiceItems',
    'What one bill is made of',
    'C 7, observed-2 6.14',
  ),
  read('press.api.billing.get_summary', 'getBillingSummary', 'Paid and unpaid bills with items'),
  read('press.api.billing.billing_forecast', 'billingForecast', 'What the month will cost'),
  read('press.api.billing.get_balance_credit', 'balanceCredit', 'Credit left on the account'),
  read(
    'press.api.billing.get_current_billing_amount',
    'currentBillingAmount',
    'What this month has cost so far',
  ),
  read('press.api.billing.invoices_and_payments', 'pastInvoices', 'Bills but drafts and refunds'),
  {
    ...insteadOf(
      'press.api.billing.past_invoices',
      'Bills but drafts and refunds',
      'read',
      'press.api.billing.invoices_and_payments',
      'The same answer under an older name.',
    ),
    tracker: null,
    repeated: 'the same answer',
    source: 'C 7',
  },
  read('press.api.billing.subscriptions', 'subscriptions', 'Everything the team pays for'),
  read('press.api.billing.details', 'billingDetails', 'Who the bills are addressed to'),
  read('press.api.billing.balances', 'balances', "What came onto the team's account or went off"),
];

export const BILLING_ROWS: readonly SurfaceRow[] = [
  ...PLAN_ROWS,
  ...BILLING_READ_ROWS,
  ...PAYMENT_ROWS,
];
