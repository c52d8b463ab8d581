import { z } from 'zod';
import { OperationSchema } from './operations.js';

const isoTime = z.iso.datetime();
const problem = z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() });

/** The configured tenants. */
export interface TenantNames {
  readonly tenants: readonly string[];
}

/** `pending` until the plugin has verified the site. */
export const WORDPRESS_STATUSES = ['pending', 'active'] as const;
export type WordPressStatus = (typeof WORDPRESS_STATUSES)[number];

/** A WordPress site in a list. */
export const WordPressRowSchema = z.object({
  id: z.string(),
  domain: z.string(),
  /** As MaplePress spells it. */
  status: z.string(),
  isVerified: z.boolean(),
  registeredAt: isoTime,
});
export type WordPressRow = z.infer<typeof WordPressRowSchema>;

/** What a list is narrowed to, and how it is read. */
export interface WordPressFilter {
  readonly status?: WordPressStatus | undefined;
  /** How many at most. */
  readonly limit?: number | undefined;
  /** Rows of one call to MaplePress, 1 to 100; default 100. */
  readonly pageSize?: number | undefined;
}

/** A site that could not be read; null: that neither. */
export const UnreadSiteSchema = z.object({
  id: z.string().nullable(),
  domain: z.string().nullable(),
  reason: z.string(),
});
export type UnreadSite = z.infer<typeof UnreadSiteSchema>;

/** A line of the stream of sites; one without an end was cut off. */
export const WordPressLineSchema = z.union([
  z.object({ site: WordPressRowSchema }),
  z.object({ unread: UnreadSiteSchema }),
  z.object({ end: z.object({ sites: z.number().int() }) }),
  z.object({ error: problem }),
]);
export type WordPressLine = z.infer<typeof WordPressLineSchema>;

const count = z.number().int();

/** What a site uses, or all of them. */
const UsageSchema = z.object({
  pages: count,
  storageBytes: count,
  searches: count,
  /** Since the last reset of the month's counters. */
  monthlyPages: count,
});
export type WordPressUsage = z.infer<typeof UsageSchema>;

/** Everything about one WordPress site; of its key only the two ends. */
export const WordPressViewSchema = WordPressRowSchema.extend({
  tenant: z.string(),
  tenantId: z.string(),
  siteUrl: z.string(),
  apiKey: z.object({ prefix: z.string(), lastFour: z.string() }),
  searchIndex: z.string(),
  /** Empty: the plugin has not connected yet. */
  pluginVersion: z.string(),
  usage: UsageSchema,
  /** Null: never. */
  lastIndexedAt: isoTime.nullable(),
  /** When the month's counters began anew; null: never. */
  lastResetAt: isoTime.nullable(),
  updatedAt: isoTime,
  /** The newest first. */
  operations: z.array(OperationSchema),
});
export type WordPressView = z.infer<typeof WordPressViewSchema>;

/** What one site uses. */
export const SiteUsageSchema = UsageSchema.extend({ id: z.string(), domain: z.string() });
export type SiteUsage = z.infer<typeof SiteUsageSchema>;

/** The sum over all sites that could be read. */
export const UsageTotalSchema = UsageSchema.extend({ sites: count, unread: count });
export type UsageTotal = z.infer<typeof UsageTotalSchema>;

/** A line of the stream of usage; the sum is without what is `unread`; `total` is the last but one. */
export const UsageLineSchema = z.union([
  z.object({ site: SiteUsageSchema }),
  z.object({ unread: UnreadSiteSchema }),
  z.object({ total: UsageTotalSchema }),
  z.object({ end: z.object({ sites: z.number().int() }) }),
  z.object({ error: problem }),
]);
export type UsageLine = z.infer<typeof UsageLineSchema>;
