import type { Site } from '../../frappe-cloud/index.js';
import type { SiteRow } from '../../schemas/estate/sites.js';

/** What went wrong with a site and was not put right: its status does not tell (A 3.4, A 4.5). */
export function troublesOf(
  site: Pick<Site, 'creation_failed' | 'archive_failed' | 'fatal_site_update'>,
): SiteRow['troubles'] {
  return [
    ...(site.creation_failed === null ? [] : (['creation failed'] as const)),
    ...(site.archive_failed ? (['archive failed'] as const) : []),
    ...(site.fatal_site_update ? (['fatal update'] as const) : []),
  ];
}
