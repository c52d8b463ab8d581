import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { type DocMethod, runDocMethod } from './generic.js';
import { checkShape, tell } from './wire.js';

const name = z.string().min(1);

/** Calls a method that answers the name of what it made. Mutating. @throws PressError */
export async function tellForName(
  press: Transport,
  method: string,
  params: object,
  options?: CallOptions,
): Promise<string> {
  const { message } = await tell(press, method, params, options);
  return checkShape(name, message, method);
}

/** Runs a document's method that answers the name of what it made. Mutating. @throws PressError */
export async function runForName(
  press: Transport,
  call: DocMethod,
  options?: CallOptions,
): Promise<string> {
  const { message } = await runDocMethod(press, call, options);
  return checkShape(name, message, 'press.api.client.run_doc_method');
}
