import { z } from 'zod';

/** What the reads of a live account came to; see `checkContract` for the verdicts. */
export const ContractReportSchema = z.object({
  account: z.string(),
  findings: z.array(
    z.object({
      endpoint: z.string(),
      verdict: z.enum(['as_expected', 'shape_changed', 'refused', 'failed', 'skipped']),
      detail: z.string().optional(),
    }),
  ),
});
export type ContractReport = z.infer<typeof ContractReportSchema>;
