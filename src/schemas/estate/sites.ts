import { z } from 'zod';
import { SITE_STATUSES, type SiteStatus } from '../../domain/site-status.js';

const isoTime = z.iso.datetime();

/** A site in a list. */
export const SiteRowSchema = z.object({
  name: z.string(),
  status: z.enum(SITE_STATUSES),
  /** Of its bench group, such as "Version 15". */
  version: z.string().nullable(),
  plan: z.string().nullable(),
  /** The bench group it stands on. */
  group: z.object({ name: z.string(), title: z.string().nullable() }).nullable(),
  cluster: z.string().nullable(),
  /** Its primary domain. */
  hostName: z.string().nullable(),
  createdAt: isoTime,
  /** What went wrong with it and was not put right. */
  troubles: z.array(z.enum(['creation failed', 'archive failed', 'fatal update'])),
});
export type SiteRow = z.infer<typeof SiteRowSchema>;

/** What a list of sites is narrowed to; nothing: all but archived ones. */
export interface SiteFilter {
  readonly status?: readonly SiteStatus[] | undefined;
  readonly plan?: string | undefined;
  readonly version?: string | undefined;
  /** Name or title of a bench group. */
  readonly group?: string | undefined;
  readonly cluster?: string | undefined;
  readonly tag?: string | undefined;
  /** A part of the name or of the primary domain. */
  readonly search?: string | undefined;
  /** How many at most. */
  readonly limit?: number | undefined;
}

/**
 * A line of the stream of sites. The last one says how it ended: without one, the stream was cut
 * off and is not the whole list.
 */
export const SiteLineSchema = z.union([
  z.object({ site: SiteRowSchema }),
  z.object({ end: z.object({ sites: z.number().int() }) }),
  z.object({
    error: z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() }),
  }),
]);
export type SiteLine = z.infer<typeof SiteLineSchema>;
