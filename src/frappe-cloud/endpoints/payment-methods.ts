import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { ask, checkShape, flag, tell } from './wire.js';

/** Text, or the number that it may be in the database. */
const digits = z.union([z.string(), z.number()]).transform(String).nullable();

const PaymentMethodSchema = z.object({
  name: z.string(),
  brand: z.string().nullable(),
  last_4: digits,
  name_on_card: z.string().nullable(),
  expiry_month: digits,
  expiry_year: digits,
  is_default: flag,
});
export type PaymentMethod = z.infer<typeof PaymentMethodSchema>;

/** Cards of the team; other ways to pay have no list. Read (C 7). @throws PressError */
export function paymentMethods(press: Transport, options?: CallOptions): Promise<PaymentMethod[]> {
  const answer = z.array(PaymentMethodSchema);
  return ask(press, 'press.api.billing.get_payment_methods', {}, answer, options);
}

/**
 * Makes one card the one that is charged. Mutating, at once; Stripe is told meanwhile (C 7).
 * Repeated: no further effect. Only its refusals were ever measured.
 *
 * @throws PressError `NOT_FOUND` for an unknown or foreign card
 */
export async function setDefaultPaymentMethod(
  press: Transport,
  args: { readonly name: string },
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.billing.set_as_default', args, options);
}

/**
 * Removes a card, for good: putting one in needs a browser. Mutating, at once (C 7). `kept` when it
 * is the only card and bills are open: Press says that with a 200. Repeated: `NOT_FOUND`, which
 * proves that it landed. Only its refusals were ever measured.
 *
 * @throws PressError
 */
export async function removePaymentMethod(
  press: Transport,
  args: { readonly name: string },
  options?: CallOptions,
): Promise<'removed' | 'kept'> {
  const method = 'press.api.billing.remove_payment_method';
  const { message } = await tell(press, method, args, options);
  const answer = checkShape(z.literal('Unpaid Invoices').nullish(), message, method);
  return answer === 'Unpaid Invoices' ? 'kept' : 'removed';
}

/** Ways a team can pay (C 7). */
export type PaymentMode =
  'Card' | 'Prepaid Credits' | 'NEFT' | 'Partner Credits' | 'Paid By Partner' | 'UPI Autopay';

/**
 * Changes how the team pays. Mutating, at once (C 7). Repeated: no further effect. Only its
 * refusals were ever measured.
 *
 * @throws PressError `REFUSED` without a card, or without enough balance
 */
export async function changePaymentMode(
  press: Transport,
  args: { readonly mode: PaymentMode },
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.billing.change_payment_mode', args, options);
}

/**
 * Finalises the draft of the running month and every unpaid bill: MAY CHARGE the team, at once.
 * Mutating (C 7). Repeated: what is final stays so; what could not be paid is tried again.
 *
 * @throws PressError
 */
export async function finalizeInvoices(press: Transport, options?: CallOptions): Promise<void> {
  await tell(press, 'press.api.billing.finalize_invoices', {}, options);
}

/** Nothing more is known of one: only empty lists were ever seen. */
const MandateSchema = z.object({ name: z.string(), status: z.string().nullish() });
export type RazorpayMandate = z.infer<typeof MandateSchema>;

/** Standing permissions to charge by UPI; teams in India only. Read (C 7). @throws PressError */
export function razorpayMandates(
  press: Transport,
  options?: CallOptions,
): Promise<RazorpayMandate[]> {
  const answer = z.array(MandateSchema);
  return ask(press, 'press.api.billing.get_razorpay_mandates', {}, answer, options);
}

/**
 * Withdraws a standing permission to charge, for good: giving one needs a person. Mutating, at once;
 * Razorpay is told meanwhile (C 7). Only its refusal of an unknown one was ever measured.
 *
 * @throws PressError `NOT_FOUND` for an unknown or foreign one
 */
export async function cancelRazorpayMandate(
  press: Transport,
  args: { readonly mandate_name: string },
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.billing.cancel_razorpay_mandate', args, options);
}
