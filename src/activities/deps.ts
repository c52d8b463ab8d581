import type { SealedValue } from '../domain/inputs.js';
import type { Receiver } from '../domain/maplepress.js';
import type { CommandKey } from '../domain/operations.js';
import type { Policy } from '../domain/policy.js';
import type { TimingProfile } from '../domain/timing.js';
import type { Accounts } from '../frappe-cloud/index.js';
import type { Tenants } from '../maplepress/index.js';
import type { Ledger } from '../ledger/types.js';
import type { Vault } from '../vault/types.js';

/** Something people should look at now. */
export interface Notification {
  readonly operationId: string;
  readonly site: string;
  readonly kind: string;
  readonly message: string;
}

/** What became of a run, as Temporal tells it. */
export interface RunState {
  readonly status: 'running' | 'completed' | 'failed' | 'terminated' | 'timed_out' | 'missing';
  readonly runId: string | null;
  /** Its newest workflow task keeps failing: the code there cannot go on. */
  readonly stuck: boolean;
}

/** What the reconciler asks Temporal. */
export interface Runs {
  describe(workflowId: string): Promise<RunState>;
  /** Makes a closed or stuck run go on from its last completed workflow task; its new run id. */
  goOn(workflowId: string): Promise<string>;
  /** Task queues that no worker polls. */
  unpolledQueues(): Promise<readonly string[]>;
}

/** Names and seals secrets on their way out (D 7); security/hand-over-keys.ts tells how. */
export interface HandOverKeys {
  /** The handle of what a command hands over: always the same, and nobody else can tell it. */
  handleOf(key: CommandKey): string;
  /** Seals to the workers themselves. */
  seal(value: string): Promise<string>;
  /** Seals to a receiver: the one named, else that of the configuration, else the workers. */
  sealFor(value: string, named: Receiver | undefined): Promise<string>;
  /** Whom {@link HandOverKeys.sealFor} would seal to; null: the workers. */
  receiverFor(named: Receiver | undefined): Promise<FoundReceiver | null>;
  /** Id of the key that alone opens what was sealed to a receiver; null: it was sealed to workers. */
  receiverOf(sealed: string): string | null;
  /**
   * Seals to a public key what was sealed to the workers; what was sealed to a receiver stays as it
   * is. Throws when either key does not fit.
   */
  reseal(sealed: string, claimant: Receiver): Promise<string>;
}

/** The id of a receiver's key, or why nothing can be sealed to it. */
export type FoundReceiver = { readonly keyId: string } | { readonly problem: string };

/** Built once by worker.ts. */
export interface ActivityDeps {
  readonly accounts: Accounts;
  /** The MaplePress tenants. */
  readonly tenants: Tenants;
  readonly ledger: Ledger;
  /** Where safety copies are kept. */
  readonly vault: Vault;
  readonly policy: Policy;
  readonly timing: TimingProfile;
  readonly runs: Runs;
  /** Public key that callers seal secrets to, as a JWK. */
  readonly sealTo: Readonly<Record<string, unknown>>;
  /** Opens a sealed value (D 7). Throws when it was not sealed for this worker. */
  readonly unseal: (value: SealedValue) => Promise<string>;
  readonly handOverKeys: HandOverKeys;
  readonly notify: (notification: Notification) => void;
}
