import type { SurfaceRow } from './row.js';
import { DROPS_JOB, otherWayTo, reading } from './rows.js';

const INSTALL: SurfaceRow = {
  endpoint: 'Site.install_app',
  what: 'Installs an app on a site, and bills it with a plan',
  danger: 'moderate',
  reach: { by: 'document method', call: 'installApp' },
  tracker: 'Agent Job',
  repeated: '417 while open, no job after success, a new attempt after failure',
  source: 'C 4.3, observed 4, observed-2 1',
};
const UNINSTALL: SurfaceRow = {
  endpoint: 'Site.uninstall_app',
  what: "DESTROYS an app's data on a site and ends its subscription",
  danger: 'high',
  reach: { by: 'document method', call: 'uninstallApp' },
  tracker: 'Agent Job',
  repeated: '417 while open, then a SECOND job for an app that is gone',
  source: 'C 4.4, observed 4, observed-2 1',
};

export const APP_ROWS: readonly SurfaceRow[] = [
  reading(
    'press.api.site.installed_apps',
    'installedApps',
    'Apps of a site; 500 where one is paid',
    'C 4.1, observed-2 6.4',
  ),
  reading(
    'press.api.site.available_apps',
    'availableApps',
    'Apps that the bench has and the site has not',
    'C 4.2',
  ),
  INSTALL,
  otherWayTo(INSTALL, 'press.api.site.install_app', DROPS_JOB),
  UNINSTALL,
  otherWayTo(
    UNINSTALL,
    'press.api.site.uninstall_app',
    'It drops the name of the job, and takes no backup before.',
  ),
  reading(
    'press.api.marketplace.get_install_app_options',
    'getInstallAppOptions',
    'Groups, clusters and plans for an app on a new site',
    'C 4.5',
  ),
  {
    endpoint: 'press.api.marketplace.create_site_for_app',
    what: 'Orders a site with marketplace apps; billing starts',
    danger: 'moderate',
    reach: {
      by: 'another',
      endpoint: 'press.api.site.new',
      why: 'It names no job, ignores the plans of the apps, and on a private bench the plan of the site.',
    },
    tracker: 'Site or Site Group Deploy',
    repeated: '409 on a shared bench, a SECOND order on a private one',
    source: 'C 4.6, A 3.1',
  },
  reading('press.api.marketplace.get_app_plans', 'getAppPlans', 'Plans of an app', 'C 4.7'),
  reading(
    'press.api.marketplace.get_marketplace_subscriptions_for_site',
    'listAppSubscriptions',
    'Paid apps of a site; of any team, nobody checks',
    'C 4.9, observed-2 6.3',
  ),
  {
    endpoint: 'press.api.marketplace.change_app_plan',
    what: 'Changes the plan of an app and turns its subscription on; of any team, nobody checks',
    danger: 'moderate',
    reach: { by: 'direct', call: 'changeAppPlan' },
    tracker: null,
    repeated: 'no further effect',
    source: 'C 4.8, observed-2 6.3',
  },
];
