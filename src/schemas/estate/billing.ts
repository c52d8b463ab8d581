import { z } from 'zod';

/** A date without a time. */
const day = z.string().nullable();

const InvoiceRowSchema = z.object({
  name: z.string(),
  status: z.string(),
  periodEnd: day,
  total: z.number(),
  due: z.number(),
});
export type InvoiceRow = z.infer<typeof InvoiceRowSchema>;

/** What a team owes and is going to owe, in its currency. */
export const BillingSchema = z.object({
  account: z.string(),
  /** INR or USD. */
  currency: z.string(),
  /** Unpaid bills, and a negative balance with them. */
  unpaidTotal: z.number(),
  /** What is left on the team's account; may be negative. */
  credit: z.number(),
  /** Of this month, so far. */
  monthToDate: z.number(),
  forecast: z.object({
    /** Monthly prices of everything subscribed. */
    monthEnd: z.number(),
    lastMonth: z.number(),
    /** Against the last month, in percent. */
    changePercent: z.number(),
    /** By what it is spent on: "Site", "Server", ... */
    byKind: z.record(z.string(), z.number()),
  }),
  /** The bill of the running month; null until something was used in it. */
  upcoming: z
    .object({
      name: z.string(),
      due: day,
      total: z.number(),
      items: z.array(
        z.object({
          kind: z.string().nullable(),
          name: z.string().nullable(),
          plan: z.string().nullable(),
          /** Days, as a rule. */
          quantity: z.number(),
          amount: z.number(),
        }),
      ),
      /** Those that are not among `items`. */
      moreItems: z.number().int(),
    })
    .nullable(),
  unpaid: z.array(InvoiceRowSchema),
  /** Past bills, the newest first. */
  past: z.array(InvoiceRowSchema),
  /** The last movements on the team's account, the newest first. */
  balances: z.array(
    z.object({
      at: z.iso.datetime(),
      type: z.string().nullable(),
      source: z.string().nullable(),
      amount: z.number(),
      balance: z.number(),
    }),
  ),
});
export type Billing = z.infer<typeof BillingSchema>;
