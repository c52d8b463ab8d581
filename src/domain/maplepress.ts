/** WordPress sites at MaplePress: what their plans are about, and what their activities are told. */
import type { CommandArgs } from './activity-types.js';

/** Steps of the runbooks that send something. */
export const REGISTER = 'register';
export const ROTATE = 'rotate key';
export const DELETE = 'delete';

/** Public key of whoever is to have what is handed over, as a JWK. */
export type Receiver = Readonly<Record<string, unknown>>;

/** Everything about a registration, resolved. */
export interface RegistrationTarget {
  readonly siteUrl: string;
  /** What MaplePress knows it by. */
  readonly domain: string;
  /** How long the plugin has to verify it, ms. */
  readonly patienceMs: number;
  /** What becomes of it when it was not verified in time; from policy. */
  readonly notVerified: 'keep' | 'delete';
}

/** Everything about a rotation, resolved. */
export interface KeyRotationTarget {
  readonly id: string;
  readonly domain: string;
  /** Last four characters of the key that is to go. */
  readonly keyLastFour: string;
  /** How long a sign of life of the plugin is waited for, ms; from policy. */
  readonly patienceMs: number;
}

/** Everything about a deletion, resolved. */
export interface DeletionTarget {
  readonly domain: string;
  /** Null: there is no such site any more. */
  readonly id: string | null;
  /** With `id` null: there never was one, as far as we know. */
  readonly neverKnown?: NeverKnown;
}

/** A domain that neither MaplePress nor our ledger knows: deleting it is no failure, but perhaps a slip. */
export interface NeverKnown {
  /** Registered domains that look like it, the most alike first. */
  readonly spelledAlike: readonly string[];
}

/** What is said of a domain that is not registered any more, and of one that never was. */
export const GONE_ALREADY = 'gone already';
export const NEVER_KNOWN = 'never known here: is it spelled right?';

export interface SendRegistrationArgs extends CommandArgs {
  readonly siteUrl: string;
  readonly domain: string;
  readonly receiver?: Receiver;
}

export interface RotateKeyArgs extends CommandArgs {
  readonly id: string;
  readonly domain: string;
  /** Last four characters of the key before. */
  readonly before: string;
  readonly receiver?: Receiver;
}

export interface DeleteRegistrationArgs extends CommandArgs {
  readonly id: string;
  /** See {@link RegistrationArgs}. */
  readonly domain?: string | undefined;
}

/** About one registration. */
export interface RegistrationArgs {
  readonly account: string;
  readonly id: string;
  /** Where it is known: rows of other domains are certainly not it, however odd they are. */
  readonly domain?: string | undefined;
}

export interface ExportArgs extends RegistrationArgs {
  readonly operationId: string;
}

/** What a deletion takes away, as a person reads it; the ledger keeps all of it. */
export interface ExportedRegistration {
  readonly found: boolean;
  readonly details: Readonly<Record<string, string>>;
}

export interface VerifyDeletionArgs extends RegistrationArgs {
  /** Epoch ms. */
  readonly deadline: number;
}

/** How a registration stands; `gone`: there is none of that id any more. */
export type RegistrationStanding =
  | { readonly state: 'gone' }
  | {
      readonly state: 'pending' | 'active';
      readonly isVerified: boolean;
      readonly keyLastFour: string;
      /** What only its plugin changes; of two that differ, the later one is a sign of life. */
      readonly traces: string;
    };

/** A key, and where it waits for its receiver. */
export interface StoredKey {
  readonly handle: string;
  readonly lastFour: string;
}

/** `expired`: nobody has claimed it in time, and it was wiped. */
export type KeyState = 'waits' | 'claimed' | 'expired';

export interface AwaitVerificationArgs extends RegistrationArgs {
  /** What the plugin needs; absent: somebody else has replaced it. */
  readonly key?: StoredKey;
  /** Epoch ms after which it is not waited for any more. */
  readonly deadline: number;
}

export interface VerificationStanding {
  /** `unverified`: as yet, or until the deadline. `replaced`: another key is the valid one. */
  readonly state: 'verified' | 'unverified' | 'replaced' | 'gone';
  readonly key: KeyState | null;
}

export interface AwaitSignOfLifeArgs extends RegistrationArgs {
  /** Of the standing right after the rotation. */
  readonly traces: string;
  readonly key: StoredKey;
  /** Epoch ms after which it is not waited for any more. */
  readonly deadline: number;
}

export interface SignOfLife {
  /** `unseen`: as yet, or until the deadline. `replaced`: another key is the valid one. */
  readonly plugin: 'seen' | 'unseen' | 'replaced' | 'gone';
  readonly key: KeyState;
}

/** What was handed over for a domain and opens nothing any more. */
export interface WipeSecretsArgs {
  readonly account: string;
  readonly domain: string;
  /** Default: all of them. */
  readonly kind?: 'api_key';
}
