import { plainLine } from '../http/text.js';

/** What stands in the place of a secret. */
export const MASK = '•••';

const SECRET_NAME = /pass|secret|token|key|credential|\bsid\b|otp|jws/i;

/** Shorter values are words like `true`; hiding them would garble every message. */
const SHORTEST_SECRET = 5;

/** Whether a parameter or site config key of this name may hold a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

function leaves(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(leaves);
}

/**
 * Values in a request body that must never be repeated: everything under a password-, secret- or
 * key-like name, and the values of config rows whose `key` or `type` says so (C 5.2).
 */
export function secretsIn(body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  if (Array.isArray(body)) return body.flatMap(secretsIn);
  const row = body as Record<string, unknown>;
  if (typeof row.key === 'string' && 'value' in row) {
    return isSecretName(row.key) || row.type === 'Password' ? leaves(row.value) : [];
  }
  return Object.entries(row).flatMap(([name, value]) =>
    isSecretName(name) ? leaves(value) : secretsIn(value),
  );
}

/** The forms in which a text may repeat a value: as it is, JSON-escaped, without HTML. */
function formsOf(secret: string): string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), plainLine(secret)];
}

/** What makes a presigned link one: whoever has it may read the file (B 1.4). */
const SIGNED_LINK = /([?&](?:X-Amz-[\w-]+|Signature|AWSAccessKeyId|Policy)=)[^\s&;"'<>]+/gi;
/** Secret members of a site's configuration, as a job may print them. */
const SECRET_MEMBER =
  /(["']?\b(?:encryption_key|db_password|admin_password)["']?\s*[:=]\s*["']?)[^\s"',}]+/gi;

/** Passwords on a command line, such as `--admin-password`, which a job may print. */
const SECRET_FLAG =
  /(--[\w-]*(?:password|secret|token|key)(?:=|\s+))(?:"[^"]*"|'[^']*'|[^\s"']+)/gi;
/** User and password of an address. */
const CREDENTIALS_OF_ADDRESS = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/:@]{1,100}:[^\s/@]{1,200}@/gi;

/**
 * Replaces the given values, session ids, `token k:s` pairs, signatures of links, passwords of
 * command lines and addresses, and secret members of configurations in a text.
 */
export type Redact = (text: string, also?: readonly string[]) => string;

/**
 * @param always values that are secret in every text: API key and API secret
 */
export function createRedact(always: readonly string[]): Redact {
  return (text, also = []) => {
    const forms = [...always, ...also.filter((value) => value.length >= SHORTEST_SECRET)]
      .flatMap(formsOf)
      .filter((form) => form !== '')
      .sort((a, b) => b.length - a.length);
    return forms
      .reduce((rest, form) => rest.replaceAll(form, MASK), text)
      .replace(/\bsid=[^\s&;"'<>]+/gi, `sid=${MASK}`)
      .replace(/\btoken [\w-]+:[\w-]+/gi, `token ${MASK}`)
      .replace(SIGNED_LINK, `$1${MASK}`)
      .replace(SECRET_MEMBER, `$1${MASK}`)
      .replace(SECRET_FLAG, `$1${MASK}`)
      .replace(CREDENTIALS_OF_ADDRESS, `$1${MASK}@`);
  };
}
