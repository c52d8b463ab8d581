import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { ask, flag, tell } from './wire.js';

const AppPlanSchema = z.object({
  name: z.string(),
  title: z.string().nullable(),
  enabled: flag,
  price_usd: z.number(),
});
export type AppPlan = z.infer<typeof AppPlanSchema>;

/** Enabled plans of a marketplace app, the cheapest first. Read (C 4.7). @throws PressError */
export function getAppPlans(
  press: Transport,
  args: { readonly app: string },
  options?: CallOptions,
): Promise<AppPlan[]> {
  const params = { app: args.app, include_disabled: false };
  const method = 'press.api.marketplace.get_app_plans';
  return ask(press, method, params, z.array(AppPlanSchema), options);
}

const AppSubscriptionSchema = z.object({
  /** What {@link changeAppPlan} wants. */
  name: z.string(),
  app: z.string(),
  enabled: flag,
  plan: z.string().nullable(),
});
export type AppSubscription = z.infer<typeof AppSubscriptionSchema>;

/**
 * App subscriptions of a site. Read. No ownership check (observed-2 6.3). Disabled ones are not
 * listed (C 4.9).
 *
 * @throws PressError
 */
export function listAppSubscriptions(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<AppSubscription[]> {
  const method = 'press.api.marketplace.get_marketplace_subscriptions_for_site';
  return ask(press, method, args, z.array(AppSubscriptionSchema), options);
}

/**
 * Changes the plan of an app on a site and turns the subscription on; money. Mutating, at once
 * (C 4.8). Press checks neither that the subscription is ours nor that the plan is the app's
 * (observed-2 6.3): check both before. Repeated: no further effect.
 *
 * @throws PressError; an unknown plan is a 500 TypeError
 */
export async function changeAppPlan(
  press: Transport,
  args: { readonly subscription: string; readonly new_plan: string },
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.marketplace.change_app_plan', args, options);
}
