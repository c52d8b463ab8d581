/**
 * What each operation is started with. Checked by the schemas of the same name before a workflow
 * exists, and once more by its first activity.
 */
import type { BackupContents } from './backups.js';
import type { HandOverKind } from './hand-over.js';
import type { CopyFileKind } from './safety-copy.js';

/** What every operation is started with, whatever its kind. */
export interface OperationRequest {
  /** Minted by the client; a start from a plain SDK may leave it out (the workflow id serves then). */
  readonly operationId?: string;
  /** Name of a configured Frappe Cloud account; for MaplePress, of a configured tenant. */
  readonly account: string;
  /** Who asks: an id, never an e-mail address (it becomes a search attribute). */
  readonly requestedBy: string;
  readonly reason?: string;
  /** With it, a repeated start is the same operation, for ever (D 4.1). */
  readonly idempotencyKey?: string;
  /** Ends after the plan; nothing is sent to Press. */
  readonly dryRun?: boolean;
  /** When another operation holds the site: wait for it (default) or be refused, naming the holder. */
  readonly ifBusy?: 'queue' | 'refuse';
}

/** A secret, encrypted by the caller to the worker's public key; opened only inside activities (D 7). */
export interface SealedValue {
  readonly sealed: string;
}

export type ConfigValue = string | number | boolean | SealedValue;

/** Creates a site and brings it to the state asked for. */
export interface ProvisionSiteInput extends OperationRequest {
  readonly subdomain: string;
  /** Root domain; default: the account's (`press.api.site.get_domain`). */
  readonly domain?: string;
  /** Name of a Site Plan, as Press spells it. */
  readonly plan: string;
  /** Name of a Frappe Version, e.g. "Version 15". */
  readonly version: string;
  /** Name of a Cluster; default: the first of the chosen group. */
  readonly cluster?: string;
  /** App names, "frappe" first. */
  readonly apps: readonly string[];
  /** Release Group to create the site on; default: the public group of the version. */
  readonly group?: string;
  /** Dedicated server of ours to put the site on. */
  readonly server?: string;
  /** Site config keys to set after creation; policy says which are allowed. */
  readonly config?: Readonly<Record<string, ConfigValue>>;
  /** Domains of the customer to add after creation. */
  readonly customDomains?: readonly string[];
  /** Marketplace plan by app, set after creation (`selected_app_plans` fails: observed C8). */
  readonly appPlans?: Readonly<Record<string, string>>;
  /** Secrets of the new site to hand over, each for one claim (D 7). */
  readonly handOver?: readonly HandOverKind[];
}

/** An operation on a site that exists. */
export interface SiteRequest extends OperationRequest {
  /** Full name of the site; of a WordPress site its domain. */
  readonly site: string;
}

/** Asks to do without a safety copy: only where policy allows it, with one more approver (D 4.4). */
export interface SafetyRequest {
  readonly safetyCopy?: 'skip';
}

/** When to begin: at a time (ISO), in the next maintenance window of policy, or now (default). */
export interface WhenRequest {
  readonly at?: string;
}

/** Brings a site to the next major version. */
export interface UpgradeSiteInput extends SiteRequest, SafetyRequest, WhenRequest {
  /** Name of the Frappe Version to reach; default: the next one. */
  readonly version?: string;
  /** Private bench group of ours to move to. */
  readonly group?: string;
  /** Build a private bench for it; the title of its group, default made of the site's name. */
  readonly newBench?: { readonly title?: string };
  /** Branches of custom apps on a new bench, by app. */
  readonly branches?: Readonly<Record<string, string>>;
  readonly skipFailingPatches?: boolean;
}

/** Brings a site to the newest bench of its own group. */
export interface UpdateSiteInput extends SiteRequest, SafetyRequest, WhenRequest {
  readonly skipFailingPatches?: boolean;
  /** Id of the bench deploy it belongs to: while that is under way, its approval covers this. */
  readonly deploy?: string;
}

/** Runs the migrations of a site where it stands. */
export interface MigrateSiteInput extends SiteRequest, SafetyRequest {
  readonly skipFailingPatches?: boolean;
}

