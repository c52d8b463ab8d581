/** Every status a site can have (A 3.4); "Update Available" is a mask of lists, never read here. */
export const SITE_STATUSES = [
  'Pending',
  'Installing',
  'Updating',
  'Recovering',
  'Active',
  'Inactive',
  'Broken',
  'Suspended',
  'Archived',
] as const;
export type SiteStatus = (typeof SITE_STATUSES)[number];
