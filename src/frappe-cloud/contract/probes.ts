import {
  appsForNewSite,
  availableApps,
  availableBackups,
  BACKUP_STATUSES,
  balanceCredit,
  balances,
  billingDetails,
  billingForecast,
  changeServerOptions,
  checkExistingUpgradeBench,
  currentBillingAmount,
  currentPlan,
  currentTeam,
  deployInformation,
  domainExists,
  getBillingInformation,
  getBillingSummary,
  getCurrentUsage,
  getDomain,
  getJob,
  getJobStatus,
  getMigrationOptions,
  getPrivateGroupsForUpgrade,
  getSite,
  getSiteCount,
  getSitePlans,
  installedApps,
  invoiceItems,
  invoiceUsage,
  isServerAddedInGroup,
  jobHistory,
  lastMigrateFailed,
  listAppSubscriptions,
  listBackups,
  listBenches,
  listBuilds,
  listDomains,
  listSiteActions,
  listSiteActivity,
  listSiteUpdates,
  me,
  newSiteOptions,
  openInvoices,
  optionsForNew,
  pastInvoices,
  paymentMethods,
  runningJobs,
  siteConfig,
  siteOverview,
  siteTags,
  standardKeys,
  subscriptions,
  totalUnpaidAmount,
  unpaidInvoices,
  upcomingInvoice,
} from '../index.js';
import type { CallOptions, Transport } from '../transport.js';
import type { Sample } from './sample.js';

/** One read that is tried on a live account. */
export interface Probe {
  /** As in the table of the API. */
  readonly endpoint: string;
  /** What of the sample it asks about; without that it is left out. */
  readonly needs: readonly (keyof Sample)[];
  ask(to: Transport, sample: Required<Sample>, options: CallOptions): Promise<unknown>;
}

type Ask = Probe['ask'];

const probe = (endpoint: string, needs: Probe['needs'], ask: Ask): Probe => ({
  endpoint,
  needs,
  ask,
});

const of = (rows: Readonly<Record<string, Ask>>, ...needs: Probe['needs']): readonly Probe[] =>
  Object.entries(rows).map(([endpoint, ask]) => probe(endpoint, needs, ask));

const ACCOUNT = of({
  'press.api.account.me': (to, _, options) => me(to, options),
  'press.api.account.current_team': (to, _, options) => currentTeam(to, options),
  'press.api.account.get_site_count': (to, _, options) => getSiteCount(to, options),
  'press.api.account.get_billing_information': (to, _, options) =>
    getBillingInformation(to, options),
  'press.api.site.get_domain': (to, _, options) => getDomain(to, options),
  'press.api.site.site_tags': (to, _, options) => siteTags(to, options),
  'press.api.site.options_for_new': (to, _, options) => optionsForNew(to, {}, options),
  'press.api.site.get_new_site_options': (to, _, options) => newSiteOptions(to, {}, options),
  'press.api.site.app_details_for_new_public_site': (to, _, options) => appsForNewSite(to, options),
  'press.api.site.get_site_plans': (to, _, options) => getSitePlans(to, options),
  'press.api.site.get_site_config_standard_keys': (to, _, options) => standardKeys(to, options),
  'press.api.billing.upcoming_invoice': (to, _, options) => upcomingInvoice(to, options),
  'press.api.billing.get_unpaid_invoices': (to, _, options) => unpaidInvoices(to, options),
  'press.api.billing.unpaid_invoices': (to, _, options) => openInvoices(to, options),
  'press.api.billing.total_unpaid_amount': (to, _, options) => totalUnpaidAmount(to, options),
  'press.api.billing.get_summary': (to, _, options) => getBillingSummary(to, options),
  'press.api.billing.billing_forecast': (to, _, options) => billingForecast(to, options),
  'press.api.billing.get_balance_credit': (to, _, options) => balanceCredit(to, options),
  'press.api.billing.get_current_billing_amount': (to, _, options) =>
    currentBillingAmount(to, options),
  'press.api.billing.invoices_and_payments': (to, _, options) => pastInvoices(to, options),
  'press.api.billing.subscriptions': (to, _, options) => subscriptions(to, options),
  'press.api.billing.details': (to, _, options) => billingDetails(to, options),
  'press.api.billing.balances': (to, _, options) => balances(to, options),
  'press.api.billing.get_payment_methods': (to, _, options) => paymentMethods(to, options),
});