/** Where a restore takes its data from; exactly one. */
export type RestoreSource =
  /** A Site Backup with offsite files; of `site`, or of another one of the account (a clone). */
  | { readonly backup: string; readonly ofSite?: string }
  /** A copy in the vault, by its handle. */
  | { readonly copy: string }
  /** Remote Files that were uploaded to Press already. */
  | { readonly files: Readonly<Partial<Record<CopyFileKind, string>>> }
  /** A Site Backup that is a disk snapshot; off by default at Press (B 2.6). */
  | { readonly snapshot: string };

/** Puts other data into a site. */
export interface RestoreSiteInput extends SiteRequest, SafetyRequest {
  readonly from: RestoreSource;
  /** Default: everything that the source has. */
  readonly parts?: readonly Exclude<CopyFileKind, 'config'>[];
  readonly skipFailingPatches?: boolean;
}

/** Takes a site away. */
export interface ArchiveSiteInput extends SiteRequest, SafetyRequest {
  /** Whether Press makes a backup of its own while archiving; default true. */
  readonly finalBackup?: boolean;
}

/** Makes a site again that was archived, under its old name. */
export interface UnarchiveSiteInput extends SiteRequest {
  /** A copy in the vault; default: the newest of the site, else Press's last offsite backup. */
  readonly copy?: string;
  /** Site Plan; default: that of the archived site. */
  readonly plan?: string;
  /** Release Group; default: that of the archived site. */
  readonly group?: string;
}

/** Empties a site. */
export interface ReinstallSiteInput extends SiteRequest, SafetyRequest {}

export type DeactivateSiteInput = SiteRequest;
export type ActivateSiteInput = SiteRequest;

/** Deploys what has changed in a bench group, and brings its sites to the new bench. */
export interface DeployBenchInput extends OperationRequest {
  /** Release Group, e.g. "bench-0042". */
  readonly group: string;
  /** Apps to update; default: every app with a newer release. */
  readonly apps?: readonly string[];
  /** Branches to switch to before, by app. */
  readonly branches?: Readonly<Record<string, string>>;
  /** Sites to update afterwards; default: none. */
  readonly sites?: 'all' | readonly string[];
  /** Stop updating sites after this many have failed; default: policy's. */
  readonly errorBudget?: number;
  readonly skipFailingPatches?: boolean;
}

/** Makes a backup of a site. */
export interface BackUpSiteInput extends SiteRequest {
  /** Default: with files. */
  readonly what?: BackupContents;
  /**
   * Press keeps such a backup on the site's server for a day; one that is to last goes into the vault.
   * Default: the vault, for a backup with files; nothing else can go there.
   */
  readonly keep?: 'vault' | 'press';
}

/** Makes a link that opens a site as Administrator, for one claim. */
export type LoginLinkInput = SiteRequest;

/** Moves a site: into another bench group or onto another server, or to another region. */
export interface MoveSiteInput extends SiteRequest, SafetyRequest, WhenRequest {
  /** Release Group of ours, of the version of the site; default: its own. */
  readonly group?: string;
  /** Default: the one that it stands on. */
  readonly server?: string;
  /** Name of a Cluster; then neither of the others. */
  readonly cluster?: string;
  readonly skipFailingPatches?: boolean;
}

/** Gives a site to another team; what it holds goes with it. */
export interface TransferSiteInput extends SiteRequest {
  /** Login of the owner of the receiving team, which is an e-mail address. */
  readonly to: string;
  /** How long the confirmation is waited for, in days; default 14. */
  readonly patienceDays?: number;
}

/** Puts an app of the bench on a site. */
export interface InstallAppInput extends SiteRequest {
  readonly app: string;
  /** Marketplace plan, for an app that is paid for. */
  readonly plan?: string;
}

/** Takes an app off a site, with the data that it holds there. */
export interface UninstallAppInput extends SiteRequest, SafetyRequest {
  readonly app: string;
}

/** Sets some keys of a site's configuration and leaves the others. */
export interface UpdateConfigInput extends SiteRequest {
  readonly config: Readonly<Record<string, ConfigValue>>;
}

