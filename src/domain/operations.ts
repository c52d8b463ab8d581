/**
 * The vocabulary every part of Sitewright shares: kinds of operations, the phases they pass,
 * the outcomes they end in, and their identifiers (D 4, D 4.1).
 */

import type { HandOverKind } from './hand-over.js';

/** Kinds of operations; the first part of every workflow id. */
export type OperationKind = 'provision';

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
  | 'running'
  | 'verifying'
  | 'compensating'
  | 'held'
  | 'needs_human';

/** What `OperationStatus` shows: a phase while open, an outcome afterwards. */
export type OperationState = Phase | Outcome;

/** What every operation is started with, whatever its kind. */
export interface OperationRequest {
  /** Minted by the client; a start from a plain SDK may leave it out (the workflow id serves then). */
  readonly operationId?: string;
  /** Name of a configured Frappe Cloud account. */
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

/** The operation id in a workflow id of ours; the whole id when it is somebody else's. */
export function operationIdFrom(workflowId: string): string {
  return workflowId.split(':')[2] ?? workflowId;
}

/** Full name of the site an input speaks of, as far as the input tells. */
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
 * Reads the header out of an input of any shape: a start by a plain SDK may send anything, and
 * still has to be shown, searched and refused (D 4). What is no plain word is left out, an e-mail
 * address too: search attributes are stored in clear (D 7).
 */
export function headerOf(input: unknown, workflowId: string): OperationHeader {
  const given = typeof input === 'object' && input !== null ? input : {};
  const word = (name: string): string | null => {
    const value = (given as Record<string, unknown>)[name];
    const trimmed = typeof value === 'string' ? value.trim() : '';
    return WORD.test(trimmed) ? trimmed : null;
  };
  const subdomain = word('subdomain');
  const domain = word('domain');
  return {
    operationId: word('operationId') ?? operationIdFrom(workflowId),
    site: subdomain === null ? '(unknown)' : siteNameOf({ subdomain, ...(domain && { domain }) }),
    account: word('account') ?? '(unknown)',
    requestedBy: word('requestedBy') ?? '(unknown)',
  };
}

/** True for an outcome after which the site is as the requester asked. */
export function isSuccess(outcome: Outcome): boolean {
  return outcome === 'succeeded' || outcome === 'succeeded_with_exceptions';
}

/** Narrows an {@link OperationState}. */
export function isOutcome(state: string): state is Outcome {
  return (OUTCOMES as readonly string[]).includes(state);
}
