import { isJsonObject, parseJsonObject } from '../http/json.js';

/** A token and how long it is good for, counted from when it was asked for. */
export interface AccessToken {
  readonly value: string;
  /** Ms; null when the token does not tell: then only a 401 ends it. */
  readonly lifetimeMs: number | null;
}

/**
 * Reads how long a JWT lives from its own claims. `exp` minus `iat` does not depend on either
 * clock; without `iat` the server's `Date` header tells the present.
 *
 * @param serverTime epoch ms, or null
 */
export function readAccessToken(value: string, serverTime: number | null): AccessToken {
  const { exp, iat } = claimsOf(value);
  if (exp === null) return { value, lifetimeMs: null };
  const madeAt = iat === null ? (serverTime ?? Date.now()) : iat * 1000;
  return { value, lifetimeMs: Math.max(0, exp * 1000 - madeAt) };
}

function claimsOf(token: string): { exp: number | null; iat: number | null } {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
  const claims = parseJsonObject(payload);
  const seconds = (name: string) => {
    const value = isJsonObject(claims) ? claims[name] : undefined;
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  };
  return { exp: seconds('exp'), iat: seconds('iat') };
}
