import type { Reach, SurfaceRow } from './row.js';

const billing = (name: string) => `press.api.billing.${name}`;

/** A row of a call that sets up a payment; nobody may repeat one blindly (C 7). */
function beyondToken(
  name: string,
  what: string,
  why: string,
  repeated = 'another object at the payment service',
): SurfaceRow {
  return {
    endpoint: billing(name),
    what,
    danger: 'moderate',
    reach: { by: 'nothing', why },
    tracker: null,
    repeated,
    source: 'C 7, observed-2 6.14',
  };
}

function acting(
  name: string,
  call: string,
  what: string,
  repeated: string,
  danger: SurfaceRow['danger'] = 'moderate',
): SurfaceRow {
  const reach: Reach = { by: 'direct', call };
  return { endpoint: billing(name), what, danger, reach, tracker: null, repeated, source: 'C 7' };
}

const STRIPE =
  'A browser with Stripe.js has to confirm what it answers, as the holder of the card.';
const NOTHING = 'nothing to repeat';
const RAZORPAY = 'A person has to pay in the window of Razorpay, in a browser.';

/** Ways to pay; a token can look at them, change them and end them, but not begin one. */
export const PAYMENT_ROWS: readonly SurfaceRow[] = [
  acting('get_payment_methods', 'paymentMethods', 'Cards of the team', 'the same answer', 'read'),
  acting('set_as_default', 'setDefaultPaymentMethod', 'Card that is charged', 'no further effect'),
  acting(
    'remove_payment_method',
    'removePaymentMethod',
    'Removes a card; 200 "Unpaid Invoices" means that it stays',
    '404, which proves that the first one landed',
  ),
  acting('change_payment_mode', 'changePaymentMode', 'How the team pays', 'no further effect'),
  acting(
    'get_razorpay_mandates',
    'razorpayMandates',
    'Permissions to charge by UPI',
    'the same answer',
    'read',
  ),
  acting(
    'cancel_razorpay_mandate',
    'cancelRazorpayMandate',
    'Withdraws a permission to charge by UPI',
    'unknown: never seen to succeed',
  ),
  acting(
    'finalize_invoices',
    'finalizeInvoices',
    'Finalises the draft and every unpaid bill; may charge',
    'what could not be paid is tried again',
  ),
  beyondToken('get_publishable_key_and_setup_intent', 'Begins to add a card', STRIPE),
  beyondToken('setup_intent_success', 'Ends adding a card', STRIPE, NOTHING),
  beyondToken('create_payment_intent_for_buying_credits', 'Begins to buy credit', STRIPE),
  beyondToken('create_payment_intent_for_micro_debit', 'Begins the test of a card', STRIPE),
  beyondToken(
    'create_razorpay_order',
    'Begins to buy credit or to pay',
    `${RAZORPAY} The open order alone lifts the check of payment at plan changes for five minutes.`,
  ),
  beyondToken('create_razorpay_mandate', 'Begins a permission to charge by UPI', RAZORPAY),
  beyondToken(
    'handle_razorpay_mandate_success',
    'Ends a permission to charge by UPI',
    `${RAZORPAY} This wants the signature that the window hands over.`,
    NOTHING,
  ),
  beyondToken(
    'request_for_payment',
    'Asks a telephone to pay by M-Pesa',
    'Partners in Kenya only, and a person has to agree on the telephone.',
  ),
];
