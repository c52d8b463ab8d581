import type { Client } from '@temporalio/client';
import { TemporalSitewright } from './client/temporal-sitewright.js';
import type { ConfiguredAccounts } from './activities/configured-accounts.js';
import type { Diagnosis } from './activities/diagnose.js';
import type { Answer, Choice } from './domain/messages.js';
import type { InputOf, ProvisionSiteInput, SealedValue } from './domain/inputs.js';
import type { OperationKind, OperationResult, OperationState } from './domain/operations.js';
import type { OperationStatus } from './domain/status.js';
import { Unreachable } from './errors.js';
import { dataConverterFor } from './temporal/data-converter.js';
import type { KeySource } from './security/key-ring.js';
import { connectClient, TemporalUnreachable, type TemporalTarget } from './temporal/connection.js';

export {
  IdempotencyConflict,
  InvalidInput,
  NotFound,
  SecretAlreadyClaimed,
  SecretExpired,
  SecretUnknown,
  SecretUnreadable,
  SiteBusy,
  Unreachable,
} from './errors.js';
export { openSecret } from './client/open-secret.js';
export type { Answer, Choice } from './domain/messages.js';
export type { HandOverKind } from './domain/hand-over.js';
export type {
  ActivateSiteInput,
  ArchiveSiteInput,
  BackUpSiteInput,
  ConfigValue,
  DeactivateSiteInput,
  DeleteWordPressSiteInput,
  DeployBenchInput,
  InputOf,
  LoginLinkInput,
  MigrateSiteInput,
  MoveSiteInput,
  ProvisionSiteInput,
  RegisterWordPressSiteInput,
  ReinstallSiteInput,
  RestoreSiteInput,
  RestoreSource,
  RotateApiKeyInput,
  TransferSiteInput,
  UnarchiveSiteInput,
  UpdateSiteInput,
  UpgradeSiteInput,
} from './domain/inputs.js';
export type {
  OperationKind,
  OperationResult,
  OperationState,
  Outcome,
} from './domain/operations.js';
export type { OperationStatus } from './domain/status.js';

export interface ConnectOptions extends TemporalTarget {
  /**
   * The installation's payload keys (D 7). Without them an operation can be started, its input
   * travels in clear, and nothing can be read.
   */
  readonly payloadKeys?: KeySource;
  /** Base of links to the Temporal UI, e.g. `http://127.0.0.1:8233`. */
  readonly uiUrl?: string;
  /** Root domain used when an input names none, so that ids and links hold the full name. */
  readonly domain?: string;
}

/** A started operation: enough to find it again, from anywhere. */
export interface OperationHandle {
  readonly operationId: string;
  readonly workflowId: string;
  readonly site: string;
  /** False when the idempotency key found an operation that was started before. */
  readonly started: boolean;
  readonly link: string | null;
}

/** One line of a list. */
export interface OperationSummary {
  readonly operationId: string;
  readonly workflowId: string;
  readonly site: string;
  readonly kind: string;
  readonly account: string;
  readonly state: OperationState;
  readonly requestedBy: string;
  readonly needsAttention: boolean;
  readonly waitingFor: readonly string[];
  /** ISO time. */
  readonly startedAt: string;
  readonly since: string;
  readonly link: string | null;
}

/** What a decision on an operation says of its author; unsigned, so shown UNVERIFIED. */
export interface By {
  readonly by: string;
  readonly reason?: string;
}

/** An approval, of the plan shown now unless it names another. */
export interface Approval extends By {
  readonly planHash?: string;
  /** The name of the site, where policy wants it typed. */
  readonly typedName?: string;
  /** What the plan wants acknowledged, word for word. */
  readonly acknowledges?: readonly string[];
}

/** Who claims a secret. */
export interface Claim {
  readonly by: string;
  /** Private key of the receiver as a JWK; never sent. */
  readonly key?: Readonly<Record<string, unknown>>;
}

