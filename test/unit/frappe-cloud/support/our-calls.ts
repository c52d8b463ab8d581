import { me } from '../../../../src/frappe-cloud/endpoints/account.js';
import { listSiteActivity } from '../../../../src/frappe-cloud/endpoints/activity.js';
import {
  changeAppPlan,
  getAppPlans,
  listAppSubscriptions,
} from '../../../../src/frappe-cloud/endpoints/app-plans.js';
import { installedApps } from '../../../../src/frappe-cloud/endpoints/apps.js';
import { listBenches, listBenchQueue } from '../../../../src/frappe-cloud/endpoints/benches.js';
import { listBuilds } from '../../../../src/frappe-cloud/endpoints/builds.js';
import {
  getDomain,
  getSitePlans,
  newSiteOptions,
  optionsForNew,
  siteExists,
} from '../../../../src/frappe-cloud/endpoints/catalogue.js';
import {
  mergeConfig,
  siteConfig,
  standardKeys,
  updateConfig,
} from '../../../../src/frappe-cloud/endpoints/config.js';
import {
  addDomain,
  checkDns,
  domainExists,
  listDomains,
  retryAddDomain,
  setHostName,
} from '../../../../src/frappe-cloud/endpoints/domains.js';
import {
  getGroupDeploy,
  listGroupDeploys,
} from '../../../../src/frappe-cloud/endpoints/group-deploys.js';
import {
  benchTitleExists,
  deleteGroup,
  getReleaseGroup,
  listGroupsByTitle,
  redeployGroup,
} from '../../../../src/frappe-cloud/endpoints/groups.js';
import {
  getJob,
  getJobStatus,
  listGroupJobs,
  listSiteJobs,
} from '../../../../src/frappe-cloud/endpoints/jobs.js';
import { login } from '../../../../src/frappe-cloud/endpoints/login.js';
import {
  archiveSite,
  getSite,
  insertSite,
  listSites,
  newSite,
} from '../../../../src/frappe-cloud/endpoints/sites.js';
import type { Transport } from '../../../../src/frappe-cloud/transport.js';
import { ACCOUNT_DOCUMENTS, ACCOUNT_METHODS } from './account-calls.js';
import type { Recorded } from './recordings.js';
import { SITE_DOCUMENT_METHODS, SITE_METHODS } from './site-calls.js';

type Call = (press: Transport) => Promise<unknown>;

const SITE = { site: 's' };
const GROUP = { group: 'g' };
const DOMAIN = { site: 's', domain: 'd' };

/** Our function for each remote method; the arguments do not matter to a recorded answer. */
const BY_METHOD: Readonly<Record<string, Call>> = {
  ...SITE_METHODS,
  ...ACCOUNT_METHODS,
  'press.api.account.me': (press) => me(press),
  'press.api.site.get_domain': (press) => getDomain(press),
  'press.api.site.options_for_new': (press) => optionsForNew(press),
  'press.api.site.get_new_site_options': (press) => newSiteOptions(press),
  'press.api.site.get_site_plans': (press) => getSitePlans(press),
  'press.api.site.exists': (press) => siteExists(press, { subdomain: 's', domain: 'd' }),
  'press.api.site.new': (press) => newSite(press, { name: 's', apps: [], plan: 'p', cluster: 'c' }),
  'press.api.site.login': (press) => login(press, SITE),
  'press.api.site.installed_apps': (press) => installedApps(press, SITE),
  'press.api.site.job': (press) => getJob(press, { job: 'j' }),
  'press.api.site.get_job_status': (press) => getJobStatus(press, { job: 'j' }),
  'press.api.site.site_config': (press) => siteConfig(press, SITE),
  'press.api.site.update_config': (press) => updateConfig(press, { ...SITE, config: [] }),
  'press.api.site.get_site_config_standard_keys': (press) => standardKeys(press),
  'press.api.site.check_dns': (press) => checkDns(press, DOMAIN),
  'press.api.site.add_domain': (press) => addDomain(press, DOMAIN),
  'press.api.site.retry_add_domain': (press) => retryAddDomain(press, DOMAIN),
  'press.api.site.domains': (press) => listDomains(press, SITE),
  'press.api.site.set_host_name': (press) => setHostName(press, DOMAIN),
  'press.api.site.domain_exists': (press) => domainExists(press, { domain: 'd' }),
  'press.api.bench.exists': (press) => benchTitleExists(press, { title: 't' }),
  'press.api.marketplace.get_app_plans': (press) => getAppPlans(press, { app: 'crm' }),
  'press.api.marketplace.get_marketplace_subscriptions_for_site': (press) =>
    listAppSubscriptions(press, SITE),
  'press.api.marketplace.change_app_plan': (press) =>
    changeAppPlan(press, { subscription: 's', new_plan: 'p' }),
};

