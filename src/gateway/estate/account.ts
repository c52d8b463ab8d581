import {
  type Account,
  currentTeam,
  getAppPlans,
  getSitePlans,
  getSiteCount,
  me,
} from '../../frappe-cloud/index.js';
import type { AccountView } from '../../schemas/estate/account.js';
import type { AppPlans, Plans } from '../../schemas/estate/plans.js';

/** Who an account is for Frappe Cloud, and what its team may do. @throws PressError */
export async function accountView(
  { name, press, team: configured }: Account,
  signal: AbortSignal,
): Promise<AccountView> {
  const options = { signal };
  const [{ user }, team, activeSites] = await Promise.all([
    me(press, options),
    currentTeam(press, options),
    getSiteCount(press, options),
  ]);
  return {
    account: name,
    user,
    team: {
      name: team.name,
      title: team.team_title,
      asConfigured: team.name === configured,
      enabled: team.enabled,
      country: team.country,
      currency: team.currency,
      paymentMode: team.payment_mode,
      balance: team.balance,
      hasUnpaidInvoices: team.billing_info.has_unpaid_invoices,
      subscribed: team.total_subscribed_amount,
      spendingLimit: team.spending_limit,
      serversAllowed: team.servers_enabled,
      benchesAllowed: team.benches_enabled,
      members: team.team_members.length,
    },
    activeSites,
  };
}

/** Plans that may be chosen, the cheapest first. @throws PressError */
export async function plansOf({ name, press }: Account, signal: AbortSignal): Promise<Plans> {
  const plans = await getSitePlans(press, { signal });
  return {
    account: name,
    plans: plans
      .map((plan) => ({
        name: plan.name,
        title: plan.plan_title,
        priceUsd: plan.price_usd,
        privateBench: plan.private_bench_support,
        dedicatedServer: plan.dedicated_server_plan,
        trial: plan.is_trial_plan,
        apps: plan.allowed_apps,
        clusters: plan.clusters,
      }))
      .sort((a, b) => a.priceUsd - b.priceUsd),
  };
}

/** Plans of a marketplace app, the cheapest first. @throws PressError */
export async function appPlansOf(
  { name, press }: Account,
  app: string,
  signal: AbortSignal,
): Promise<AppPlans> {
  const plans = await getAppPlans(press, { app }, { signal });
  return {
    account: name,
    app,
    plans: plans
      .map(({ name: plan, title, price_usd: priceUsd }) => ({ name: plan, title, priceUsd }))
      .sort((a, b) => a.priceUsd - b.priceUsd),
  };
}
