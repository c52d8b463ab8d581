/**
 * Secrets on their way out (D 7): what can be handed over, and what a history may hold of it, which
 * is never the secret itself.
 */
import type { CommandKey } from './operations.js';

/**
 * What can be handed over, in the order in which it is made: setting a password ends every other
 * session of its user, a login link made before it among them.
 */
export const HAND_OVER_KINDS = ['administrator_password', 'login_link'] as const;
export type HandOverKind = (typeof HAND_OVER_KINDS)[number];

/** Secrets that wait for their receiver; those of MaplePress are made by it, and shown once. */
export const SECRET_KINDS = [...HAND_OVER_KINDS, 'api_key', 'verification_token'] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];

/** What precedes a kind in the details of a result; the detail's value is the handle. */
const DETAIL_PREFIX = 'secret.';

/** As people read it, e.g. "login link". */
export function labelOf(kind: SecretKind): string {
  return kind.replaceAll('_', ' ').replace(/^api /, 'API ');
}

/** By what people read of it. */
export function kindOf(label: string): SecretKind | undefined {
  return SECRET_KINDS.find((kind) => label.startsWith(labelOf(kind)));
}

/** How to have another one, when nobody claims it in time; by what people read of it. */
export function renewalOf(label: string): string {
  switch (kindOf(label)) {
    case 'api_key':
      return 'the key cannot be read again: another one needs `maplepress rotate-key`';
    case 'verification_token':
      return 'MaplePress makes no other: the site has to be deleted and registered again';
    case 'login_link':
      return 'another one: `login-link`';
    case 'administrator_password':
    case undefined:
      return 'it is not made again; `login-link` opens the site';
  }
}

/** The step of a runbook that hands it over. */
export function handOverStep(kind: HandOverKind): string {
  return `hand over ${labelOf(kind)}`;
}

/** The detail of a result that names where it waits. */
export function detailOf(kind: SecretKind): string {
  return `${DETAIL_PREFIX}${kind}`;
}

/** The details of a result whose secrets were wiped: where they waited helps nobody. */
export function withoutHandles(
  details: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(details).filter(([name]) => !name.startsWith(DETAIL_PREFIX)),
  );
}

/**
 * What the details of a result say of secrets that wait, each with what it is and its handle; an
 * empty one was wiped.
 */
export function handlesIn(
  details: Readonly<Record<string, string>>,
): readonly { readonly label: string; readonly handle: string }[] {
  return SECRET_KINDS.flatMap((kind) => {
    const handle = details[detailOf(kind)];
    return handle === undefined || handle === '' ? [] : [{ label: labelOf(kind), handle }];
  });
}

/** Arguments of the activities that make a secret and store it for one claim. */
export interface HandOverArgs {
  readonly key: CommandKey;
  readonly account: string;
  readonly site: string;
  /** Epoch ms after which the next failure is the last. */
  readonly deadline: number;
}

/** A secret that waits for its receiver. Whoever knows the handle may claim it, once. */
export interface HandedOver {
  readonly handle: string;
  readonly label: string;
  /** ISO time. */
  readonly expiresAt: string;
}

export interface ClaimSecretInput {
  readonly handle: string;
  /** Who claims: an id, recorded in the ledger. */
  readonly by: string;
  /**
   * Public key of the claimant as a JWK: only its private half opens the answer, unless the secret
   * was made for a receiver from the start.
   */
  readonly receiver: Readonly<Record<string, unknown>>;
}

export type ClaimAnswer =
  | {
      readonly status: 'claimed';
      readonly label: string;
      readonly operationId: string;
      /** A JWE in compact form for the claimant's key, unless it was made for another one. */
      readonly sealed: string;
      /** Id of the key that alone opens it, when it was made for a receiver from the start. */
      readonly sealedFor?: string;
    }
  | { readonly status: 'unknown' }
  | {
      /** `unreadable`: sealed to a key that the workers have no more. */
      readonly status: 'expired' | 'already_claimed' | 'unreadable';
      readonly label: string;
      readonly operationId: string;
      /** When it expired or was claimed, ISO time; null when that is not known. */
      readonly since: string | null;
    }
  /** The claim is no claim: a wrong shape, or a key that nothing can be sealed to. */
  | { readonly status: 'refused'; readonly reason: string };
