import type { AppPlan } from '../../frappe-cloud/index.js';

/** As many as a check can name. */
const MOST = 10;

/** `INSIGHTS-1 (20 USD a month), …`: what can be chosen, for somebody who has chosen something else. */
export function plansText(plans: readonly Pick<AppPlan, 'name' | 'price_usd'>[]): string {
  if (plans.length === 0) return 'it has none';
  const named = plans
    .slice(0, MOST)
    .map(({ name, price_usd }) => `${name} (${price_usd} USD a month)`);
  return [...named, ...(plans.length > MOST ? ['…'] : [])].join(', ');
}
