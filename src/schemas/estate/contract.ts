import { z } from 'zod';

const VerdictSchema = z.enum(['as_expected', 'shape_changed', 'refused', 'failed', 'skipped']);
type Verdict = z.infer<typeof VerdictSchema>;

const count = z.number().int().nonnegative();

/** What one read of a live account came to; see `checkContract` for the verdicts. */
const FindingSchema = z.object({
  endpoint: z.string(),
  verdict: VerdictSchema,
  detail: z.string().optional(),
});

/** All of them, as the command line prints them with `--json`. */
export interface ContractReport {
  readonly account: string;
  readonly findings: readonly z.infer<typeof FindingSchema>[];
}

/**
 * A line of the stream of reads: the first says how many there are, the last how it ended. Without
 * that one the stream was cut off.
 */
export const ContractLineSchema = z.union([
  z.object({ begin: z.object({ account: z.string(), reads: count }) }),
  z.object({ finding: FindingSchema }),
  z.object({ end: z.object({ reads: count, verdicts: z.record(VerdictSchema, count) }) }),
  z.object({
    error: z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() }),
  }),
]);
export type ContractLine = z.infer<typeof ContractLineSchema>;

/** How many reads came to what: none so far. */
export const countVerdicts = (): Record<Verdict, number> => ({
  as_expected: 0,
  shape_changed: 0,
  refused: 0,
  failed: 0,
  skipped: 0,
});
