import { z } from 'zod';
import { PressError, PressErrorCode } from '../errors.js';
import type { PressAnswer } from '../answer.js';
import type { CallOptions, Transport } from '../transport.js';
import { ask, checkShape, tell } from './wire.js';

/**
 * The generic client API (A 2): building blocks of the typed functions beside this file. Must not
 * leave this folder, or every method of every document would be one string away (D 6).
 */

export interface ListQuery {
  readonly doctype: string;
  /** Unknown names are dropped silently by Press; the row schema notices (A 2.3). */
  readonly fields: readonly string[];
  /** Unknown names are dropped silently and WIDEN the result (A 2.3): only documented ones here. */
  readonly filters: Readonly<Record<string, unknown>>;
  readonly order_by?: string;
  readonly limit?: number;
}

/** `press.api.client.get_list`. Read. @throws PressError */
export function getList<T>(
  press: Transport,
  query: ListQuery,
  row: z.ZodType<T>,
  options?: CallOptions,
): Promise<T[]> {
  const params = { order_by: 'creation desc', limit: 100, ...query };
  return ask(press, 'press.api.client.get_list', params, z.array(row), options);
}

/** `press.api.client.get`. Read. @throws PressError */
export function getDocument<T>(
  press: Transport,
  doctype: string,
  name: string,
  document: z.ZodType<T>,
  options?: CallOptions,
): Promise<T> {
  return ask(press, 'press.api.client.get', { doctype, name }, document, options);
}

/** `press.api.client.insert`. Mutating; answers the new document. @throws PressError */
export async function insertDocument<T>(
  press: Transport,
  doc: { readonly doctype: string } & Readonly<Record<string, unknown>>,
  document: z.ZodType<T>,
  options?: CallOptions,
): Promise<T> {
  const { message } = await tell(press, 'press.api.client.insert', { doc }, options);
  return checkShape(document, message, 'press.api.client.insert');
}

/**
 * `press.api.client.delete`. Mutating; answers documents that nobody needs. Only for doctypes with
 * a delete of their own: a Release Group has one, a Site has none (A 2.7).
 *
 * @throws PressError
 */
export async function deleteDocument(
  press: Transport,
  doctype: string,
  name: string,
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.client.delete', { doctype, name }, options);
}

export interface DocMethod {
  readonly dt: string;
  readonly dn: string;
  readonly method: string;
  /** Never leave out: a method with parameters is then called with None (A 2.8). */
  readonly args: Readonly<Record<string, unknown>>;
}

/** `press.api.client.run_doc_method`. Mutating. @throws PressError */
export function runDocMethod(
  press: Transport,
  call: DocMethod,
  options?: CallOptions,
): Promise<PressAnswer> {
  return tell(press, 'press.api.client.run_doc_method', call, options);
}

/** Exists and is ours, exists and is not ours, or does not exist. */
export type Owned<T> =
  | ({ readonly found: 'own' } & T)
  | { readonly found: 'foreign' }
  | { readonly found: 'none'; readonly redirectsTo: string | null };

/**
 * Reads the three answers of an owned document: 200, 403 "Not permitted" (someone else's), 404.
 * Any other 403 means that our *user* lacks a role (A 2.4) and says nothing about the owner.
 */
export async function readOwned<T>(read: () => Promise<T>): Promise<Owned<T>> {
  try {
    return { found: 'own', ...(await read()) };
  } catch (error) {
    if (!(error instanceof PressError)) throw error;
    if (error.code === PressErrorCode.NOT_FOUND) {
      return { found: 'none', redirectsTo: error.redirectsTo };
    }
    if (isNotOurs(error)) return { found: 'foreign' };
    throw error;
  }
}

/** The 403 of the ownership check; its text differs by endpoint only in one capital (A 1.7, A 3.1). */
export function isNotOurs(error: unknown): boolean {
  return (
    error instanceof PressError &&
    error.code === PressErrorCode.FORBIDDEN &&
    /^not permitted$/i.test(error.message)
  );
}
