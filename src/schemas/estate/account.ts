import { z } from 'zod';

/** Accounts that are configured at the gateway. */
export const AccountsSchema = z.object({
  accounts: z.array(z.object({ name: z.string(), team: z.string() })),
});
export type Accounts = z.infer<typeof AccountsSchema>;

export const AccountViewSchema = z.object({
  account: z.string(),
  /** Login of the user whose key it is. */
  user: z.string(),
  team: z.object({
    name: z.string(),
    title: z.string().nullable(),
    /** Whether Frappe Cloud acts as the team that is configured here (A 1.3). */
    asConfigured: z.boolean(),
    enabled: z.boolean(),
    country: z.string().nullable(),
    currency: z.string(),
    /** Null or empty: nothing that costs can be ordered (A 3.2). */
    paymentMode: z.string().nullable(),
    balance: z.number(),
    hasUnpaidInvoices: z.boolean(),
    /** Monthly prices of everything subscribed. */
    subscribed: z.number(),
    spendingLimit: z.number(),
    serversAllowed: z.boolean(),
    benchesAllowed: z.boolean(),
    members: z.number().int(),
  }),
  activeSites: z.number().int(),
});
export type AccountView = z.infer<typeof AccountViewSchema>;
