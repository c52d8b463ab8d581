import { z } from 'zod';
import { OPERATION_KINDS } from '../domain/operations.js';
import { CONFIG_TYPES, type Policy, type PolicyRules } from '../domain/policy-settings.js';
import { ApprovalSchema, HoursSchema, names, RuleSchema } from './rule-schema.js';
import { duration, instant, timeZone, UNITS } from './values.js';

const allowOrDeny = z.enum(['allow', 'deny']);

/** A kind without rules allows nothing. */
const RULES = Object.fromEntries(
  OPERATION_KINDS.map((kind) => [kind, z.array(RuleSchema).default([])]),
) as Readonly<Record<keyof PolicyRules, z.ZodDefault<z.ZodArray<typeof RuleSchema>>>>;

const ConfigKeySchema = z.union(
  [
    z.string().min(1),
    z.strictObject({
      key: z.string().min(1),
      type: z.enum(CONFIG_TYPES).optional(),
      secret: z.boolean().default(false),
    }),
  ],
  'must be the name of a key, or a map with key, type, secret',
);

const RequestersSchema = z
  .strictObject({
    accounts: names.default(['*']),
    people: names.default([]),
    roles: names.default([]),
  })
  .refine(({ people, roles }) => people.length + roles.length > 0, 'must name people or roles');

const AppsSchema = z.strictObject({
  plans: names.optional(),
  planPriceUsdAtMost: z.number().nonnegative().optional(),
  allow: names,
});

/** A policy file. What it leaves out has the defaults that docs/policy.md names. */
export const PolicySchema = z
  .strictObject({
    version: z.string().min(1),
    people: z.record(z.string(), names),
    unsignedDecisions: allowOrDeny.default('deny'),
    resolvers: names.default(['operator']),
    requesters: z.array(RequestersSchema).default([{ accounts: ['*'], people: ['*'], roles: [] }]),
    configKeys: z.array(ConfigKeySchema).default([]),
    secretConfigKeys: names.default([]),
    apps: z.array(AppsSchema).default([{ allow: ['*'] }]),
    planChanges: z
      .strictObject({
        upTo: z.number().nonnegative().optional(),
        downgrade: allowOrDeny.default('deny'),
        dedicated: allowOrDeny.default('deny'),
      })
      .prefault({}),
    customDomains: z.strictObject({ dnsDeadline: duration.default(2 * UNITS.d) }).prefault({}),
    handover: z.strictObject({ expiresAfter: duration.default(UNITS.d) }).prefault({}),
    privateBench: z
      .strictObject({ onSiteFailure: z.enum(['retry_on_bench', 'roll_back']).default('roll_back') })
      .prefault({}),
    verification: z
      .strictObject({ http: z.enum(['required', 'reported']).default('required') })
      .prefault({}),
    safetyCopy: z
      .strictObject({
        maxAge: duration.default(6 * UNITS.h),
        bypass: z
          .union(
            [z.literal('never'), z.strictObject({ approver: z.string().min(1) })],
            'must be never, or { approver: <role> }',
          )
          .default('never'),
      })
      .prefault({}),
    vault: z
      .strictObject({
        keepDays: z.number().int().min(1).default(90),
        keepAtLeast: z.number().int().min(1).default(1),
      })
      .prefault({}),
    maintenance: z
      .strictObject({
        timeZone: timeZone.default('UTC'),
        windows: z.array(HoursSchema).default([]),
        freezes: z
          .array(
            z.strictObject({
              from: instant,
              to: instant,
              reason: z.string().min(1),
            }),
          )
          .default([]),
      })
      .prefault({}),
    patches: z.strictObject({ skipFailing: allowOrDeny.default('deny') }).prefault({}),
    maplepress: z
      .strictObject({
        verifyWithin: duration.default(UNITS.d),
        notVerified: z.enum(['keep', 'delete']).default('keep'),
        signOfLifeWithin: duration.default(4 * UNITS.h),
      })
      .prefault({}),
    benchDeploy: z
      .strictObject({ errorBudget: z.number().int().nonnegative().max(1_000).default(1) })
      .prefault({}),
    ...RULES,
  })
  .transform(
    ({
      customDomains,
      handover,
      safetyCopy,
      configKeys,
      secretConfigKeys,
      planChanges,
      maplepress,
      ...policy
    }): Policy => {
      const keys = configKeys.map((it) => (typeof it === 'string' ? { key: it } : it));
      const secret = keys.flatMap((it) => ('secret' in it && it.secret ? [it.key] : []));
      return {
        ...policy,
        configKeys: keys.map(({ key }) => key),
        configTypes: Object.fromEntries(
          keys.flatMap((it) => ('type' in it && it.type ? [[it.key, it.type]] : [])),
        ),
        secretConfigKeys: [...new Set([...secretConfigKeys, ...secret])],
        planChanges: {
          upToUsd: planChanges.upTo ?? null,
          downgrade: planChanges.downgrade,
          dedicated: planChanges.dedicated,
        },
        safetyCopy: { maxAgeMs: safetyCopy.maxAge, bypass: safetyCopy.bypass },
        customDomains: { dnsDeadlineMs: customDomains.dnsDeadline },
        handover: { expiresAfterMs: handover.expiresAfter },
        maplepress: {
          verifyWithinMs: maplepress.verifyWithin,
          notVerified: maplepress.notVerified,
          signOfLifeWithinMs: maplepress.signOfLifeWithin,
        },
      };
    },
  );

/** Every name that a policy file may use, for those who explain them. */
export function knownSettings(): Readonly<
  Record<'settings' | 'conditions' | 'approval', readonly string[]>
> {
  const [, approval] = ApprovalSchema.options;
  return {
    settings: Object.keys(PolicySchema.in.shape),
    conditions: Object.keys(RuleSchema.in.shape.when.unwrap().shape),
    approval: Object.keys(approval.shape),
  };
}
