import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { entriesLike } from './lenient.js';
import { ask, naiveDatetime } from './wire.js';

/**
 * Reads of what a team owes and is going to owe (C 7), in the currency of the team. All of them
 * are `FORBIDDEN` to a member without the role for billing.
 */

/**
 * What is unpaid, and a negative balance with it; 0 when nothing is. Read (C 7).
 *
 * @throws PressError
 */
export function totalUnpaidAmount(press: Transport, options?: CallOptions): Promise<number> {
  return ask(press, 'press.api.billing.total_unpaid_amount', {}, z.number(), options);
}

/** Credit left on the team's account; may be negative. Read (C 7). @throws PressError */
export function balanceCredit(press: Transport, options?: CallOptions): Promise<number> {
  return ask(press, 'press.api.billing.get_balance_credit', {}, z.number(), options);
}

/** What this month has cost so far; 0 without a draft of its bill. Read (C 7). @throws PressError */
export function currentBillingAmount(press: Transport, options?: CallOptions): Promise<number> {
  return ask(press, 'press.api.billing.get_current_billing_amount', {}, z.number(), options);
}

/** Money by what it is spent on: "Site", "Server", "Marketplace App", ... */
const breakdown = z.record(z.string(), z.number());

const ForecastSchema = z.object({
  current_month_to_date_cost: z.number(),
  /** Full monthly prices of all enabled subscriptions, not what is used plus what is to come. */
  forecasted_month_end: z.number(),
  last_month_cost: z.number(),
  usage_breakdown: z.object({
    month_to_date_usage_breakdown: breakdown,
    last_month_usage_breakdown: breakdown,
    forecasted_usage_breakdown: breakdown,
  }),
  /** In percent. */
  month_over_month_change: z.number(),
  /** In percent, against the same days of the last month. */
  mtd_change: z.number(),
  currency: z.string(),
});
export type BillingForecast = z.infer<typeof ForecastSchema>;

/** What the month will cost when nothing changes. Read (C 7). @throws PressError */
export function billingForecast(press: Transport, options?: CallOptions): Promise<BillingForecast> {
  return ask(press, 'press.api.billing.billing_forecast', {}, ForecastSchema, options);
}

const BalanceTransactionSchema = z.object({
  name: z.string(),
  creation: naiveDatetime,
  /** Adjustment, Applied To Invoice, Partnership Fee. */
  type: z.string().nullable(),
  source: z.string().nullable(),
  amount: z.number(),
  currency: z.string(),
  ending_balance: z.number(),
  description: z.string().nullable(),
});
export type BalanceTransaction = z.infer<typeof BalanceTransactionSchema>;

/** Everything that came onto the team's account or went off it. Read (C 7). @throws PressError */
export function balances(press: Transport, options?: CallOptions): Promise<BalanceTransaction[]> {
  const answer = z.array(BalanceTransactionSchema);
  return ask(press, 'press.api.billing.balances', {}, answer, options);
}

const BillingDetailsSchema = z.object({
  billing_name: z.string().nullable(),
  /** In one line; empty when there is none. */
  billing_address: z.string().nullable(),
  gstin: z.string().nullable(),
});
export type BillingDetails = z.infer<typeof BillingDetailsSchema>;

/** Who the bills are addressed to. Read (C 7). @throws PressError */
export function billingDetails(press: Transport, options?: CallOptions): Promise<BillingDetails> {
  return ask(press, 'press.api.billing.details', {}, BillingDetailsSchema, options);
}

const subscribed = z.object({ name: z.string(), plan: z.string().nullable() });

const SubscriptionsSchema = z.object({
  sites: z.array(subscribed),
  servers: entriesLike(subscribed),
  /** Only apps of the older kind of subscription: for an app on a site, `listAppSubscriptions`. */
  marketplace_apps: entriesLike(
    z.object({ name: z.string(), title: z.string().nullish(), plan: z.string().nullish() }),
  ),
});
export type Subscriptions = z.infer<typeof SubscriptionsSchema>;

/** Everything the team pays for, with its plan. Read (C 7). @throws PressError */
export function subscriptions(press: Transport, options?: CallOptions): Promise<Subscriptions> {
  return ask(press, 'press.api.billing.subscriptions', {}, SubscriptionsSchema, options);
}
