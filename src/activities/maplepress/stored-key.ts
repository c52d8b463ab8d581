import type { KeyState } from '../../domain/maplepress.js';
import type { StoredHandover } from '../../ledger/types.js';

/** What has become of a key that was stored for its receiver. */
export function keyStateOf(stored: StoredHandover | null): KeyState {
  if (stored === null) return 'expired';
  if (stored.claimedAt !== null) return 'claimed';
  return stored.sealed === null ? 'expired' : 'waits';
}

/**
 * When to look up from a wait, so that people hear of a key that nobody has claimed while there is
 * time: once, half-way to its expiry. Epoch ms.
 *
 * @param since when this wait began, epoch ms
 */
export function untilWarning(
  stored: StoredHandover | null,
  since: number,
  deadline: number,
): number {
  if (stored === null || keyStateOf(stored) !== 'waits') return deadline;
  const halfway = (Date.parse(stored.createdAt) + Date.parse(stored.expiresAt)) / 2;
  return halfway > since ? Math.min(deadline, halfway) : deadline;
}
