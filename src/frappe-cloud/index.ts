/** What activities may use of the Press client. The generic client calls are not among it. */
export {
  type Account,
  type AccountCheck,
  type AccountConfig,
  type Accounts,
  checkAccount,
  createAccounts,
  UnknownAccount,
} from './accounts.js';
export { calibrateClock } from './calibration.js';
export type { PressClock } from './clock.js';
export { PressError, PressErrorCode, type Sent } from './errors.js';
export type { Probe, ProbeResult } from './probe.js';
export type { CallOptions, Transport } from './transport.js';
export { me } from './endpoints/account.js';
export { listSiteActivity, type SiteActivity } from './endpoints/activity.js';
export {
  type AppPlan,
  type AppSubscription,
  changeAppPlan,
  getAppPlans,
  listAppSubscriptions,
} from './endpoints/app-plans.js';
export {
  getDomain,
  getSitePlans,
  newSiteOptions,
  type NewSiteVersion,
  type OptionsForNew,
  optionsForNew,
  siteExists,
  type SitePlan,
} from './endpoints/catalogue.js';
export {
  CONFIG_MASK,
  type ConfigEntry,
  type ConfigRow,
  type ConfigValue,
  mergeConfig,
  updateConfig,
  siteConfig,
  type StandardKey,
  standardKeys,
} from './endpoints/config.js';
export {
  addDomain,
  checkDns,
  type DnsCheck,
  domainExists,
  listDomains,
  retryAddDomain,
  type SiteDomain,
} from './endpoints/domains.js';
export { login } from './endpoints/login.js';
export { setAdministratorPassword } from './site-password.js';
export { installedApps } from './endpoints/apps.js';
export {
  archiveBench,
  type Bench,
  type BenchQueueEntry,
  listBenches,
  listBenchQueue,
} from './endpoints/benches.js';
export { type Build, listBuilds } from './endpoints/builds.js';
export {
  getGroupDeploy,
  type GroupDeploy,
  type GroupDeployFilter,
  type GroupDeployRow,
  isTitleTaken,
  listGroupDeploys,
} from './endpoints/group-deploys.js';
export {
  benchTitleExists,
  deleteGroup,
  getReleaseGroup,
  listGroupsByTitle,
  redeployGroup,
  type ReleaseGroup,
  type ReleaseGroupRow,
} from './endpoints/groups.js';
export {
  failureReason,
  type FailureReason,
  getJob,
  getJobStatus,
  type Job,
  type JobRow,
  type JobStatus,
  listGroupJobs,
  listSiteJobs,
  type SiteJobs,
} from './endpoints/jobs.js';
export {
  type ArchiveSite,
  archiveSite,
  getSite,
  insertSite,
  type InsertSite,
  listSites,
  type NewSite,
  newSite,
  type NewSiteAnswer,
  type Site,
  type SiteRow,
  type SiteStatus,
} from './endpoints/sites.js';
