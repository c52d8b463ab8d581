import { z } from 'zod';

const PlanRowSchema = z.object({
  name: z.string(),
  title: z.string().nullable(),
  /** A month, in US dollars. */
  priceUsd: z.number(),
  /** A new site gets a bench of its own. */
  privateBench: z.boolean(),
  dedicatedServer: z.boolean(),
  trial: z.boolean(),
  /** Empty lists mean "any". */
  apps: z.array(z.string()),
  clusters: z.array(z.string()),
});

/** What a marketplace app may cost on a site. */
export const AppPlansSchema = z.object({
  account: z.string(),
  app: z.string(),
  /** The cheapest first; none of an app that costs nothing, and of one that nobody knows. */
  plans: z.array(
    z.object({
      name: z.string(),
      title: z.string().nullable(),
      /** A month, in US dollars. */
      priceUsd: z.number(),
    }),
  ),
});
export type AppPlans = z.infer<typeof AppPlansSchema>;

export const PlansSchema = z.object({
  account: z.string(),
  /** Those the user of the account's key may choose, the cheapest first. */
  plans: z.array(PlanRowSchema),
});
export type Plans = z.infer<typeof PlansSchema>;
