import {
  addDatabaseIndex,
  balanceCredit,
  balances,
  billingDetails,
  billingForecast,
  canSwitchToTeam,
  changePlan,
  createChildTeam,
  currentBillingAmount,
  currentPlan,
  currentTeam,
  databasePerformance,
  databaseProcesses,
  databaseSchema,
  finalizeInvoices,
  getBillingInformation,
  getBillingSummary,
  getSiteCount,
  invoiceItems,
  invoiceUsage,
  listPlanChanges,
  openInvoices,
  optimizeTables,
  pastInvoices,
  paymentMethods,
  queryDatabase,
  removeTeamMember,
  selfHostedDnsPointsTo,
  selfHostedOptions,
  sendChangeTeamRequest,
  setSiteContacts,
  siteContacts,
  subscriptions,
  suggestedIndexes,
  switchTeam,
  totalUnpaidAmount,
  unpaidInvoices,
  upcomingInvoice,
} from '../../../../src/frappe-cloud/index.js';
import type { Transport } from '../../../../src/frappe-cloud/transport.js';

type Calls = Readonly<Record<string, (press: Transport) => Promise<unknown>>>;

const SITE = { site: 's' };
const TEAM = { team: 't' };
const INVOICE = { invoice: 'i' };

/** Our functions about plans, bills, teams and other products, by the method that they call. */
export const ACCOUNT_METHODS: Calls = {
  'press.api.site.current_plan': (press) => currentPlan(press, SITE),
  'press.api.site.change_plan': (press) => changePlan(press, { ...SITE, plan: 'p' }),
  'press.api.site.send_change_team_request': (press) =>
    sendChangeTeamRequest(press, { ...SITE, team_mail_id: 'a@x.example', reason: 'r' }),
  'press.api.billing.upcoming_invoice': (press) => upcomingInvoice(press),
  'press.api.billing.get_unpaid_invoices': (press) => unpaidInvoices(press),
  'press.api.billing.unpaid_invoices': (press) => openInvoices(press),
  'press.api.billing.total_unpaid_amount': (press) => totalUnpaidAmount(press),
  'press.api.billing.get_invoice_usage': (press) => invoiceUsage(press, INVOICE),
  'press.api.billing.fetch_invoice_items': (press) => invoiceItems(press, INVOICE),
  'press.api.billing.get_summary': (press) => getBillingSummary(press),
  'press.api.billing.billing_forecast': (press) => billingForecast(press),
  'press.api.billing.get_balance_credit': (press) => balanceCredit(press),
  'press.api.billing.get_current_billing_amount': (press) => currentBillingAmount(press),
  'press.api.billing.invoices_and_payments': (press) => pastInvoices(press),
  'press.api.billing.subscriptions': (press) => subscriptions(press),
  'press.api.billing.details': (press) => billingDetails(press),
  'press.api.billing.balances': (press) => balances(press),
  'press.api.billing.get_payment_methods': (press) => paymentMethods(press),
  'press.api.billing.finalize_invoices': (press) => finalizeInvoices(press),
  'press.api.account.current_team': (press) => currentTeam(press),
  'press.api.account.can_switch_to_team': (press) => canSwitchToTeam(press, TEAM),
  'press.api.account.switch_team': (press) => switchTeam(press, TEAM),
  'press.api.account.remove_team_member': (press) =>
    removeTeamMember(press, { user_email: 'a@x.example' }),
  'press.api.account.create_child_team': (press) => createChildTeam(press, { title: 't' }),
  'press.api.account.get_site_count': (press) => getSiteCount(press),
  'press.api.account.get_billing_information': (press) => getBillingInformation(press),
  'press.api.selfhosted.options_for_new': (press) => selfHostedOptions(press),
  'press.api.selfhosted.check_dns': (press) =>
    selfHostedDnsPointsTo(press, { domain: 'd', ip: '10.0.0.1' }),
};

/** The same of those that run a method of the site's document, or list documents. */
export const ACCOUNT_DOCUMENTS: Calls = {
  'get_list Site Plan Change': (press) => listPlanChanges(press, SITE),
  'run_doc_method Site.get_communication_infos': (press) => siteContacts(press, SITE),
  'run_doc_method Site.update_communication_infos': (press) =>
    setSiteContacts(press, { ...SITE, contacts: [] }),
  'run_doc_method Site.optimize_tables': (press) => optimizeTables(press, SITE),
  'run_doc_method Site.get_database_performance_report': (press) =>
    databasePerformance(press, SITE),
  'run_doc_method Site.fetch_database_table_schema': (press) => databaseSchema(press, SITE),
  'run_doc_method Site.fetch_database_processes': (press) => databaseProcesses(press, SITE),
  'run_doc_method Site.run_sql_query_in_database': (press) =>
    queryDatabase(press, { ...SITE, query: 'select 1' }),
  'run_doc_method Site.suggest_database_indexes': (press) => suggestedIndexes(press, SITE),
  'run_doc_method Site.add_database_index': (press) =>
    addDatabaseIndex(press, { ...SITE, table: 't', column: 'c' }),
};
