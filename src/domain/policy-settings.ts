/** What a policy file says, checked (D 6). docs/policy.md explains every setting. */
import type { ApprovalRule } from './approvals.js';
import type { OperationKind } from './operations.js';

/** Hours of days of the week, on the clock of `maintenance.timeZone`. */
export interface WeeklyHours {
  /** Days of the week, 0 is Sunday. */
  readonly days: readonly number[];
  /** Minutes since midnight; hours that end before they begin go on into the next day. */
  readonly from: number;
  readonly to: number;
}

/** What must hold for a rule to decide; all of it. */
export interface RuleConditions {
  /** Site plan price per month, USD. */
  readonly planPriceUsdAtMost?: number | undefined;
  /** Price per month of the app plan that is asked for, USD. */
  readonly appPriceUsdAtMost?: number | undefined;
  /** Only these people. */
  readonly requestedBy?: readonly string[] | undefined;
  /** Only when every app is one of these. */
  readonly appsWithin?: readonly string[] | undefined;
  /** Only when it touches no more sites. */
  readonly sitesAtMost?: number | undefined;
  /** Only when the site has at least one of these tags. */
  readonly tags?: readonly string[] | undefined;
  /** Only when the site has none of these tags. */
  readonly withoutTags?: readonly string[] | undefined;
  /** Only on these accounts; `*` in a name stands for any letters. */
  readonly accounts?: readonly string[] | undefined;
  /** Only when it begins in these hours. */
  readonly hours?: WeeklyHours | undefined;
  /** Only when the plan becomes dearer, cheaper, or another one of the same price. */
  readonly planChange?: readonly PlanChangeKind[] | undefined;
}

/** One rule; the first whose conditions all hold decides. */
export interface OperationRule {
  readonly name: string;
  readonly when: RuleConditions;
  /** `none`, or who must agree, and how. */
  readonly approval: 'none' | Omit<ApprovalRule, 'rule' | 'acknowledge'>;
  /** Forbids what matches, with this reason. */
  readonly refuse?: string | undefined;
}

/** When work on sites may begin. */
export interface MaintenancePolicy {
  /** IANA name, e.g. "Europe/Berlin": the clock of the windows. */
  readonly timeZone: string;
  /** Empty: at any time. */
  readonly windows: readonly WeeklyHours[];
  /** Nothing is begun between these, whatever the windows say. ISO times. */
  readonly freezes: readonly {
    readonly from: string;
    readonly to: string;
    readonly reason: string;
  }[];
}

/** What the value of a config key has to be. `json`: a list or a map, or a text of one. */
export const CONFIG_TYPES = ['string', 'number', 'boolean', 'json'] as const;
export type ConfigType = (typeof CONFIG_TYPES)[number];

/** Which apps go with a plan; the first entry that speaks of the plan decides. */
export interface AppsRule {
  /** Only on these plans. */
  readonly plans?: readonly string[] | undefined;
  /** Only on plans of this price or less, USD a month. */
  readonly planPriceUsdAtMost?: number | undefined;
  /** App names; `*` allows all. */
  readonly allow: readonly string[];
}

export const PLAN_CHANGE_KINDS = ['upgrade', 'downgrade', 'same_price'] as const;
export type PlanChangeKind = (typeof PLAN_CHANGE_KINDS)[number];

/** To which plans a site may be changed, whatever the rules say. */
export interface PlanChangePolicy {
  /** Dearest plan, USD a month; null: any. */
  readonly upToUsd: number | null;
  readonly downgrade: 'allow' | 'deny';
  /** Changes to or from plans of dedicated servers. */
  readonly dedicated: 'allow' | 'deny';
}

/** Who may ask for operations at all; one entry that fits is enough. */
export interface RequestersRule {
  /** Accounts it speaks of; `*` in a name stands for any letters. */
  readonly accounts: readonly string[];
  /** `*` is anybody. */
  readonly people: readonly string[];
  readonly roles: readonly string[];
}

/** Rules for every kind of operation, under its name. */
export type PolicyRules = Readonly<Record<OperationKind, readonly OperationRule[]>>;

export interface Policy extends PolicyRules {
  /** Free text, recorded with each decision. */
  readonly version: string;
  /** Roles by person; `*` stands for anybody. */
  readonly people: Readonly<Record<string, readonly string[]>>;
  /** Whether decisions without a signature count (never in production: D 4.3). */
  readonly unsignedDecisions: 'allow' | 'deny';
  /** Roles that may resolve an operation that needs a person. */
  readonly resolvers: readonly string[];
  readonly requesters: readonly RequestersRule[];
  /** Site config keys that may be set; `*` allows all. */
  readonly configKeys: readonly string[];
  /** Type by config key; keys that are not named may have any. */
  readonly configTypes: Readonly<Record<string, ConfigType>>;
  /** Keys whose value must arrive sealed, allowed or not: it is never shown. */
  readonly secretConfigKeys: readonly string[];
  readonly apps: readonly AppsRule[];
  readonly planChanges: PlanChangePolicy;
  readonly customDomains: {
    /** How long DNS may take before the domain is given up. */
    readonly dnsDeadlineMs: number;
  };
  readonly handover: {
    /** How long a secret waits for the one who claims it; then its ciphertext is wiped (D 7). */
    readonly expiresAfterMs: number;
  };
  readonly privateBench: {
    /** Keep a bench that was built and try the site once more on it, or drop everything (A 3.7). */
    readonly onSiteFailure: 'retry_on_bench' | 'roll_back';
  };
  readonly verification: {
    /** Whether a site that does not answer HTTP fails the operation or is only reported. */
    readonly http: 'required' | 'reported';
  };
  readonly safetyCopy: {
    /** The newest offsite backup serves when it is younger, where the runbook allows an old one. */
    readonly maxAgeMs: number;
    /** Role of the one more approver it takes to do without a copy; `never` forbids it. */
    readonly bypass: 'never' | { readonly approver: string };
  };
  readonly vault: {
    /** Copies older than this may be pruned … */
    readonly keepDays: number;
    /** … but never the newest ones of a site. */
    readonly keepAtLeast: number;
  };
  readonly maintenance: MaintenancePolicy;
  readonly patches: {
    /** Whether a migration may be tried again leaving out patches that fail. */
    readonly skipFailing: 'allow' | 'deny';
  };
  readonly maplepress: {
    /** How long the plugin of a new site has to verify it. */
    readonly verifyWithinMs: number;
    /** What becomes of a registration that was not verified in time. */
    readonly notVerified: 'keep' | 'delete';
    /** How long a sign of life of the plugin is waited for after a rotation. */
    readonly signOfLifeWithinMs: number;
  };
  readonly benchDeploy: {
    /** Stop updating sites after this many have failed. */
    readonly errorBudget: number;
  };
}
