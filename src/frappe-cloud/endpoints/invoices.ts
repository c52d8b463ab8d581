import { z } from 'zod';
import { PressError, PressErrorCode } from '../errors.js';
import type { CallOptions, Transport } from '../transport.js';
import { ask } from './wire.js';

/** A date without a time, such as "2026-11-30". */
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);

/** A link; Press says "none" as false, null or nothing (C 7). */
const link = z
  .union([z.string(), z.literal(false)])
  .nullish()
  .transform((value) => (value ? value : null));

const InvoiceItemSchema = z.object({
  /** What was used: "Site", "Server", "Marketplace App", ... */
  document_type: z.string().nullable(),
  document_name: z.string().nullable(),
  /** The site that an app was used on. */
  site: z.string().nullish(),
  plan: z.string().nullish(),
  description: z.string().nullish(),
  /** Days, as a rule. */
  quantity: z.number(),
  rate: z.number(),
  amount: z.number(),
  discount: z.number().nullish(),
});
export type InvoiceItem = z.infer<typeof InvoiceItemSchema>;

/** All money of this file is in the currency of the team: INR or USD. */
const INVOICE_FIELDS = {
  name: z.string(),
  /** Draft, Invoice Created, Unpaid, Paid, Refunded, Uncollectible, Collected or Empty (C 7). */
  status: z.string(),
  currency: z.string(),
  total: z.number(),
  /** What is still to be paid. */
  amount_due: z.number(),
};

const InvoiceSchema = z.object({
  ...INVOICE_FIELDS,
  /** Subscription, Prepaid Credits, Service, Summary or Partnership Fees (C 7). */
  type: z.string(),
  period_start: day.nullable(),
  period_end: day.nullable(),
  due_date: day.nullable(),
  payment_date: day.nullable(),
  payment_mode: z.string().nullable(),
  amount_paid: z.number(),
  applied_credits: z.number(),
  invoice_pdf: link,
  items: z.array(InvoiceItemSchema),
});
export type Invoice = z.infer<typeof InvoiceSchema>;

const UpcomingInvoiceSchema = z.object({
  /** Null until something was used in this month. */
  upcoming_invoice: InvoiceSchema.nullable(),
  /** For a person, such as "₹ 100,000.00". */
  available_credits: z.string(),
});
export type UpcomingInvoice = z.infer<typeof UpcomingInvoiceSchema>;

/** The bill of the running month so far. Read (C 7). @throws PressError */
export function upcomingInvoice(press: Transport, options?: CallOptions): Promise<UpcomingInvoice> {
  return ask(press, 'press.api.billing.upcoming_invoice', {}, UpcomingInvoiceSchema, options);
}

const OpenInvoiceSchema = z.object({ ...INVOICE_FIELDS, period_end: day.nullable() });
export type OpenInvoice = z.infer<typeof OpenInvoiceSchema>;

const UnpaidInvoiceSchema = OpenInvoiceSchema.extend({
  /** Where a person pays it, when it goes by card. */
  stripe_invoice_url: link,
});
export type UnpaidInvoice = z.infer<typeof UnpaidInvoiceSchema>;

/**
 * Bills of past months that are not paid. Read (C 7). While there is one, Press may suspend the
 * sites of the team in the second half of a month; it still lets a prepaid team with credit order
 * and change plans (observed-2 6.10).
 *
 * @throws PressError
 */
export function unpaidInvoices(press: Transport, options?: CallOptions): Promise<UnpaidInvoice[]> {
  const answer = z.array(UnpaidInvoiceSchema);
  return ask(press, 'press.api.billing.get_unpaid_invoices', {}, answer, options);
}

/** As {@link unpaidInvoices}, and the running month with it. Read (C 7). @throws PressError */
export function openInvoices(press: Transport, options?: CallOptions): Promise<OpenInvoice[]> {
  const answer = z.array(OpenInvoiceSchema);
  return ask(press, 'press.api.billing.unpaid_invoices', {}, answer, options);
}

/**
 * One bill with everything on it; null when it is unknown or another team's, which Press does not
 * tell apart. Read (C 7).
 *
 * @throws PressError
 */
export async function invoiceUsage(
  press: Transport,
  args: { readonly invoice: string },
  options?: CallOptions,
): Promise<Invoice | null> {
  try {
    return await ask(press, 'press.api.billing.get_invoice_usage', args, InvoiceSchema, options);
  } catch (error) {
    if (error instanceof PressError && error.code === PressErrorCode.NOT_FOUND) return null;
    throw error;
  }
}

/**
 * What one bill is made of. Read (C 7). {@link invoiceUsage} tells a foreign bill more clearly.
 *
 * @throws PressError `REFUSED` for a bill that is unknown or another team's (observed-2 6.14)
 */
export function invoiceItems(
  press: Transport,
  args: { readonly invoice: string },
  options?: CallOptions,
): Promise<InvoiceItem[]> {
  const answer = z.array(InvoiceItemSchema);
  return ask(press, 'press.api.billing.fetch_invoice_items', args, answer, options);
}

const PastInvoiceSchema = z.object({
  ...INVOICE_FIELDS,
  type: z.string(),
  period_start: day.nullable(),
  period_end: day.nullable(),
  due_date: day.nullable(),
  payment_date: day.nullable(),
  invoice_pdf: link,
});
export type PastInvoice = z.infer<typeof PastInvoiceSchema>;

/** All bills but drafts and refunded ones, the newest first. Read (C 7). @throws PressError */
export function pastInvoices(press: Transport, options?: CallOptions): Promise<PastInvoice[]> {
  const answer = z.array(PastInvoiceSchema);
  return ask(press, 'press.api.billing.invoices_and_payments', {}, answer, options);
}

const SummarySchema = z.object({
  name: z.string(),
  status: z.string(),
  period_end: day.nullable(),
  payment_mode: z.string().nullable(),
  type: z.string(),
  currency: z.string(),
  amount_paid: z.number(),
  items: z.array(
    z.object({
      name: z.string().nullable(),
      /** What `name` is one of: "Site", "Server", ... */
      type: z.string().nullable(),
      plan: z.string().nullish(),
      quantity: z.number(),
      rate: z.number(),
      amount: z.number(),
    }),
  ),
});
export type BillingSummary = z.infer<typeof SummarySchema>;

/**
 * Paid and unpaid bills with what they are made of. Read (C 7). An invoice may show only part of
 * its items, a defect of Press: {@link invoiceUsage} tells all.
 *
 * @throws PressError
 */
export function getBillingSummary(
  press: Transport,
  options?: CallOptions,
): Promise<BillingSummary[]> {
  return ask(press, 'press.api.billing.get_summary', {}, z.array(SummarySchema), options);
}
