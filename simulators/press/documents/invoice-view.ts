import { dueOf, totalOf } from '../billing/invoices.js';
import { byTwo, CURRENCY, rupees } from '../billing/money.js';
import type { InvoiceRow } from '../world/billing.js';
import type { World } from '../world/world.js';
import { text } from '../json.js';
import { baseColumns, type Columns } from './doctype.js';

const MODE = 'Prepaid Credits';

const NOTHING = [
  'partner_email',
  'frappe_partnership_date',
  'customer_partnership_date',
  'refund_reason',
  'amended_from',
  'discount_note',
  'payment_attempt_date',
  'next_payment_attempt_date',
  'stripe_invoice_id',
  'stripe_payment_intent_id',
  'stripe_invoice_url',
  'frappe_invoice',
  'frappe_partner_order',
  'razorpay_order_id',
  'razorpay_payment_record',
  'razorpay_payment_id',
  'razorpay_payment_method',
  'mpesa_payment_record',
  'mpesa_receipt_number',
  'mpesa_invoice',
  'mpesa_invoice_pdf',
  'mpesa_request_id',
  'mpesa_merchant_id',
];

const ZERO = [
  'marketplace',
  'budget_alert_sent',
  'total_discount_amount',
  'payment_attempt_count',
  'write_off_amount',
  'total_before_tax',
  'applied_credits',
  'free_credits',
  'gst',
  'transaction_amount',
  'transaction_net',
  'transaction_fee',
  'exchange_rate',
];

/** Headings of the form, which Press formats with the fields. */
const HEADINGS = [
  'column_break_4',
  'section_break_8',
  'discounts_section',
  'column_break_mqqa',
  'section_break_10',
  'column_break_15',
  'section_break_15',
  'stripe_billing_section',
  'column_break_32',
  'razorpay_billing_section',
  'column_break_44',
  'mpesa_billing_section',
  'column_break_ouox',
  'section_break_47',
];

const MONEY = new Set([
  'total_before_discount',
  'total_discount_amount',
  'total',
  'total_before_tax',
  'applied_credits',
  'free_credits',
  'amount_due',
  'gst',
  'amount_due_with_tax',
  'amount_paid',
]);
const PLAIN_MONEY = new Set(['transaction_amount', 'transaction_net', 'transaction_fee']);
const TABLES = ['credit_allocations', 'transaction_fee_details', 'discounts'];

const all = <T>(names: readonly string[], value: T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, value]));

function rowsOf(world: World, invoice: InvoiceRow): Columns[] {
  return invoice.items.map(({ site, plan, quantity, rate }, index) => ({
    ...baseColumns(world, { ...invoice, name: `${invoice.name}-${index + 1}` }),
    idx: index + 1,
    document_type: 'Site',
    document_name: site,
    plan,
    description: '',
    quantity,
    rate,
    amount: totalOf({ items: [{ site, plan, quantity, rate }] }),
    discount: 0,
    discount_percentage: 0,
    site: null,
    has_marketplace_payout_completed: 0,
    parent: invoice.name,
    parentfield: 'items',
    parenttype: 'Invoice',
    doctype: 'Invoice Item',
  }));
}

/** The whole Invoice, unformatted. */
export function invoiceDocument(world: World, invoice: InvoiceRow): Columns {
  const team = world.state.teams.find(({ name }) => name === invoice.team);
  const total = totalOf(invoice);
  const isDraft = invoice.status === 'Draft';
  return {
    ...baseColumns(world, invoice),
    docstatus: isDraft ? 0 : 1,
    ...all<null>(NOTHING, null),
    ...all(ZERO, 0),
    team: invoice.team,
    customer_name: 'Frappe',
    customer_email: team?.user ?? '',
    billing_email: team?.user ?? '',
    currency: CURRENCY,
    status: invoice.status,
    type: 'Subscription',
    period_start: invoice.periodStart,
    period_end: invoice.periodEnd,
    due_date: invoice.periodEnd,
    payment_date: invoice.paymentDate,
    payment_mode: MODE,
    total_before_discount: total,
    total,
    amount_due: dueOf(invoice),
    amount_due_with_tax: total,
    amount_paid: invoice.status === 'Paid' ? total : 0,
    invoice_pdf: null,
    doctype: 'Invoice',
    items: rowsOf(world, invoice),
    credit_allocations: [],
    transaction_fee_details: [],
    discounts: [],
  };
}

function formattedItem(row: Columns): Columns {
  return {
    document_type: row.document_type ?? '',
    document_name: row.document_name ?? '',
    plan: row.plan ?? '',
    description: row.description ?? '',
    quantity: text(row.quantity),
    rate: rupees(Number(row.rate)),
    amount: rupees(Number(row.amount)),
    discount: rupees(0),
    discount_percentage: '0.0%',
    site: '',
    has_marketplace_payout_completed: 0,
  };
}

function formattedValue(name: string, value: Columns[string] | undefined): Columns[string] {
  if (MONEY.has(name)) return rupees(Number(value));
  if (PLAIN_MONEY.has(name)) return byTwo(Number(value));
  if (name === 'write_off_amount' || name === 'exchange_rate') return text(value);
  return value ?? '';
}

/** The amounts for a person, as `upcoming_invoice` has them. */
export function formattedAmounts(document: Columns): Columns {
  const names = [...MONEY, ...PLAIN_MONEY];
  return {
    ...Object.fromEntries(names.map((name) => [name, formattedValue(name, document[name])])),
    items: (document.items as Columns[]).map(formattedItem),
    ...all(TABLES, [] as Columns[]),
  };
}

const UNFORMATTED = new Set([
  'name',
  'owner',
  'creation',
  'modified',
  'modified_by',
  'docstatus',
  'idx',
  'doctype',
]);

/** Every field for a person, as `get_invoice_usage` has them. */
export function formattedInvoice(document: Columns): Columns {
  const fields: Columns = Object.fromEntries(
    Object.entries(document)
      .filter(([name]) => !UNFORMATTED.has(name))
      .map(([name, value]) => [name, formattedValue(name, value)]),
  );
  return { ...fields, ...all(HEADINGS, ''), ...formattedAmounts(document) };
}
