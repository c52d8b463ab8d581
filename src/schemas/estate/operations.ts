import { z } from 'zod';

/** An operation of Sitewright, from its ledger. */
export const OperationSchema = z.object({
  operationId: z.string(),
  kind: z.string(),
  /** A phase, or how it ended. */
  state: z.string(),
  requestedBy: z.string(),
  openedAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
});
export type SiteOperation = z.infer<typeof OperationSchema>;
