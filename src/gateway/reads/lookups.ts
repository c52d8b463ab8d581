import {
  canSwitchToTeam,
  checkAppCompatibility,
  checkDns,
  domainExists,
  getAppPlans,
  getInstallAppOptions,
  isSetupWizardComplete,
  isTrialSubdomainFree,
  newSiteOptions,
  optionsForNew,
  razorpayMandates,
  restoreSpace,
  selfHostedDnsPointsTo,
  selfHostedOptions,
  siteContacts,
  siteExists,
  validateGroupForUpgrade,
} from '../../frappe-cloud/index.js';
import { ARGUMENTS } from './arguments.js';
import { type Read, reading } from './read.js';

const { app, bytes, domain, group, ip, site, subdomain, team, version } = ARGUMENTS;
const size = (of: string) => bytes.default(0).describe(`size of ${of}, in bytes`);

const ownGroup = group.optional().describe('own bench group (default: the public ones)');

/** Reads that the check of the contract leaves out, or makes with other arguments. */
export const LOOKUPS: Readonly<Record<string, Read>> = {
  'press.api.site.exists': reading({ subdomain, domain }, siteExists),
  'press.api.site.options_for_new': reading({ group: ownGroup }, (press, { group: own }, options) =>
    optionsForNew(press, own === undefined ? {} : { for_bench: own }, options),
  ),
  'press.api.site.get_new_site_options': reading(
    { group: ownGroup },
    (press, { group: own }, options) =>
      newSiteOptions(press, own === undefined ? {} : { group: own }, options),
  ),
  'press.api.site.validate_restoration_space_requirements': reading(
    {
      site,
      database_bytes: size('the database, compressed'),
      public_bytes: size('the public files'),
      private_bytes: size('the private files'),
    },
    restoreSpace,
  ),
  'press.api.site.check_app_compatibility_for_upgrade': reading(
    { site, version },
    checkAppCompatibility,
  ),
  'press.api.site.validate_group_for_upgrade': reading({ site, group }, validateGroupForUpgrade),
  'press.api.marketplace.get_install_app_options': reading({ app }, getInstallAppOptions),
  'press.api.marketplace.get_app_plans': reading({ app }, getAppPlans),
  'press.api.site.check_dns': reading({ site, domain }, checkDns),
  'press.api.site.domain_exists': reading({ domain }, domainExists),
  'press.api.billing.get_razorpay_mandates': reading({}, (press, _, options) =>
    razorpayMandates(press, options),
  ),
  'press.api.account.can_switch_to_team': reading({ team }, canSwitchToTeam),
  'press.api.saas.check_subdomain_availability': reading({ subdomain, app }, isTrialSubdomainFree),
  'press.api.selfhosted.options_for_new': reading({}, (press, _, options) =>
    selfHostedOptions(press, options),
  ),
  'press.api.selfhosted.check_dns': reading({ domain, ip }, selfHostedDnsPointsTo),
  'Site.is_setup_wizard_complete': reading({ site }, isSetupWizardComplete),
  'Site.get_communication_infos': reading({ site }, siteContacts),
};
