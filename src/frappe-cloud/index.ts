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
export { checkContract, type ContractCheck, type Finding, type Verdict } from './contract/check.js';
export { PressError, PressErrorCode } from './errors.js';
export type { Probe, ProbeResult } from './probe.js';
export type { CallOptions, Transport } from './transport.js';
export { me } from './endpoints/account.js';
export { listSiteActivity, type SiteActivity } from './endpoints/activity.js';
export {
  installApp,
  type InstallApp,
  uninstallApp,
  type UninstallApp,
} from './endpoints/app-changes.js';
export {
  type AppForNewSite,
  appsForNewSite,
  type AvailableApp,
  availableApps,
  getInstallAppOptions,
  type InstallOptions,
} from './endpoints/app-offers.js';
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
  deleteConfig,
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
  removeDomain,
  retryAddDomain,
  setHostName,
  type SiteDomain,
} from './endpoints/domains.js';
export { login } from './endpoints/login.js';
export {
  type CreateMigrationPlan,
  createMigrationPlan,
  getMigrationOptions,
  type MigrationOptions,
  type MoveTarget,
} from './endpoints/migration-plans.js';
export {
  changeServer,
  type ChangeServer,
  changeServerOptions,
  isServerAddedInGroup,
  type ServerOptions,
} from './endpoints/moves.js';
export { setRedirect, unsetRedirect } from './endpoints/redirects.js';
export type { BackupFile, BackupFiles } from './endpoints/backup-files.js';
export {
  type AvailableBackup,
  availableBackups,
  BACKUP_STATUSES,
  type Backup,
  type BackupQuery,
  type BackupStatus,
  listBackups,
  type ScheduleBackup,
  scheduleBackup,
} from './endpoints/backups.js';
export {
  type ForeignSite,
  getBackupLink,
  getBackupLinks,
  type LinkedBackup,
} from './endpoints/backup-links.js';
export {
  activateSite,
  clearSiteCache,
  deactivateSite,
  migrateSite,
  reinstallSite,
} from './endpoints/lifecycle.js';
export {
  type RestoreFiles,
  type RestoreSite,
  restoreSite,
  restoreSiteFromFiles,
  restoreSiteFromPhysicalBackup,
} from './endpoints/restore.js';
export { activeSiteNames } from './endpoints/site-names.js';
export { physicalBackupsAllowed } from './endpoints/physical-backups.js';
export { type RestoreSpace, restoreSpace } from './endpoints/space.js';
export { type UploadedFile, uploadedBackupInfo } from './endpoints/uploads.js';
export type { FileStream } from './file-stream.js';
export { createSiteFiles, type SiteFiles, type SiteFilesConfig } from './site-files.js';
export type { Storage } from './storage/storage.js';
export { uploadFile } from './storage/upload-file.js';
export type { ByteRange } from './storage/upload-parts.js';
export type { UploadOptions, UploadSource } from './storage/upload-types.js';
export { setAdministratorPassword } from './site-password.js';
export { installedApps } from './endpoints/apps.js';
export {
  archiveBench,
  type Bench,
  type BenchQueueEntry,
  benchVersions,
  type BenchVersion,
  isOnServer,
  listBenches,
  listBenchQueue,
} from './endpoints/benches.js';
export { type Build, type BuildDocument, getBuild, listBuilds } from './endpoints/builds.js';
export { deployFailureReason, type FailedDeploy } from './endpoints/deploy-failures.js';
export {
  deployInformation,
  type DeployInformation,
  deployStatus,
  type DeployStatus,
  isDeployInProgress,
} from './endpoints/deploy-information.js';
export {
  type AppRelease,
  deploy,
  type DeployAndUpdate,
  deployAndUpdate,
  failAndRedeploy,
  initialDeploy,
  redeployBuild,
  type SiteToUpdate,
} from './endpoints/deploys.js';
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
  type AddableApp,
  addableApps,
  type AppWithSource,
  type GroupApp,
  groupApps,
  groupDependencies,
  type GroupDependencies,
  groupOptions,
  type GroupOptions,
  groupPolicy,
} from './endpoints/group-options.js';
export {
  addApps,
  addCustomApp,
  changeBranch,
  type CustomAppToAdd,
  isAddedAlready,
  newGroup,
  type NewGroup,
  removeApp,
} from './endpoints/group-shape.js';
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
  listArchivedSites,
  listSites,
  type NewSite,
  newSite,
  type NewSiteAnswer,
  type Site,
  type SiteRow,
  type SiteStatus,
} from './endpoints/sites.js';
export {
  isSiteOfTeam,
  jobHistory,
  type PastJob,
  type RunningJob,
  runningJobs,
} from './endpoints/site-jobs.js';
export {
  type AllSites,
  allSites,
  type AnySite,
  getCurrentUsage,
  type SiteOverview,
  siteOverview,
  siteTags,
  type SiteUsage,
} from './endpoints/site-overview.js';
export { toNaive } from './endpoints/naive-time.js';
export {
  deployTracker,
  getReleasePipeline,
  listReleasePipelines,
  type ReleasePipeline,
  type ReleasePipelineRow,
  stopReleasePipeline,
} from './endpoints/release-pipelines.js';
export {
  listSiteActions,
  type SiteAction,
  type SiteActionStatus,
} from './endpoints/site-actions.js';
export {
  cancelScheduledUpdate,
  type EditScheduledUpdate,
  editScheduledUpdate,
  getSiteUpdate,
  lastMigrateFailed,
  listSiteUpdates,
  type ScheduleUpdate,
  scheduleUpdate,
  type SiteUpdate,
  type SiteUpdateFilter,
  type SiteUpdateStatus,
} from './endpoints/site-updates.js';
export {
  checkForUpdates,
  getUpdateOutlook,
  type UpdateInformation,
  type UpdateOutlook,
} from './endpoints/update-information.js';
export { updateRefusal, type UpdateRefusal } from './endpoints/update-refusals.js';
export {
  addServerToGroup,
  type AppCompatibility,
  checkAppCompatibility,
  checkExistingUpgradeBench,
  getPrivateGroupsForUpgrade,
  type SiteAndGroup,
  type SiteAtVersion,
  type UpgradeBench,
  validateGroupForUpgrade,
} from './endpoints/upgrade-options.js';
export {
  type CreatePrivateBench,
  createPrivateBenchForUpgrade,
  type CustomAppSource,
  upgradeStanding,
  type UpgradeStanding,
  type VersionUpgrade,
  versionUpgrade,
} from './endpoints/version-upgrades.js';
export {
  balanceCredit,
  balances,
  type BalanceTransaction,
  type BillingDetails,
  billingDetails,
  type BillingForecast,
  billingForecast,
  currentBillingAmount,
  type Subscriptions,
  subscriptions,
  totalUnpaidAmount,
} from './endpoints/billing.js';
export {
  type BillingInformation,
  getBillingInformation,
  type NewBillingInformation,
  updateBillingInformation,
} from './endpoints/billing-information.js';
export {
  addDatabaseIndex,
  databasePerformance,
  databaseProcesses,
  databaseSchema,
  killDatabaseProcess,
  type Loaded,
  optimizeTables,
  type PerformanceReport,
  queryDatabase,
  suggestedIndexes,
} from './endpoints/database-tools.js';
export {
  type BillingSummary,
  getBillingSummary,
  type Invoice,
  type InvoiceItem,
  invoiceItems,
  invoiceUsage,
  type OpenInvoice,
  openInvoices,
  type PastInvoice,
  pastInvoices,
  type UnpaidInvoice,
  unpaidInvoices,
  type UpcomingInvoice,
  upcomingInvoice,
} from './endpoints/invoices.js';
export {
  cancelRazorpayMandate,
  changePaymentMode,
  finalizeInvoices,
  type PaymentMethod,
  paymentMethods,
  type PaymentMode,
  type RazorpayMandate,
  razorpayMandates,
  removePaymentMethod,
  setDefaultPaymentMethod,
} from './endpoints/payment-methods.js';
export { isTrialSubdomainFree } from './endpoints/product-trial.js';
export {
  type SelfHostedOptions,
  selfHostedDnsPointsTo,
  selfHostedOptions,
} from './endpoints/self-hosted.js';
export {
  enableMonitoring,
  isSetupWizardComplete,
  setSiteContacts,
  type SiteContact,
  siteContacts,
} from './endpoints/site-contacts.js';
export {
  changePlan,
  type CurrentPlan,
  currentPlan,
  isPlanAlready,
  listPlanChanges,
  type PlanChange,
} from './endpoints/site-plans.js';
export {
  confirmSiteTransfer,
  sendChangeTeamRequest,
  type TeamChange,
} from './endpoints/site-transfer.js';
export {
  canSwitchToTeam,
  type CurrentTeam,
  currentTeam,
  getSiteCount,
  listTeams,
  type TeamRow,
} from './endpoints/team.js';
export {
  createChildTeam,
  isNoMember,
  leaveTeam,
  removeTeamMember,
  switchTeam,
  type TeamMember,
} from './endpoints/team-members.js';
export { eachSitePage, type EstateQuery, type EstateSite, estateSite } from './endpoints/estate.js';
export { readableOutput } from './endpoints/output.js';
export { createRedact, isSecretName } from './redact.js';
