import { z } from 'zod';
import { PressError } from '../errors.js';
import type { CallOptions, Transport } from '../transport.js';
import { getList } from './generic.js';
import { ask, naiveDatetime, tell } from './wire.js';

const CurrentPlanSchema = z.object({
  current_plan: z
    .object({ name: z.string(), plan_title: z.string().nullable(), price_usd: z.number() })
    .nullable(),
  hours_until_reset: z.number().nullish(),
  total_cpu_usage_hours: z.number().nullish(),
  /** Limits and sizes in MB. */
  max_database_usage: z.number().nullable(),
  max_storage_usage: z.number().nullable(),
  total_database_usage: z.number().nullish(),
  total_storage_usage: z.number().nullish(),
  /** Of what the plan allows; above 100 Press suspends the site in the end. */
  usage_in_percent: z.object({
    cpu: z.number().nullable(),
    disk: z.number().nullable(),
    database: z.number().nullable(),
  }),
});
export type CurrentPlan = z.infer<typeof CurrentPlanSchema>;

/** The plan of an own site and how much of it is used. Read (C 6.3). @throws PressError */
export function currentPlan(
  press: Transport,
  { site }: { readonly site: string },
  options?: CallOptions,
): Promise<CurrentPlan> {
  return ask(press, 'press.api.site.current_plan', { name: site }, CurrentPlanSchema, options);
}

/**
 * Changes the plan of an own site; money. Mutating, at once (C 6.4); a job "Update Site
 * Configuration" brings the limits to the site later. Takes a SUSPENDED site up again, whatever it
 * was suspended for. A plan without database access drops the database users of the site.
 *
 * Repeated: 417 {@link isPlanAlready}, which proves that it landed. A lost one: `plan` of
 * `getSite`, and {@link listPlanChanges}.
 *
 * @throws PressError `NOT_FOUND` for an unknown plan, `REFUSED` for one that the team, its money or
 *   the server of the site does not allow
 */
export async function changePlan(
  press: Transport,
  { site, plan }: { readonly site: string; readonly plan: string },
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.site.change_plan', { name: site, plan }, options);
}

/** The site has the plan already: perhaps by our own earlier send. */
export function isPlanAlready(error: unknown): boolean {
  return (
    error instanceof PressError &&
    /\bnew plan is the same as the current plan\b/.test(error.message)
  );
}

const PlanChangeSchema = z.object({
  name: z.string(),
  /** Empty for the first plan of a site. */
  from_plan: z.string().nullable(),
  to_plan: z.string(),
  /** Initial Plan, Upgrade or Downgrade. */
  type: z.string(),
  owner: z.string(),
  creation: naiveDatetime,
});
export type PlanChange = z.infer<typeof PlanChangeSchema>;

/** Every plan an own site has had, the newest first. Read (C 6.4). @throws PressError */
export function listPlanChanges(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<PlanChange[]> {
  const fields = Object.keys(PlanChangeSchema.shape);
  const query = { doctype: 'Site Plan Change', fields, filters: { site: args.site } };
  return getList(press, query, PlanChangeSchema, options);
}
