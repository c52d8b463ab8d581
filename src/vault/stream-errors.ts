import { PassThrough, type Readable } from 'node:stream';
import { VaultUnavailable } from './errors.js';

/** The same stream, whose failure says that the vault is away. */
export function withErrorsOf(stored: Readable): Readable {
  const out = new PassThrough();
  stored.once('error', (cause) => {
    out.destroy(new VaultUnavailable(`the vault cannot be read: ${cause.message}`, { cause }));
  });
  out.once('close', () => stored.destroy());
  return stored.pipe(out);
}
