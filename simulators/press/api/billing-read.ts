import { forecast } from '../billing/forecast.js';
import {
  balanceOf,
  draftOf,
  dueOf,
  invoicesOf,
  subscribed,
  totalOf,
  unpaidOf,
} from '../billing/invoices.js';
import { CURRENCY, rupees } from '../billing/money.js';
import type { Columns } from '../documents/doctype.js';
import { formattedAmounts, formattedInvoice, invoiceDocument } from '../documents/invoice-view.js';
import { PressError, refuse } from '../http/errors.js';
import { text } from '../json.js';
import type { InvoiceRow } from '../world/billing.js';
import type { World } from '../world/world.js';
import { type CallContext, type Endpoint, type Endpoints, teamOf } from './endpoint.js';

/** What is asked of the current team, without parameters. */
const ofTeam = (
  answer: (world: World, team: string) => Columns | Columns[] | number,
): Endpoint => ({
  run: (context) => answer(context.world, teamOf(context).name),
});

const MODE = 'Prepaid Credits';

const openRow = (invoice: InvoiceRow): Columns => ({
  name: invoice.name,
  status: invoice.status,
  period_end: invoice.periodEnd,
  currency: CURRENCY,
  amount_due: dueOf(invoice),
  total: totalOf(invoice),
});

function pastRow(invoice: InvoiceRow): Columns {
  const total = totalOf(invoice);
  return {
    name: invoice.name,
    total,
    amount_due: dueOf(invoice),
    status: invoice.status,
    type: 'Subscription',
    stripe_invoice_url: null,
    period_start: invoice.periodStart,
    period_end: invoice.periodEnd,
    due_date: invoice.periodEnd,
    payment_date: invoice.paymentDate,
    currency: CURRENCY,
    invoice_pdf: null,
    date: invoice.periodEnd,
    formatted_total: rupees(total),
    stripe_link_expired: false,
    ...(invoice.status === 'Unpaid' ? { formatted_amount_due: rupees(dueOf(invoice)) } : {}),
  };
}

const summaryRow = (invoice: InvoiceRow): Columns => ({
  name: invoice.name,
  status: invoice.status,
  period_end: invoice.periodEnd,
  payment_mode: MODE,
  type: 'Subscription',
  currency: CURRENCY,
  amount_paid: invoice.status === 'Paid' ? totalOf(invoice) : 0,
  items: invoice.items.map((item) => ({
    amount: totalOf({ items: [item] }),
    name: item.site,
    type: 'Site',
    parent: invoice.name,
    quantity: item.quantity,
    rate: item.rate,
    plan: item.plan,
  })),
});

const finished = (world: World, team: string): InvoiceRow[] =>
  invoicesOf(world, team).filter(({ status }) => status !== 'Draft');

const pastInvoices = ofTeam((world, team) => finished(world, team).map(pastRow));

function ownInvoice({ world, team }: CallContext, name: string): InvoiceRow | undefined {
  return invoicesOf(world, team?.name ?? '').find((invoice) => invoice.name === name);
}

/** A foreign one is missing; the texts differ (C 7, observed-2 6.14). */
function usage(context: CallContext, name: string): Columns {
  const team = teamOf(context).name;
  const invoice = ownInvoice(context, name);
  if (invoice === undefined) {
    const wanted = `{'name': '${name}', 'team': '${team}'}`;
    throw new PressError('DoesNotExistError', `Invoice ${wanted} not found`);
  }
  const document = invoiceDocument(context.world, invoice);
  return { ...document, invoice_pdf: false, formatted: formattedInvoice(document) };
}

function items(context: CallContext, name: string): Columns[] {
  const invoice = ownInvoice(context, name);
  if (invoice === undefined) {
    throw refuse(
      'Only team owners and members are permitted to download Invoice. ' +
        'Please contact your team admin.',
    );
  }
  return invoice.items.map((item) => ({
    document_type: 'Site',
    document_name: item.site,
    rate: item.rate,
    quantity: item.quantity,
    amount: totalOf({ items: [item] }),
    plan: item.plan,
    description: '',
    discount: 0,
    site: null,
  }));
}

/** Reads of what a team owes (C 7). */
export const billingReadEndpoints: Endpoints = {
  'press.api.billing.upcoming_invoice': ofTeam((world, team) => {
    const draft = draftOf(world, team);
    const document = draft === null ? null : invoiceDocument(world, draft);
    return {
      upcoming_invoice:
        document === null ? null : { ...document, formatted: formattedAmounts(document) },
      available_credits: rupees(balanceOf(world, team)),
    };
  }),
  'press.api.billing.get_unpaid_invoices': ofTeam((world, team) =>
    unpaidOf(world, team).map((row) => ({ ...openRow(row), stripe_invoice_url: null })),
  ),
  'press.api.billing.unpaid_invoices': ofTeam((world, team) =>
    invoicesOf(world, team)
      .filter(({ status }) => status !== 'Paid')
      .map(openRow),
  ),
  'press.api.billing.total_unpaid_amount': ofTeam(
    (world, team) =>
      unpaidOf(world, team).reduce((sum, row) => sum + dueOf(row), 0) +
      Math.max(0, -balanceOf(world, team)),
  ),
  'press.api.billing.get_balance_credit': ofTeam(balanceOf),
  'press.api.billing.get_current_billing_amount': ofTeam((world, team) => {
    const draft = draftOf(world, team);
    return draft === null ? 0 : totalOf(draft);
  }),
  'press.api.billing.get_invoice_usage': {
    requires: ['invoice'],
    run: (context, params) => usage(context, text(params.invoice)),
  },
  'press.api.billing.fetch_invoice_items': {
    requires: ['invoice'],
    run: (context, params) => items(context, text(params.invoice)),
  },
  'press.api.billing.get_summary': ofTeam((world, team) =>
    finished(world, team).reverse().map(summaryRow),
  ),
  'press.api.billing.invoices_and_payments': pastInvoices,
  'press.api.billing.past_invoices': pastInvoices,
  'press.api.billing.billing_forecast': ofTeam(forecast),
  'press.api.billing.subscriptions': ofTeam((world, team) => ({
    sites: subscribed(world, team).map(({ site, plan }) => ({ name: site, plan })),
    servers: [],
    marketplace_apps: [],
  })),
  'press.api.billing.details': ofTeam(() => ({
    billing_name: 'Frappe',
    billing_address: '',
    gstin: null,
  })),
  'press.api.billing.balances': ofTeam((world, team) =>
    world.state.balances
      .filter((row) => row.team === team)
      .reverse()
      .map((row) => ({
        name: row.name,
        creation: world.local(row.creation),
        amount: row.amount,
        currency: CURRENCY,
        source: row.source,
        type: row.type,
        ending_balance: row.endingBalance,
        description: row.description,
        period_start: null,
        formatted: {
          amount: rupees(row.amount),
          ending_balance: rupees(row.endingBalance),
        },
      })),
  ),
};
