import {
  type Account,
  balanceCredit,
  balances,
  billingForecast,
  currentBillingAmount,
  type Invoice,
  type OpenInvoice,
  pastInvoices,
  totalUnpaidAmount,
  unpaidInvoices,
  upcomingInvoice,
} from '../../frappe-cloud/index.js';
import type { Billing, InvoiceRow } from '../../schemas/estate/billing.js';
import { isoTime } from './time.js';

/** An estate of 10,000 sites has as many lines on its bill. */
const MOST_ITEMS = 100;
const PAST_INVOICES = 12;
const MOVEMENTS = 20;

/** What the team of an account owes and is going to owe. @throws PressError `FORBIDDEN` without the role */
export async function billingOf(
  { name, press, clock }: Account,
  signal: AbortSignal,
): Promise<Billing> {
  const options = { signal };
  const [unpaidTotal, credit, monthToDate, forecast, upcoming, unpaid, past, movements] =
    await Promise.all([
      totalUnpaidAmount(press, options),
      balanceCredit(press, options),
      currentBillingAmount(press, options),
      billingForecast(press, options),
      upcomingInvoice(press, options),
      unpaidInvoices(press, options),
      pastInvoices(press, options),
      balances(press, options),
    ]);
  return {
    account: name,
    currency: forecast.currency,
    unpaidTotal,
    credit,
    monthToDate,
    forecast: {
      monthEnd: forecast.forecasted_month_end,
      lastMonth: forecast.last_month_cost,
      changePercent: forecast.month_over_month_change,
      byKind: forecast.usage_breakdown.forecasted_usage_breakdown,
    },
    upcoming: upcoming.upcoming_invoice === null ? null : toUpcoming(upcoming.upcoming_invoice),
    unpaid: unpaid.map(toRow),
    past: past.slice(0, PAST_INVOICES).map(toRow),
    balances: movements.slice(0, MOVEMENTS).map((movement) => ({
      at: isoTime(clock, movement.creation),
      type: movement.type,
      source: movement.source,
      amount: movement.amount,
      balance: movement.ending_balance,
    })),
  };
}

function toRow({
  name,
  status,
  period_end: periodEnd,
  total,
  amount_due: due,
}: OpenInvoice): InvoiceRow {
  return { name, status, periodEnd, total, due };
}

function toUpcoming({ name, due_date: due, total, items }: Invoice): Billing['upcoming'] {
  const dearest = [...items].sort((a, b) => b.amount - a.amount).slice(0, MOST_ITEMS);
  return {
    name,
    due,
    total,
    items: dearest.map((item) => ({
      kind: item.document_type,
      name: item.document_name,
      plan: item.plan ?? null,
      quantity: item.quantity,
      amount: item.amount,
    })),
    moreItems: items.length - dearest.length,
  };
}
