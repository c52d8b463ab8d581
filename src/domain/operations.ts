/**
 * The vocabulary every part of Sitewright shares: kinds of operations, the phases they pass,
 * the outcomes they end in, and their identifiers (D 4, D 4.1).
 */

/** Kinds that are one change of a site: they share one runbook (adjust-site.ts). */
export const ADJUSTMENT_KINDS = [
  'install-app',
  'uninstall-app',
  'update-config',
  'delete-config',
  'add-domain',
  'retry-domain',
  'remove-domain',
  'set-host-name',
  'set-redirect',
  'unset-redirect',
  'change-plan',
  'change-app-plan',
  'clear-cache',
  'edit-scheduled-update',
  'cancel-scheduled-update',
] as const;
export type AdjustmentKind = (typeof ADJUSTMENT_KINDS)[number];

/** Kinds that are about a WordPress site and its registration with MaplePress. */
export const MAPLEPRESS_KINDS = [
  'maplepress-register',
  'maplepress-rotate-key',
  'maplepress-delete',
] as const;
export type MaplePressKind = (typeof MAPLEPRESS_KINDS)[number];

/** Whether an operation of this kind is about a WordPress site. */
export function isMaplePressKind(kind: string): kind is MaplePressKind {
  return (MAPLEPRESS_KINDS as readonly string[]).includes(kind);
}

