import type { Columns } from '../documents/doctype.js';
import type { World } from '../world/world.js';
import { draftOf, invoicesOf, subscribed, totalOf } from './invoices.js';
import { CURRENCY } from './money.js';
import { monthOf } from './months.js';

const percent = (now: number, before: number): number =>
  before === 0 ? 0 : Math.round(((now - before) / before) * 10_000) / 100;

const bySite = (amount: number): Columns => (amount === 0 ? {} : { Site: amount });

/** `billing_forecast`: the end of the month is the sum of full prices, not use plus rest (C 7). */
export function forecast(world: World, team: string): Columns {
  const draft = draftOf(world, team);
  const soFar = draft === null ? 0 : totalOf(draft);
  const lastEnd = monthOf(world, 1).end;
  const last = invoicesOf(world, team)
    .filter(({ periodEnd }) => periodEnd === lastEnd)
    .reduce((sum, invoice) => sum + totalOf(invoice), 0);
  const whole = subscribed(world, team).reduce((sum, { price }) => sum + price, 0);
  return {
    current_month_to_date_cost: soFar,
    forecasted_month_end: whole,
    last_month_cost: last,
    usage_breakdown: {
      month_to_date_usage_breakdown: bySite(soFar),
      last_month_usage_breakdown: bySite(last),
      forecasted_usage_breakdown: bySite(whole),
    },
    month_over_month_change: percent(whole, last),
    mtd_change: percent(soFar, last),
    currency: CURRENCY,
  };
}
