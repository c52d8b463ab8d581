import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Policy } from './domain/policy.js';

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
          },
  }));

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
    provision: z.array(RuleSchema),
  })
  .transform(({ customDomains, handover, ...policy }) => ({
    ...policy,
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
