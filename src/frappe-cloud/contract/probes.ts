import * as press from '../index.js';
import type { CallOptions, Transport } from '../transport.js';
import type { Sample } from './sample.js';

/** One read that is tried on a live account. */
export interface Probe {
  /** As in the table of the API. */
  readonly endpoint: string;
  /** What of the sample it asks about; without that it is left out. */
  readonly needs: readonly (keyof Sample)[];
  ask(press: Transport, sample: Required<Sample>, options: CallOptions): Promise<unknown>;
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
  'press.api.account.me': (to, _, options) => press.me(to, options),
  'press.api.account.current_team': (to, _, options) => press.currentTeam(to, options),
  'press.api.account.get_site_count': (to, _, options) => press.getSiteCount(to, options),
  'press.api.account.get_billing_information': (to, _, options) =>
    press.getBillingInformation(to, options),
  'press.api.site.get_domain': (to, _, options) => press.getDomain(to, options),
  'press.api.site.site_tags': (to, _, options) => press.siteTags(to, options),
  'press.api.site.options_for_new': (to, _, options) => press.optionsForNew(to, {}, options),
  'press.api.site.get_new_site_options': (to, _, options) => press.newSiteOptions(to, {}, options),
  'press.api.site.app_details_for_new_public_site': (to, _, options) =>
    press.appsForNewSite(to, options),
  'press.api.site.get_site_plans': (to, _, options) => press.getSitePlans(to, options),
  'press.api.site.get_site_config_standard_keys': (to, _, options) =>
    press.standardKeys(to, options),
  'press.api.billing.upcoming_invoice': (to, _, options) => press.upcomingInvoice(to, options),
  'press.api.billing.get_unpaid_invoices': (to, _, options) => press.unpaidInvoices(to, options),
  'press.api.billing.unpaid_invoices': (to, _, options) => press.openInvoices(to, options),
  'press.api.billing.total_unpaid_amount': (to, _, options) => press.totalUnpaidAmount(to, options),
  'press.api.billing.get_summary': (to, _, options) => press.getBillingSummary(to, options),
  'press.api.billing.billing_forecast': (to, _, options) => press.billingForecast(to, options),
  'press.api.billing.get_balance_credit': (to, _, options) => press.balanceCredit(to, options),
  'press.api.billing.get_current_billing_amount': (to, _, options) =>
    press.currentBillingAmount(to, options),
  'press.api.billing.invoices_and_payments': (to, _, options) => press.pastInvoices(to, options),
  'press.api.billing.subscriptions': (to, _, options) => press.subscriptions(to, options),
  'press.api.billing.details': (to, _, options) => press.billingDetails(to, options),
  'press.api.billing.balances': (to, _, options) => press.balances(to, options),
  'press.api.billing.get_payment_methods': (to, _, options) => press.paymentMethods(to, options),
});

const SITE = of(
  {
    'press.api.site.get': (to, { site }, options) => press.siteOverview(to, { site }, options),
    'client.get Site': (to, { site }, options) => press.getSite(to, { site }, options),
    'press.api.site.installed_apps': (to, { site }, options) =>
      press.installedApps(to, { site }, options),
    'press.api.site.available_apps': (to, { site }, options) =>
      press.availableApps(to, { site }, options),
    'press.api.site.site_config': (to, { site }, options) =>
      press.siteConfig(to, { site }, options),
    'press.api.site.domains': (to, { site }, options) => press.listDomains(to, { site }, options),
    'press.api.site.backups': (to, { site }, options) =>
      press.availableBackups(to, { site }, options),
    'press.api.site.jobs': (to, { site }, options) => press.jobHistory(to, { site }, options),
    'press.api.site.running_jobs': (to, { site }, options) =>
      press.runningJobs(to, { site }, options),
    'press.api.site.current_plan': (to, { site }, options) =>
      press.currentPlan(to, { site }, options),
    'press.api.site.last_migrate_failed': (to, { site }, options) =>
      press.lastMigrateFailed(to, { site }, options),
    'press.api.site.change_server_options': (to, { site }, options) =>
      press.changeServerOptions(to, { site }, options),
    'press.api.marketplace.get_marketplace_subscriptions_for_site': (to, { site }, options) =>
      press.listAppSubscriptions(to, { site }, options),
    'Site.get_current_usage': (to, { site }, options) =>
      press.getCurrentUsage(to, { site }, options),
    'Site.get_migration_options': (to, { site }, options) =>
      press.getMigrationOptions(to, { site }, options),
    'client.get_list Site Activity': (to, { site }, options) =>
      press.listSiteActivity(to, { site, action: 'Create' }, options),
    'client.get_list Site Update': (to, { site }, options) =>
      press.listSiteUpdates(to, { site }, options),
    'client.get_list Site Action': (to, { site }, options) =>
      press.listSiteActions(to, { site }, options),
    'client.get_list Site Backup': (to, { site }, options) =>
      press.listBackups(to, { site, statuses: press.BACKUP_STATUSES }, options),
  },
  'site',
);

const OTHERS: readonly Probe[] = [
  probe('press.api.site.domain_exists', ['site'], (to, { site }, options) =>
    press.domainExists(to, { domain: site }, options),
  ),
  probe('press.api.site.is_server_added_in_group', ['site', 'server'], (to, sample, options) =>
    press.isServerAddedInGroup(to, sample, options),
  ),
  ...of(
    {
      'press.api.site.check_existing_upgrade_bench': (to, sample, options) =>
        press.checkExistingUpgradeBench(to, sample, options),
      'press.api.site.get_private_groups_for_upgrade': (to, sample, options) =>
        press.getPrivateGroupsForUpgrade(to, sample, options),
    },
    'site',
    'version',
  ),
  ...of(
    {
      'press.api.site.job': (to, { job }, options) => press.getJob(to, { job }, options),
      'press.api.site.get_job_status': (to, { job }, options) =>
        press.getJobStatus(to, { job }, options),
    },
    'job',
  ),
  ...of(
    {
      'press.api.bench.deploy_information': (to, { group }, options) =>
        press.deployInformation(to, { group }, options),
      'client.get_list Bench': (to, { group }, options) =>
        press.listBenches(to, { group }, options),
      'client.get_list Deploy Candidate Build': (to, { group }, options) =>
        press.listBuilds(to, { group }, options),
    },
    'group',
  ),
  probe('press.api.billing.fetch_invoice_items', ['invoice'], (to, { invoice }, options) =>
    press.invoiceItems(to, { invoice }, options),
  ),
  probe('press.api.billing.get_invoice_usage', ['invoice'], (to, { invoice }, options) =>
    press.invoiceUsage(to, { invoice }, options),
  ),
];

/** Reads that are free of charge and of effect, and answer fast. */
export const PROBES: readonly Probe[] = [...ACCOUNT, ...SITE, ...OTHERS];
