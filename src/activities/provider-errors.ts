import { PressError } from '../frappe-cloud/index.js';
import { MaplePressError } from '../maplepress/index.js';

/** What a call to a provider can end with; both say whether it was sent, and has ended. */
export type ProviderError = PressError | MaplePressError;

export function isProviderError(error: unknown): error is ProviderError {
  return error instanceof PressError || error instanceof MaplePressError;
}

/** After these the provider has done nothing, and will not do it when asked again. */
const REFUSALS: ReadonlySet<ProviderError['code']> = new Set([
  'FORBIDDEN',
  'NOT_FOUND',
  'DUPLICATE',
  'REFUSED',
  'DOMAIN_REGISTERED',
  'INVALID_DATA',
  'SITE_NOT_FOUND',
]);

/** Whether the answer to a send is a no. */
export function isRefusal({ code }: ProviderError): boolean {
  return REFUSALS.has(code);
}

/** Whether it may be the echo of an effect that has happened all the same (A 1.9, observed-2 6.1). */
export function tellsOfAnEarlierSend({ code, status }: ProviderError): boolean {
  return (
    code === 'DUPLICATE' ||
    code === 'DOMAIN_REGISTERED' ||
    code === 'BAD_ANSWER' ||
    (status ?? 0) >= 500
  );
}