/** A secret that was handed over; it is nowhere else. */
export interface ClaimedSecret {
  /** What it is, e.g. "login link". */
  readonly label: string;
  /** In clear; but a JWE in compact form, for {@link openSecret}, when `sealedFor` names a key. */
  readonly value: string;
  /** Id of the key of the receiver whom it was made for, when that key was not at hand; else null. */
  readonly sealedFor: string | null;
  /** The operation that made it. */
  readonly operationId: string;
}

/** Names an operation: by its id, or by a site with one open operation. */
export type OperationName = string;

export interface ListFilter {
  readonly site?: string;
  readonly account?: string;
  readonly state?: OperationState;
  readonly needsAttention?: boolean;
  readonly open?: boolean;
  /** Default 100. */
  readonly limit?: number;
}

/** Starts and steers operations. Throws the named errors of errors.ts. */
export interface Sitewright {
  /**
   * Starts an operation. The same idempotency key and input again is the same operation.
   *
   * @throws InvalidInput, IdempotencyConflict, Unreachable
   */
  start<K extends OperationKind>(kind: K, input: InputOf[K]): Promise<OperationHandle>;
  /** Starts a provision: `start('provision', input)`. */
  provision(input: ProvisionSiteInput): Promise<OperationHandle>;
  /** A dry run to its end: what would be done, without touching anything. */
  plan<K extends OperationKind>(kind: K, input: InputOf[K]): Promise<OperationStatus>;
  status(operation: OperationName): Promise<OperationStatus>;
  list(filter?: ListFilter): Promise<readonly OperationSummary[]>;
  /** Resolves at the end. `onProgress` is called whenever the status has changed. */
  wait(
    operation: OperationName,
    onProgress?: (status: OperationStatus) => void,
    signal?: AbortSignal,
  ): Promise<OperationResult>;
  approve(operation: OperationName, by: Approval): Promise<Answer>;
  reject(operation: OperationName, by: By & { readonly planHash?: string }): Promise<Answer>;
  resolve(operation: OperationName, choice: Choice, by: By): Promise<Answer>;
  cancel(operation: OperationName, by: By): Promise<Answer>;
  hold(operation: OperationName, by: By): Promise<void>;
  resume(operation: OperationName, by: By): Promise<void>;
  /** Encrypts a secret to the workers' public key, so that only an activity can read it (D 7). */
  seal(secret: string): Promise<SealedValue>;
  /**
   * Takes a secret that an operation has handed over (`secret.…` in the details of its result).
   * Once: a second claim gets nothing, whoever makes it. Only this process can read the answer.
   * What was made for a receiver is answered as it is, see {@link ClaimedSecret.sealedFor}.
   *
   * @throws SecretUnknown, SecretExpired, SecretAlreadyClaimed, SecretUnreadable; InvalidInput when
   * `key` is no private key: nothing was claimed then
   */
  claimSecret(handle: string, claim: Claim): Promise<ClaimedSecret>;
  /** Names of the accounts that the workers have; nothing is asked of Press. */
  accounts(): Promise<ConfiguredAccounts>;
  /** What only a worker can tell about the installation. */
  diagnose(): Promise<Diagnosis>;
  /** Raw history as Temporal's JSON-able object, for export and replay. */
  history(operation: OperationName): Promise<{ readonly events: readonly unknown[] }>;
  /** The client underneath, for what has no verb here. */
  readonly temporal: Client;
  close(): Promise<void>;
}

/**
 * Connects to an installation. Without an address Temporal's own environment configuration
 * decides (`TEMPORAL_ADDRESS`, …).
 *
 * @throws Unreachable within 3 s, with address and hint
 */
export async function connect(options: ConnectOptions = {}): Promise<Sitewright> {
  const dataConverter = options.payloadKeys && (await dataConverterFor(options.payloadKeys));
  try {
    const { client, connection, namespace } = await connectClient(options, dataConverter);
    return new TemporalSitewright({ client, connection, namespace, ...options });
  } catch (error) {
    if (!(error instanceof TemporalUnreachable)) throw error;
    throw new Unreachable('Temporal', error.address, error.hint, error);
  }
}
