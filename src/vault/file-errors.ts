import { VaultUnavailable } from './errors.js';

/** For a `catch`: what is not there is null. */
export function nullIfMissing(error: unknown): null {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return null;
  throw error;
}

/** Turns whatever a file system says (full, read-only, gone) into one error. */
export async function reached<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof Error) || !('syscall' in cause)) throw cause;
    throw new VaultUnavailable(`the vault cannot be used: ${cause.message}`, { cause });
  }
}
