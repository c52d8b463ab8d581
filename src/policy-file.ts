import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { OPERATION_KINDS } from './domain/operations.js';
import type { Policy, PolicyRules } from './domain/policy.js';

/** Everything wrong with a policy file, each with its line. */
export class InvalidPolicy extends Error {
  override readonly name = 'InvalidPolicy';
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    super(`policy ${file} has ${problems.length} problems:\n  ${problems.join('\n  ')}`);
    this.problems = problems;
  }
}

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `30s`, `15m`, `24h`, `7d`, in milliseconds. */
const duration = z
  .string()
  .regex(/^\d+(s|m|h|d)$/, 'a duration such as 30m, 24h or 7d')
  .transform((text) => Number(text.slice(0, -1)) * UNITS[text.slice(-1) as keyof typeof UNITS]);

const names = z.array(z.string().min(1));

const RuleSchema = z
  .strictObject({
    name: z.string().min(1),
    when: z
      .strictObject({
        planPriceUsdAtMost: z.number().nonnegative().optional(),
        requestedBy: names.optional(),
        appsWithin: names.optional(),
        sitesAtMost: z.number().int().nonnegative().optional(),
      })
      .default({}),
    approval: z
      .union([
        z.literal('none'),
        z.strictObject({
          quorum: z
            .record(z.string(), z.number().int().min(1).max(10))
            .refine((quorum) => Object.keys(quorum).length > 0, 'name at least one role'),
          expiresAfter: duration.default(UNITS.d),
          escalateAfter: duration.default(4 * UNITS.h),
          typedName: z.boolean().default(false),
          coolingOff: duration.default(0),
        }),
      ])
      .default('none'),
    refuse: z.string().optional(),
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

/** A kind without rules allows nothing. */
const RULES = Object.fromEntries(
  OPERATION_KINDS.map((kind) => [kind, z.array(RuleSchema).default([])]),
) as Readonly<Record<keyof PolicyRules, z.ZodDefault<z.ZodArray<typeof RuleSchema>>>>;

const timeZone = z
  .string()
  .refine((name) => Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC', {
    message: 'an IANA time zone such as Europe/Berlin',
  });

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** `22:30`, in minutes since midnight. */
const clock = z
  .string()
  .regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'a time such as 22:30')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

const WindowSchema = z
  .strictObject({
    days: z
      .array(z.enum(DAYS))
      .min(1)
      .default([...DAYS]),
    from: clock,
    to: clock,
  })
  .transform(({ days, ...rest }) => ({ ...rest, days: days.map((day) => DAYS.indexOf(day)) }));

const PolicySchema = z
  .strictObject({
    version: z.string().min(1),
    people: z.record(z.string(), names),
    unsignedDecisions: z.enum(['allow', 'deny']).default('deny'),
    resolvers: names.default(['operator']),
    configKeys: names.default([]),
    secretConfigKeys: names.default([]),
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
          .union([z.literal('never'), z.strictObject({ approver: z.string().min(1) })])
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
        windows: z.array(WindowSchema).default([]),
        freezes: z
          .array(
            z.strictObject({
              from: z.iso.datetime({ offset: true }),
              to: z.iso.datetime({ offset: true }),
              reason: z.string().min(1),
            }),
          )
          .default([]),
      })
      .prefault({}),
    patches: z
      .strictObject({ skipFailing: z.enum(['allow', 'deny']).default('deny') })
      .prefault({}),
    benchDeploy: z
      .strictObject({ errorBudget: z.number().int().nonnegative().max(1_000).default(1) })
      .prefault({}),
    ...RULES,
  })
  .transform(({ customDomains, handover, safetyCopy, ...policy }) => ({
    ...policy,
    safetyCopy: { maxAgeMs: safetyCopy.maxAge, bypass: safetyCopy.bypass },
    customDomains: { dnsDeadlineMs: customDomains.dnsDeadline },
    handover: { expiresAfterMs: handover.expiresAfter },
  }));

/**
 * Reads and checks a policy file (D 6).
 *
 * @throws InvalidPolicy with every problem and its line
 */
export function loadPolicy(file: string): Policy {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  if (document.errors.length > 0) {
    throw new InvalidPolicy(
      file,
      document.errors.map(
        ({ linePos, message }) => `line ${linePos?.[0].line ?? 1}: ${message.split('\n')[0] ?? ''}`,
      ),
    );
  }
  const parsed = PolicySchema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const lineOf = (where: readonly PropertyKey[]): number => {
    for (let depth = where.length; depth > 0; depth -= 1) {
      const node = document.getIn(where.slice(0, depth), true) as { range?: [number] } | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  throw new InvalidPolicy(
    file,
    parsed.error.issues.map(
      (issue) => `line ${lineOf(issue.path)}: ${issue.path.join('.')}: ${issue.message}`,
    ),
  );
}
