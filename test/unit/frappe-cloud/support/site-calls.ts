import {
  availableApps,
  changeServer,
  changeServerOptions,
  createMigrationPlan,
  deleteConfig,
  getCurrentUsage,
  getInstallAppOptions,
  getMigrationOptions,
  installApp,
  isServerAddedInGroup,
  jobHistory,
  removeDomain,
  runningJobs,
  setRedirect,
  siteOverview,
  siteTags,
  uninstallApp,
  unsetRedirect,
} from '../../../../src/frappe-cloud/index.js';
import type { Transport } from '../../../../src/frappe-cloud/transport.js';

type Calls = Readonly<Record<string, (press: Transport) => Promise<unknown>>>;

const SITE = { site: 's' };
const APP = { ...SITE, app: 'a' };
const DOMAIN = { ...SITE, domain: 'd' };
const SERVER = { ...SITE, server: 'f' };

/** Our functions about single sites, by the remote method that they call. */
export const SITE_METHODS: Calls = {
  'press.api.site.get': (press) => siteOverview(press, SITE),
  'press.api.site.site_tags': (press) => siteTags(press),
  'press.api.site.available_apps': (press) => availableApps(press, SITE),
  'press.api.site.jobs': (press) => jobHistory(press, SITE),
  'press.api.site.running_jobs': (press) => runningJobs(press, SITE),
  'press.api.site.remove_domain': (press) => removeDomain(press, DOMAIN),
  'press.api.site.set_redirect': (press) => setRedirect(press, DOMAIN),
  'press.api.site.unset_redirect': (press) => unsetRedirect(press, DOMAIN),
  'press.api.site.change_server_options': (press) => changeServerOptions(press, SITE),
  'press.api.site.is_server_added_in_group': (press) => isServerAddedInGroup(press, SERVER),
  'press.api.site.change_server': (press) => changeServer(press, SERVER),
  'press.api.marketplace.get_install_app_options': (press) =>
    getInstallAppOptions(press, { app: 'a' }),
};

/** The same of those that run a method of the site's document. */
export const SITE_DOCUMENT_METHODS: Calls = {
  'run_doc_method Site.install_app': (press) => installApp(press, APP),
  'run_doc_method Site.uninstall_app': (press) =>
    uninstallApp(press, { ...APP, create_offsite_backup: false }),
  'run_doc_method Site.delete_config': (press) => deleteConfig(press, { ...SITE, key: 'k' }),
  'run_doc_method Site.get_current_usage': (press) => getCurrentUsage(press, SITE),
  'run_doc_method Site.get_migration_options': (press) => getMigrationOptions(press, SITE),
  'run_doc_method Site.create_migration_plan': (press) =>
    createMigrationPlan(press, { ...SITE, to: { group: 'g' } }),
};