const SITE = of(
  {
    'press.api.site.get': (to, { site }, options) => siteOverview(to, { site }, options),
    'client.get Site': (to, { site }, options) => getSite(to, { site }, options),
    'press.api.site.installed_apps': (to, { site }, options) =>
      installedApps(to, { site }, options),
    'press.api.site.available_apps': (to, { site }, options) =>
      availableApps(to, { site }, options),
    'press.api.site.site_config': (to, { site }, options) => siteConfig(to, { site }, options),
    'press.api.site.domains': (to, { site }, options) => listDomains(to, { site }, options),
    'press.api.site.backups': (to, { site }, options) => availableBackups(to, { site }, options),
    'press.api.site.jobs': (to, { site }, options) => jobHistory(to, { site }, options),
    'press.api.site.running_jobs': (to, { site }, options) => runningJobs(to, { site }, options),
    'press.api.site.current_plan': (to, { site }, options) => currentPlan(to, { site }, options),
    'press.api.site.last_migrate_failed': (to, { site }, options) =>
      lastMigrateFailed(to, { site }, options),
    'press.api.site.change_server_options': (to, { site }, options) =>
      changeServerOptions(to, { site }, options),
    'press.api.marketplace.get_marketplace_subscriptions_for_site': (to, { site }, options) =>
      listAppSubscriptions(to, { site }, options),
    'Site.get_current_usage': (to, { site }, options) => getCurrentUsage(to, { site }, options),
    'Site.get_migration_options': (to, { site }, options) =>
      getMigrationOptions(to, { site }, options),
    'client.get_list Site Activity': (to, { site }, options) =>
      listSiteActivity(to, { site, action: 'Create' }, options),
    'client.get_list Site Update': (to, { site }, options) =>
      listSiteUpdates(to, { site }, options),
    'client.get_list Site Action': (to, { site }, options) =>
      listSiteActions(to, { site }, options),
    'client.get_list Site Backup': (to, { site }, options) =>
      listBackups(to, { site, statuses: BACKUP_STATUSES }, options),
  },
  'site',
);

const OTHERS: readonly Probe[] = [
  probe('press.api.site.domain_exists', ['site'], (to, { site }, options) =>
    domainExists(to, { domain: site }, options),
  ),
  probe('press.api.site.is_server_added_in_group', ['site', 'server'], (to, sample, options) =>
    isServerAddedInGroup(to, sample, options),
  ),
  ...of(
    {
      'press.api.site.check_existing_upgrade_bench': (to, sample, options) =>
        checkExistingUpgradeBench(to, sample, options),
      'press.api.site.get_private_groups_for_upgrade': (to, sample, options) =>
        getPrivateGroupsForUpgrade(to, sample, options),
    },
    'site',
    'version',
  ),
  ...of(
    {
      'press.api.site.job': (to, { job }, options) => getJob(to, { job }, options),
      'press.api.site.get_job_status': (to, { job }, options) => getJobStatus(to, { job }, options),
    },
    'job',
  ),
  ...of(
    {
      'press.api.bench.deploy_information': (to, { group }, options) =>
        deployInformation(to, { group }, options),
      'client.get_list Bench': (to, { group }, options) => listBenches(to, { group }, options),
      'client.get_list Deploy Candidate Build': (to, { group }, options) =>
        listBuilds(to, { group }, options),
    },
    'group',
  ),
  probe('press.api.billing.fetch_invoice_items', ['invoice'], (to, { invoice }, options) =>
    invoiceItems(to, { invoice }, options),
  ),
  probe('press.api.billing.get_invoice_usage', ['invoice'], (to, { invoice }, options) =>
    invoiceUsage(to, { invoice }, options),
  ),
];

/** Reads that are free of charge and of effect, and answer fast. */
export const PROBES: readonly Probe[] = [...ACCOUNT, ...SITE, ...OTHERS];
