import { readFile } from 'node:fs/promises';
import type { JWK } from 'jose';
import { parseJwk, seal, SealingKeyInvalid, type SealingKeys, sealingKeysOf } from './sealed.js';

/**
 * Reads the public key of a receiver (a JWK), and tries it: a key that nothing can be sealed to must
 * be noticed before there is a secret to seal.
 *
 * @throws SealingKeyInvalid naming the file
 */
export async function loadReceiverKey(file: string): Promise<JWK> {
  const key = parseJwk(await textOf(file), file);
  try {
    await seal('', key);
  } catch (error) {
    if (!(error instanceof SealingKeyInvalid)) throw error;
    throw new SealingKeyInvalid(`${file}: ${error.problem}`, error);
  }
  return key;
}

/**
 * Reads the private key of a receiver (a JWK).
 *
 * @throws SealingKeyInvalid naming the file
 */
export async function loadPrivateKey(file: string): Promise<SealingKeys> {
  return sealingKeysOf(parseJwk(await textOf(file), file), file);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new SealingKeyInvalid(`${file} cannot be read`, cause);
  }
}
