import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { ask, tell } from './wire.js';

const text = z.string().nullish();

const BillingInformationSchema = z.object({
  billing_name: text,
  address_line1: text,
  city: text,
  state: text,
  pincode: text,
  country: text,
  gstin: text,
});
export type BillingInformation = z.infer<typeof BillingInformationSchema>;

/** Address of the team's bills; every field is missing without one. Read (C 8.9). @throws PressError */
export function getBillingInformation(
  press: Transport,
  options?: CallOptions,
): Promise<BillingInformation> {
  const method = 'press.api.account.get_billing_information';
  return ask(press, method, {}, BillingInformationSchema, options);
}

/** Names differ from those of {@link BillingInformation}: that is how Press has them (C 8.9). */
export interface NewBillingInformation {
  readonly billing_name: string;
  readonly address: string;
  readonly city: string;
  readonly state: string;
  readonly postal_code: string;
  /** Cannot be changed any more once it is India, or to India. */
  readonly country: string;
  /** "Not Applicable" for a customer in India without one. */
  readonly gstin: string;
}

/**
 * Sets the address of the team's bills; Stripe and frappe.io are told meanwhile. Mutating, at once
 * (C 8.9). Repeated: the same once more. Only its refusals were ever measured.
 *
 * @throws PressError `REFUSED` for a postal code or GSTIN that does not fit
 */
export async function updateBillingInformation(
  press: Transport,
  args: NewBillingInformation,
  options?: CallOptions,
): Promise<void> {
  const params = { billing_details: args };
  await tell(press, 'press.api.account.update_billing_information', params, options);
}
