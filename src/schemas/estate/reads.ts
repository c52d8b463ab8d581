import { z } from 'zod';

const ArgumentSchema = z.object({ name: z.string(), what: z.string(), required: z.boolean() });

/** The reads of Frappe Cloud that have no screen of their own. */
export const ReadsSchema = z.object({
  reads: z.array(
    z.object({
      /** As in the table of the API. */
      endpoint: z.string(),
      /** What it tells. */
      what: z.string(),
      arguments: z.array(ArgumentSchema),
    }),
  ),
});
export type Reads = z.infer<typeof ReadsSchema>;

export const ReadAnswerSchema = z.object({
  account: z.string(),
  endpoint: z.string(),
  /** As Frappe Cloud has it, its times in its own zone; without secrets. */
  answer: z.unknown(),
});
export type ReadAnswer = z.infer<typeof ReadAnswerSchema>;
