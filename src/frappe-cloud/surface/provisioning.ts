import type { SurfaceRow } from './row.js';
import { reading } from './rows.js';

const site = (name: string) => `press.api.site.${name}`;

export const PROVISIONING_ROWS: readonly SurfaceRow[] = [
  {
    endpoint: site('new'),
    what: 'Orders a site, with a bench of its own where the plan says so; billing starts',
    danger: 'moderate',
    reach: { by: 'direct', call: 'newSite' },
    tracker: 'Agent Job on a shared bench; Site Group Deploy on one of its own',
    repeated:
      'shared: 409, safe at any time; private: 417 once the first has ended, until then a SECOND order, group and build',
    source: 'A 3.2, A 3.5, observed-2 1',
  },
  reading(
    site('exists'),
    'siteExists',
    'Whether a name is taken or blocked',
    'A 3.1, A 6',
    'the same answer; 429 after 10 in a minute from one address',
  ),
  reading(
    site('options_for_new'),
    'optionsForNew',
    'Versions, clusters and providers for a new site',
    'A 3.1, observed 4',
  ),
  reading(
    site('get_new_site_options'),
    'newSiteOptions',
    'Versions with the apps of their public group',
    'A 3.1',
  ),
  reading(site('get_domain'), 'getDomain', 'The domain of new sites', 'A 3.1'),
  reading(
    site('all'),
    'allSites',
    'Every site of the team and its child teams, in one answer, with masked statuses',
    'A 3.1',
  ),
  reading(
    site('get'),
    'siteOverview',
    'Address, region, tags of a site; the only sight of upgrades and moves',
    'A 3.1, C 1.0, C 2.9',
  ),
  reading(site('site_tags'), 'siteTags', 'Tags in use', 'A 3.1'),
  reading(
    site('app_details_for_new_public_site'),
    'appsForNewSite',
    'Marketplace apps for a new site',
    'A 3.1',
  ),
];
