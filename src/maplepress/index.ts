/** The MaplePress client: what activities use, and programs as `sitewright/maplepress`. */
export { allSites, maybeUnreadable, sitePages, sitesOfDomain, unreadableRow } from './all-sites.js';
export { type CreatedSite, createSite } from './create-site.js';
export { domainOf, isSameDomain, normalizeDomain } from './domain.js';
export {
  MaplePressError,
  MaplePressErrorCode,
  type MaplePressErrorFields,
  mayHaveLanded,
} from './errors.js';
export { formatStorage } from './format-storage.js';
export { rotateApiKey, type RotatedKey } from './rotate-api-key.js';
export { Secret } from './secret.js';
export {
  deleteSite,
  getSite,
  type ListedSite,
  listSites,
  type Site,
  type SitePage,
  type UnreadableSite,
} from './sites.js';
export {
  createTenants,
  type Tenant,
  type TenantConfig,
  type Tenants,
  UnknownTenant,
} from './tenants.js';
export type { CallOptions, Transport, TransportConfig } from './transport.js';
export { validateDomain, validateSiteUrl, type Validation } from './validation.js';
