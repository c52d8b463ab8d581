import { payFromBalance, unpaidOf } from '../billing/invoices.js';
import { crash, PressError, refuse } from '../http/errors.js';
import { text } from '../json.js';
import { type CallContext, type Endpoint, type Endpoints, teamOf } from './endpoint.js';

export const notConfigured = (service: string): PressError =>
  refuse(
    `${service} is not configured. Please set up ${service} in Press Settings before using this feature.`,
  );

const SMALLEST_ORDER = 100;
const SMALLEST_MANDATE = 500;
const LARGEST_MANDATE = 100_000;

/** This world has no payment services: what needs one refuses as a server without them does. */
const needsStripe: Endpoint = {
  run() {
    throw notConfigured('Stripe');
  },
};

function missingOwn(context: CallContext, doctype: string, name: string): PressError {
  const wanted = `{'name': '${name}', 'team': '${teamOf(context).name}'}`;
  return new PressError('DoesNotExistError', `${doctype} ${wanted} not found`);
}

/** No team has a card here. */
const needsCard: Endpoint = {
  requires: ['name'],
  run(context, params) {
    throw missingOwn(context, 'Stripe Payment Method', text(params.name));
  },
};

/** Ways to pay (C 7). */
export const billingActEndpoints: Endpoints = {
  'press.api.billing.get_payment_methods': { run: () => [] },
  'press.api.billing.get_razorpay_mandates': { run: () => [] },
  'press.api.billing.set_as_default': needsCard,
  'press.api.billing.remove_payment_method': needsCard,
  'press.api.billing.cancel_razorpay_mandate': {
    requires: ['mandate_name'],
    run(context, params) {
      throw missingOwn(context, 'Razorpay Mandate', text(params.mandate_name));
    },
  },
  'press.api.billing.change_payment_mode': {
    mutates: true,
    requires: ['mode'],
    run(context, params) {
      if (params.mode === 'Card') {
        throw refuse('No card added. Please add a card to your account.');
      }
      const team = teamOf(context);
      team.payment = true;
      context.world.effect('team.payment_mode', team.name, text(params.mode));
      return undefined;
    },
  },
  'press.api.billing.finalize_invoices': {
    mutates: true,
    run(context) {
      const team = teamOf(context);
      if (unpaidOf(context.world, team.name).length > 0) payFromBalance(context.world, team);
      return undefined;
    },
  },
  'press.api.billing.get_publishable_key_and_setup_intent': needsStripe,
  'press.api.billing.setup_intent_success': needsStripe,
  'press.api.billing.create_payment_intent_for_buying_credits': needsStripe,
  'press.api.billing.create_payment_intent_for_micro_debit': needsStripe,
  'press.api.billing.create_razorpay_order': {
    requires: ['amount', 'transaction_type'],
    run(_context, params) {
      const amount = Number(params.amount);
      if (!(amount > 0)) throw refuse('Amount should be greater than zero');
      if (params.transaction_type === 'Prepaid Credits' && amount < SMALLEST_ORDER) {
        throw refuse(`Amount should be at least ₹${SMALLEST_ORDER}`);
      }
      throw notConfigured('Razorpay');
    },
  },
  'press.api.billing.create_razorpay_mandate': {
    requires: ['max_amount'],
    run(_context, params) {
      const amount = Number(params.max_amount);
      if (amount > LARGEST_MANDATE) {
        throw refuse(`Maximum amount for setting UPI autopay is ₹${LARGEST_MANDATE}`);
      }
      if (amount < SMALLEST_MANDATE) {
        throw refuse(`Minimum amount for setting UPI autopay is ₹${SMALLEST_MANDATE}`);
      }
      throw notConfigured('Razorpay');
    },
  },
  'press.api.billing.handle_razorpay_mandate_success': {
    run() {
      throw notConfigured('Razorpay');
    },
  },
  'press.api.billing.request_for_payment': {
    run() {
      throw crash('TypeError', "unsupported operand type(s) for *: 'NoneType' and 'int'");
    },
  },
};
