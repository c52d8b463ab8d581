import {
  compactDecrypt,
  CompactEncrypt,
  exportJWK,
  generateKeyPair,
  calculateJwkThumbprint,
  decodeProtectedHeader,
  importJWK,
  type JWK,
} from 'jose';
import { readOrCreateKeyFile } from './key-file.js';

/** A value only the holder of one private key can read: a JWE in compact form (D 7). */
export interface Sealed {
  sealed: string;
}

/** A key pair for sealing. Others need only the public half. */
export interface SealingKeys {
  publicJwk: JWK;
  privateJwk: JWK;
}

const contentEncryption = 'A256GCM';
/** How the content key travels, by the recipient's kind of key. */
const keyAgreement: Readonly<Record<string, string>> = {
  EC: 'ECDH-ES+A256KW',
  OKP: 'ECDH-ES+A256KW',
  RSA: 'RSA-OAEP-256',
};

/**
 * Seals a JSON value to a recipient.
 *
 * @param typ stands in the header, in clear
 * @throws SealingKeyInvalid when the recipient's key is not a public EC, OKP or RSA key.
 */
export async function seal(value: unknown, recipient: JWK, typ?: string): Promise<Sealed> {
  const alg = keyAgreement[recipient.kty ?? ''];
  if (!alg) throw new SealingKeyInvalid(`a key of type ${recipient.kty} cannot be sealed to`);
  // Whoever hands out a private key by mistake should learn it now, not from a leak.
  if (recipient.d !== undefined) throw new SealingKeyInvalid('it is a private key');
  const plaintext = new TextEncoder().encode(JSON.stringify(value));
  try {
    const kid = recipient.kid ?? (await calculateJwkThumbprint(recipient));
    const sealed = await new CompactEncrypt(plaintext)
      .setProtectedHeader({ alg, enc: contentEncryption, kid, ...(typ && { typ }) })
      .encrypt(await importJWK(recipient, alg));
    return { sealed };
  } catch (cause) {
    throw new SealingKeyInvalid('it cannot be used', cause);
  }
}

/**
 * Opens a sealed value.
 *
 * @throws SealedValueUnreadable when it was sealed to another key, or altered.
 */
export async function open({ sealed }: Sealed, privateJwk: JWK): Promise<unknown> {
  const alg = keyAgreement[privateJwk.kty ?? ''];
  if (!alg || privateJwk.d === undefined) throw new SealingKeyInvalid('it is no private key');
  try {
    const { plaintext } = await compactDecrypt(sealed, await importJWK(privateJwk, alg), {
      keyManagementAlgorithms: [alg],
      contentEncryptionAlgorithms: [contentEncryption],
    });
    return JSON.parse(new TextDecoder().decode(plaintext)) as unknown;
  } catch (cause) {
    throw new SealedValueUnreadable(cause);
  }
}

/** Whether a value has the shape of a sealed one. */
export function isSealed(value: unknown): value is Sealed {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 1 &&
    'sealed' in value &&
    typeof value.sealed === 'string' &&
    /^[\w-]+(\.[\w-]*){4}$/.test(value.sealed)
  );
}

/** What the header of a sealed value tells; null when it is none. */
export function headerOf(sealed: string): { readonly typ?: string; readonly kid?: string } | null {
  try {
    const { typ, kid } = decodeProtectedHeader(sealed);
    return { ...(typ !== undefined && { typ }), ...(typeof kid === 'string' && { kid }) };
  } catch {
    return null;
  }
}

/** Makes a key pair (P-256: what other languages' libraries know, too). */
export async function createSealingKeys(): Promise<SealingKeys> {
  const { publicKey, privateKey } = await generateKeyPair('ECDH-ES+A256KW', { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  return {
    publicJwk: { ...publicJwk, kid },
    privateJwk: { ...(await exportJWK(privateKey)), kid },
  };
}

/**
 * Reads a private key file (a JWK), making one when it is missing; only its owner can read it.
 *
 * @throws SealingKeyInvalid when the file is not a private key.
 */
export async function loadOrCreateSealingKeys(file: string): Promise<SealingKeys> {
  const text = await readOrCreateKeyFile(file, async () => {
    const { privateJwk } = await createSealingKeys();
    return `${JSON.stringify(privateJwk, null, 2)}\n`;
  });
  return sealingKeysOf(parseJwk(text, file), file);
}

/**
 * The key of a text.
 *
 * @param name of where the text is from, for the error
 * @throws SealingKeyInvalid when it is not a JSON object
 */
export function parseJwk(text: string, name: string): JWK {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new SealingKeyInvalid(`${name} is not JSON`);
  }
  if (typeof content === 'object' && content !== null) return content;
  throw new SealingKeyInvalid(`${name} holds no key`);
}

/**
 * Both halves of a private key.
 *
 * @param name of where it is from, for the error
 * @throws SealingKeyInvalid when it is not a private key
 */
export function sealingKeysOf(privateJwk: JWK, name: string): SealingKeys {
  if (!keyAgreement[privateJwk.kty ?? ''] || privateJwk.d === undefined) {
    throw new SealingKeyInvalid(`${name} holds no private key`);
  }
  const { kty, kid, crv, x, y, n, e } = privateJwk;
  const publicHalf = kty === 'RSA' ? { kty, n, e } : { kty, crv, x, ...(kty === 'EC' && { y }) };
  return { publicJwk: { ...publicHalf, ...(kid && { kid }) }, privateJwk };
}

/** A key cannot seal or open. */
export class SealingKeyInvalid extends Error {
  override readonly name = 'SealingKeyInvalid';
  /** The message without saying that it is about a key. */
  readonly problem: string;

  constructor(problem: string, cause?: unknown) {
    super(`sealing key: ${problem}`, { cause });
    this.problem = problem;
  }
}

/** A sealed value cannot be opened with this key. */
export class SealedValueUnreadable extends Error {
  override readonly name = 'SealedValueUnreadable';

  constructor(cause: unknown) {
    super('the sealed value was made for another key, or altered', { cause });
  }
}
