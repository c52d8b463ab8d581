import { z } from 'zod';
import { PLAN_CHANGE_KINDS } from '../domain/policy-settings.js';
import { clock, DAYS, duration, UNITS } from './values.js';

/** A list of names. */
export const names = z.array(z.string().min(1));
/** Hours of days of the week. */
export const HoursSchema = z
  .strictObject({
    days: z
      .array(z.enum(DAYS))
      .min(1)
      .default([...DAYS]),
    from: clock,
    to: clock,
  })
  .transform(({ days, ...rest }) => ({ ...rest, days: days.map((day) => DAYS.indexOf(day)) }));

/** Who must agree, and how. */
export const ApprovalSchema = z.union(
  [
    z.literal('none'),
    z.strictObject({
      quorum: z
        .record(z.string(), z.number().int().min(1).max(10))
        .refine((quorum) => Object.keys(quorum).length > 0, 'must name at least one role'),
      expiresAfter: duration.default(UNITS.d),
      escalateAfter: duration.default(4 * UNITS.h),
      typedName: z.boolean().default(false),
      coolingOff: duration.default(0),
    }),
  ],
  'must be none, or a map with quorum',
);

/** One rule of a kind. */
export const RuleSchema = z
  .strictObject({
    name: z.string().min(1),
    when: z
      .strictObject({
        accounts: names.optional(),
        requestedBy: names.optional(),
        planPriceUsdAtMost: z.number().nonnegative().optional(),
        appPriceUsdAtMost: z.number().nonnegative().optional(),
        appsWithin: names.optional(),
        sitesAtMost: z.number().int().nonnegative().optional(),
        tags: names.optional(),
        withoutTags: names.optional(),
        planChange: z.array(z.enum(PLAN_CHANGE_KINDS)).optional(),
        hours: HoursSchema.optional(),
      })
      .default({}),
    approval: ApprovalSchema.default('none'),
    refuse: z.string().min(1).optional(),
  })
  .transform(({ approval, ...rule }) => ({
    ...rule,
    approval:
      approval === 'none'
        ? approval
        : {
            quorum: approval.quorum,
            expiresAfterMs: approval.expiresAfter,
            escalateAfterMs: approval.escalateAfter,
            ...(approval.typedName && { typedName: true }),
            ...(approval.coolingOff > 0 && { coolingOffMs: approval.coolingOff }),
          },
  }));
