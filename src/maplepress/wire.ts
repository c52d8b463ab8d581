import { z } from 'zod';
import { normalizeDomain } from './domain.js';

/** RFC 3339, as a date. */
const Timestamp = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** Before this year a time is a Go zero value, and means "never". */
const FIRST_YEAR = 1970;

/** A time that may be absent, null, empty or the year 1. */
const MaybeTimestamp = z
  .union([Timestamp, z.literal('')])
  .nullish()
  .transform((at) => (at instanceof Date && at.getUTCFullYear() >= FIRST_YEAR ? at : null));

/** Any UUID, whatever its version. */
const SiteId = z.guid();

const Count = z.number().int().nonnegative();

export const CreatedSiteSchema = z.object({
  id: SiteId,
  domain: z.string().min(1),
  api_key: z.string().min(1),
  verification_token: z.string().min(1),
  // An oddity in what can be read again must not cost the key, which cannot.
  site_url: z.string().nullable().catch(null),
  status: z.string().catch('pending'),
  search_index_name: z.string().catch(''),
});

export const RotatedKeySchema = z.object({
  new_api_key: z.string().min(1),
  // As above.
  old_key_last_four: z.string().nullable().catch(null),
  rotated_at: Timestamp.nullable().catch(null),
});

export const ListedSiteSchema = z.object({
  id: SiteId,
  domain: z.string(),
  status: z.string(),
  is_verified: z.boolean(),
  created_at: Timestamp,
});

/** What can be told of a row that is none of the above; null: not that. */
export const UnreadableSiteSchema = z
  .object({
    id: SiteId.nullable().catch(null),
    domain: z.string().transform(normalizeDomain).nullable().catch(null),
  })
  .catch({ id: null, domain: null });

/** One odd row must not cost the page, and with it every operation of the tenant. */
export const SitePageSchema = z.object({
  sites: z.array(z.unknown()).nullable(),
  page_state: z.string().nullish(),
});

export const SiteSchema = z.object({
  id: SiteId,
  tenant_id: z.string(),
  domain: z.string(),
  site_url: z.string(),
  api_key_prefix: z.string(),
  api_key_last_four: z.string(),
  status: z.string(),
  is_verified: z.boolean(),
  search_index_name: z.string(),
  total_pages_indexed: Count,
  last_indexed_at: MaybeTimestamp,
  plugin_version: z.string().nullish(),
  storage_used_bytes: Count,
  search_requests_count: Count,
  monthly_pages_indexed: Count,
  last_reset_at: MaybeTimestamp,
  created_at: Timestamp,
  updated_at: Timestamp,
});

export const DeletedSchema = z.object({
  success: z.literal(true).optional(),
  message: z.string().optional().catch(undefined),
});