const BY_DOCUMENT: Readonly<Record<string, Call>> = {
  ...SITE_DOCUMENT_METHODS,
  ...ACCOUNT_DOCUMENTS,
  'get Site': (press) => getSite(press, SITE),
  'get Release Group': (press) => getReleaseGroup(press, GROUP),
  'get Site Group Deploy': (press) => getGroupDeploy(press, { name: 'd' }),
  'get_list Site Group Deploy': (press) => listGroupDeploys(press, { names: ['d'] }),
  'get_list Release Group': (press) => listGroupsByTitle(press, { title: 't' }),
  'get_list Deploy Candidate Build': (press) => listBuilds(press, GROUP),
  'get_list New Bench Queue': (press) => listBenchQueue(press, GROUP),
  'get_list Agent Job of a group': (press) => listGroupJobs(press, GROUP),
  'get_list Site': (press) => listSites(press, { names: ['s'] }),
  'get_list Agent Job': (press) => listSiteJobs(press, SITE),
  'get_list Site Activity': (press) => listSiteActivity(press, { ...SITE, action: 'Create' }),
  'get_list Bench': (press) => listBenches(press, GROUP),
  'insert Site': (press) =>
    insertSite(press, {
      subdomain: 's',
      domain: 'd',
      apps: ['frappe'],
      cluster: 'c',
      group: 'g',
      subscription_plan: 'p',
    }),
  'delete Release Group': (press) => deleteGroup(press, GROUP),
  'run_doc_method Release Group.redeploy': (press) => redeployGroup(press, GROUP),
  'run_doc_method Site.archive': (press) =>
    archiveSite(press, { ...SITE, reason: 'r', force: false, create_offsite_backup: true }),
  'run_doc_method Site.update_config': (press) => mergeConfig(press, { ...SITE, config: {} }),
};

/** Every remote call this client makes, as named above, but `archiveBench`: nobody recorded it. */
export const OUR_CALLS: readonly string[] = [
  ...Object.keys(BY_METHOD),
  ...Object.keys(BY_DOCUMENT),
];

function documentOf({ params }: Recorded): string {
  if (typeof params.dt === 'string') return `${params.dt}.${String(params.method)}`;
  const doc = params.doc as { doctype?: string } | undefined;
  const doctype = params.doctype ?? doc?.doctype;
  const filters = params.filters as { group?: unknown } | undefined;
  if (doctype === 'Agent Job' && filters?.group !== undefined) return 'Agent Job of a group';
  return typeof doctype === 'string' ? doctype : '';
}

/** The name of our call that a recorded request corresponds to, if any. */
export function nameOfOurCall(recorded: Recorded): string | undefined {
  if (recorded.method in BY_METHOD) return recorded.method;
  const name = `${recorded.method.replace('press.api.client.', '')} ${documentOf(recorded)}`;
  return name in BY_DOCUMENT ? name : undefined;
}

export function ourCall(name: string): Call {
  const call = BY_METHOD[name] ?? BY_DOCUMENT[name];
  if (!call) throw new Error(`no call of ours is named ${name}`);
  return call;
}
