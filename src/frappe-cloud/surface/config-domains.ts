import type { SurfaceRow } from './row.js';
import { otherWayTo, reading, SAME } from './rows.js';

const site = (name: string) => `press.api.site.${name}`;
const CONFIG_JOB = 'the newest Agent Job "Update Site Configuration"';

const ADD_DOMAIN: SurfaceRow = {
  endpoint: site('add_domain'),
  what: 'Adds a domain and asks for its certificate; nothing when its DNS does not match',
  danger: 'low',
  reach: { by: 'direct', call: 'addDomain' },
  tracker: 'Site Domain',
  repeated: '417 "is unavailable"; whose it is tells whether it landed',
  source: 'C 5.8, observed-2 1',
};
const RETRY_DOMAIN: SurfaceRow = {
  endpoint: site('retry_add_domain'),
  what: 'Asks for the certificate of a Broken domain again',
  danger: 'low',
  reach: { by: 'direct', call: 'retryAddDomain' },
  tracker: 'Site Domain',
  repeated: 'another request; 500 after some',
  source: 'C 5.9, observed-2 6.11',
};
const REMOVE_DOMAIN: SurfaceRow = {
  endpoint: site('remove_domain'),
  what: 'Takes a domain off a site, with its certificate',
  danger: 'moderate',
  reach: { by: 'direct', call: 'removeDomain' },
  tracker: 'none: the row is gone at once; its jobs are named by nobody',
  repeated: '500 IndexError, which means gone',
  source: 'C 5.10, observed-2 6.11',
};
const SET_HOST_NAME: SurfaceRow = {
  endpoint: site('set_host_name'),
  what: 'Makes a domain the primary one',
  danger: 'low',
  reach: { by: 'direct', call: 'setHostName' },
  tracker: null,
  repeated: 'no further effect',
  source: 'C 5.11, observed-2 6.11',
};
const SET_REDIRECT: SurfaceRow = {
  endpoint: site('set_redirect'),
  what: 'Lets a domain redirect to the primary one',
  danger: 'low',
  reach: { by: 'direct', call: 'setRedirect' },
  tracker: 'none: the flag is set at once; a failed job leaves it set',
  repeated: 'no further effect and no new job',
  source: 'C 5.12, observed-2 6.11',
};
const UNSET_REDIRECT: SurfaceRow = {
  ...SET_REDIRECT,
  endpoint: site('unset_redirect'),
  what: 'Lets a domain serve the site itself again',
  reach: { by: 'direct', call: 'unsetRedirect' },
};

export const CONFIG_DOMAIN_ROWS: readonly SurfaceRow[] = [
  {
    ...reading(
      site('site_config'),
      'siteConfig',
      'Visible configuration of a site; `encryption_key` may come in clear',
      'C 5.1, observed-2 5',
    ),
    danger: 'secret',
  },
  {
    endpoint: site('update_config'),
    what: 'REPLACES all visible keys of the configuration',
    danger: 'high',
    reach: { by: 'direct', call: 'updateConfig' },
    tracker: CONFIG_JOB,
    repeated: 'another job, harmless',
    source: 'C 5.2, observed 4',
  },
  {
    endpoint: 'Site.update_config',
    what: 'Sets some keys of the configuration and leaves the others',
    danger: 'moderate',
    reach: { by: 'document method', call: 'mergeConfig' },
    tracker: CONFIG_JOB,
    repeated: 'another job, harmless',
    source: 'C 5.2',
  },
  {
    endpoint: 'Site.delete_config',
    what: 'Takes one key out of the configuration',
    danger: 'moderate',
    reach: { by: 'document method', call: 'deleteConfig' },
    tracker: 'Agent Job',
    repeated: 'another job, harmless',
    source: 'C 5.3',
  },
  reading(
    site('get_site_config_standard_keys'),
    'standardKeys',
    'Keys whose type Press knows',
    'C 5.4',
  ),
  reading(site('check_dns'), 'checkDns', 'Whether the DNS of a domain matches now', 'C 5.5'),
  reading(site('domain_exists'), 'domainExists', 'The site, of any team, of a domain', 'C 5.6'),
  reading(site('domains'), 'listDomains', 'Domains of a site', 'C 5.7'),
  ADD_DOMAIN,
  otherWayTo(ADD_DOMAIN, 'Site.add_domain', SAME),
  RETRY_DOMAIN,
  {
    ...otherWayTo(
      RETRY_DOMAIN,
      'Site.fetch_certificate',
      'It is a 404 for a domain that has no certificate yet, and only for Active sites.',
    ),
    source: 'C 5.9, observed-2 9',
  },
  REMOVE_DOMAIN,
  otherWayTo(REMOVE_DOMAIN, 'Site.remove_domain', SAME),
  SET_HOST_NAME,
  otherWayTo(SET_HOST_NAME, 'Site.set_host_name', SAME),
  SET_REDIRECT,
  otherWayTo(SET_REDIRECT, 'Site.set_redirect', SAME),
  UNSET_REDIRECT,
  otherWayTo(UNSET_REDIRECT, 'Site.unset_redirect', SAME),
];