/** Kinds of operations; the first part of every workflow id. */
export const OPERATION_KINDS = [
  'provision',
  'upgrade',
  'update',
  'migrate',
  'restore',
  'archive',
  'unarchive',
  'reinstall',
  'deactivate',
  'activate',
  'deploy-bench',
  'backup',
  'login-link',
  'transfer',
  'move',
  ...ADJUSTMENT_KINDS,
  ...MAPLEPRESS_KINDS,
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/** The workflow type of each kind. */
export const WORKFLOW_TYPE = {
  provision: 'provisionSite',
  upgrade: 'upgradeSite',
  update: 'updateSite',
  migrate: 'migrateSite',
  restore: 'restoreSite',
  archive: 'archiveSite',
  unarchive: 'unarchiveSite',
  reinstall: 'reinstallSite',
  deactivate: 'deactivateSite',
  activate: 'activateSite',
  'deploy-bench': 'deployBench',
  backup: 'backUpSite',
  'login-link': 'createLoginLink',
  transfer: 'transferSite',
  move: 'moveSite',
  'install-app': 'installApp',
  'uninstall-app': 'uninstallApp',
  'update-config': 'updateConfig',
  'delete-config': 'deleteConfig',
  'add-domain': 'addDomain',
  'retry-domain': 'retryDomain',
  'remove-domain': 'removeDomain',
  'set-host-name': 'setHostName',
  'set-redirect': 'setRedirect',
  'unset-redirect': 'unsetRedirect',
  'change-plan': 'changePlan',
  'change-app-plan': 'changeAppPlan',
  'clear-cache': 'clearCache',
  'edit-scheduled-update': 'editScheduledUpdate',
  'cancel-scheduled-update': 'cancelScheduledUpdate',
  'maplepress-register': 'registerWordPressSite',
  'maplepress-rotate-key': 'rotateApiKey',
  'maplepress-delete': 'deleteWordPressSite',
} as const satisfies Readonly<Record<OperationKind, string>>;

/** Every way an operation can end. A business end is a completed workflow with one of these (D 4). */
export const OUTCOMES = [
  'succeeded',
  'succeeded_with_exceptions',
  'rolled_back',
  'refused',
  'rejected',
  'expired',
  'cancelled',
  'abandoned',
  'planned',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What an open operation is doing. */
export type Phase =
  | 'preflight'
  | 'waiting_approval'
  | 'queued'
  | 'safety_copy'
  | 'running'
  | 'verifying'
  | 'compensating'
  | 'held'
  | 'needs_human';

/** What `OperationStatus` shows: a phase while open, an outcome afterwards. */
export type OperationState = Phase | Outcome;

/** What a finished operation answers; also the workflow's result and the ledger's record. */
export interface OperationResult {
  readonly operationId: string;
  readonly kind: OperationKind;
  readonly site: string;
  readonly outcome: Outcome;
  /** Why it ended so, for a person; absent after success. */
  readonly reason?: string;
  /** Parts given up by policy, and what else the requester should know. */
  readonly exceptions: readonly string[];
  /** What the operation made or found, e.g. address, plan, group. */
  readonly details: Readonly<Record<string, string>>;
}

/** Name of one remote effect: unique in the ledger, so that it happens once (D 4.1). */
export interface CommandKey {
  readonly operationId: string;
  readonly step: string;
  /** Raised for a deliberate repeat, after the round before is settled or located. */
  readonly round: number;
}

/** `<kind>:<site>:<operationId>`; no slashes, the UI's deep links answer 404 to them (D 4.1). */
export function workflowIdFor(kind: OperationKind, site: string, operationId: string): string {
  return `${kind}:${site}:${operationId}`;
}

/**
 * The operation id in a workflow id of ours; the whole id when it is somebody else's. Of what a
 * schedule has begun, it ends in the time, without its colons.
 */
export function operationIdFrom(workflowId: string): string {
  const [, , ...id] = workflowId.split(':');
  return id.length === 0 ? workflowId : id.join('');
}

/** Full name of a site that is to be made, as far as the input tells. */
export function siteNameOf(input: {
  readonly subdomain: string;
  readonly domain?: string;
}): string {
  return input.domain ? `${input.subdomain}.${input.domain}` : input.subdomain;
}

/** What is shown of an operation before its input has been checked. */
export interface OperationHeader {
  readonly operationId: string;
  readonly site: string;
  readonly account: string;
  readonly requestedBy: string;
}

/** A plain word: what is shown, searched and pasted into a shell before an input is checked. */
const WORD = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,139}$/;

/**
 * What an operation is about, as far as its input tells: the full name of a site, the domain of a
 * WordPress site, or a bench group. Ids, locks and links are made of it.
 */
export function subjectOf(kind: OperationKind, input: Readonly<Record<string, unknown>>): string {
  const text = (name: string): string | undefined => {
    const value = input[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  if (kind === 'deploy-bench') return text('group') ?? UNKNOWN;
  if (kind === 'maplepress-register') return hostOf(text('siteUrl') ?? '') ?? UNKNOWN;
  if (kind !== 'provision') return text('site') ?? UNKNOWN;
  const subdomain = text('subdomain');
  const domain = text('domain');
  if (subdomain === undefined) return UNKNOWN;
  return siteNameOf({ subdomain, ...(domain !== undefined && { domain }) });
}

const UNKNOWN = '(unknown)';

/** The host in the URL of a site, in small letters; what it is worth, the check of the input tells. */
function hostOf(url: string): string | null {
  const [, host = ''] = /^https?:\/\/([^/?#:@\s]+)/i.exec(url) ?? [];
  return WORD.test(host) ? host.toLowerCase().replace(/\.$/, '') : null;
}

/**
 * Reads the header out of an input of any shape: a start by a plain SDK may send anything, and
 * still has to be shown, searched and refused (D 4). What is no plain word is left out, an e-mail
 * address too: search attributes are stored in clear (D 7).
 */
export function headerOf(kind: OperationKind, input: unknown, workflowId: string): OperationHeader {
  const given = typeof input === 'object' && input !== null ? input : {};
  const words = Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      const trimmed = typeof value === 'string' ? value.trim() : '';
      return WORD.test(trimmed) ? [[name, trimmed]] : [];
    }),
  ) as Readonly<Record<string, string>>;
  const subject = kind === 'maplepress-register' ? { ...given } : words;
  return {
    operationId: words['operationId'] ?? operationIdFrom(workflowId),
    site: subjectOf(kind, subject),
    account: words['account'] ?? UNKNOWN,
    requestedBy: words['requestedBy'] ?? UNKNOWN,
  };
}

/** True for an outcome after which the site is as the requester asked. */
export function isSuccess(outcome: Outcome): boolean {
  return outcome === 'succeeded' || outcome === 'succeeded_with_exceptions';
}

/**
 * Whether secrets that wait outlive it: what was undone takes them along; what was abandoned is as it is,
 * and may still need them.
 */
export function keepsSecrets(outcome: Outcome): boolean {
  return isSuccess(outcome) || outcome === 'abandoned';
}

/** Narrows an {@link OperationState}. */
export function isOutcome(state: string): state is Outcome {
  return (OUTCOMES as readonly string[]).includes(state);
}
