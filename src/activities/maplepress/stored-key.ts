import type { KeyState } from '../../domain/maplepress.js';
import type { StoredHandover } from '../../ledger/types.js';

/** What has become of a key that was stored for its receiver. */
export function keyStateOf(stored: StoredHandover | null): KeyState {
  if (stored === null) return 'expired';
  if (stored.claimedAt !== null) return 'claimed';
  return stored.sealed === null ? 'expired' : 'waits';
}