/** Takes a key out of a site's configuration. */
export interface DeleteConfigInput extends SiteRequest {
  readonly key: string;
}

/** About a domain of the customer. */
export interface DomainInput extends SiteRequest {
  readonly domain: string;
}

/** Changes what a site costs and may use. */
export interface ChangePlanInput extends SiteRequest {
  /** Name of a Site Plan, as Press spells it. */
  readonly plan: string;
}

/** Changes what an app costs on a site. */
export interface ChangeAppPlanInput extends SiteRequest {
  readonly app: string;
  /** Name of a Marketplace App Plan of that app. */
  readonly plan: string;
}

/** About an update that Press is to begin by itself. */
export interface ScheduledUpdateInput extends SiteRequest {
  /** Name of a Site Update; default: the one that is scheduled. */
  readonly update?: string;
}

/** Puts off an update that Press is to begin, or changes how it is done. */
export interface EditScheduledUpdateInput extends ScheduledUpdateInput {
  /** ISO time; default: as it is. */
  readonly at?: string;
  /** Default: as it is. */
  readonly skipFailingPatches?: boolean;
  /** Default: as it is. */
  readonly skipBackups?: boolean;
}

/** Something that is handed over once: a key of MaplePress. */
export interface ReceiverRequest {
  /**
   * Public key (JWK) of whoever is to have it: what is handed over is then sealed to that key from the
   * start, and nobody else can open it. Default: the configured one, else the workers' until it is
   * claimed.
   */
  readonly receiver?: Readonly<Record<string, unknown>>;
}

/** Registers a WordPress site with MaplePress. */
export interface RegisterWordPressSiteInput extends OperationRequest, ReceiverRequest {
  /** Its address; MaplePress knows it by the domain. */
  readonly siteUrl: string;
  /** How long the plugin has to verify the site, in days; default: policy's. */
  readonly patienceDays?: number;
}

/** Gives a WordPress site another API key; the old one is refused at once. */
export interface RotateApiKeyInput extends SiteRequest, ReceiverRequest, WhenRequest {}

/** Takes a WordPress site off MaplePress, with its key, index and statistics. */
export type DeleteWordPressSiteInput = SiteRequest;

/** The input of each kind of operation. */
export interface InputOf {
  readonly provision: ProvisionSiteInput;
  readonly upgrade: UpgradeSiteInput;
  readonly update: UpdateSiteInput;
  readonly migrate: MigrateSiteInput;
  readonly restore: RestoreSiteInput;
  readonly archive: ArchiveSiteInput;
  readonly unarchive: UnarchiveSiteInput;
  readonly reinstall: ReinstallSiteInput;
  readonly deactivate: DeactivateSiteInput;
  readonly activate: ActivateSiteInput;
  readonly 'deploy-bench': DeployBenchInput;
  readonly backup: BackUpSiteInput;
  readonly 'login-link': LoginLinkInput;
  readonly transfer: TransferSiteInput;
  readonly move: MoveSiteInput;
  readonly 'install-app': InstallAppInput;
  readonly 'uninstall-app': UninstallAppInput;
  readonly 'update-config': UpdateConfigInput;
  readonly 'delete-config': DeleteConfigInput;
  readonly 'add-domain': DomainInput;
  readonly 'retry-domain': DomainInput;
  readonly 'remove-domain': DomainInput;
  readonly 'set-host-name': DomainInput;
  readonly 'set-redirect': DomainInput;
  readonly 'unset-redirect': DomainInput;
  readonly 'change-plan': ChangePlanInput;
  readonly 'change-app-plan': ChangeAppPlanInput;
  readonly 'clear-cache': SiteRequest;
  readonly 'edit-scheduled-update': EditScheduledUpdateInput;
  readonly 'cancel-scheduled-update': ScheduledUpdateInput;
  readonly 'maplepress-register': RegisterWordPressSiteInput;
  readonly 'maplepress-rotate-key': RotateApiKeyInput;
  readonly 'maplepress-delete': DeleteWordPressSiteInput;
}
