import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readOrCreateKeyFile } from '../security/key-file.js';

/** Where the bearer token comes from: its text, or a file that is made when it is missing. */
export type TokenSource = { readonly text: string } | { readonly file: string };

/** Shorter ones can be guessed; those that are made here have 43 characters. */
const SHORTEST = 16;

/**
 * 256 bits when it is made here; the file is readable by its owner only.
 *
 * @throws Error when the file holds none
 */
export async function loadOrCreateToken(source: TokenSource): Promise<string> {
  if ('text' in source) return source.text;
  const create = () => `${randomBytes(32).toString('base64url')}\n`;
  const token = (await readOrCreateKeyFile(source.file, create)).trim();
  if (token.length >= SHORTEST) return token;
  throw new Error(`${source.file}: a token has at least ${SHORTEST} characters`);
}

/**
 * Tells whether an `Authorization` header carries the token. Hashes are compared, so that the time
 * it takes says nothing about the token, its length included.
 */
export function createTokenCheck(token: string): (authorization: string | undefined) => boolean {
  const expected = digest(token);
  return (authorization) => {
    const [, given = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
    return timingSafeEqual(digest(given), expected) && given !== '';
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
