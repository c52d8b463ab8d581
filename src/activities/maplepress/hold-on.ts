import { setTimeout } from 'node:timers/promises';
import type { TimingProfile } from '../../domain/timing.js';
import { LedgerUnavailable } from '../../ledger/errors.js';

/**
 * Stores what nobody can read again: a ledger that is away for a moment must not cost a site its key.
 * Tries for 60 s: twice that, after a call that has answered within half a minute, fits into one attempt
 * of an activity. An attempt that has been given up stores nothing: by then the next one may have had
 * another key made.
 *
 * @throws LedgerUnavailable after that, and anything else at once
 */
export async function holdOn(
  { proofInterval }: Pick<TimingProfile, 'proofInterval'>,
  signal: AbortSignal,
  store: () => Promise<void>,
): Promise<void> {
  const giveUpAt = Date.now() + 4 * proofInterval;
  for (;;) {
    try {
      return await store();
    } catch (error) {
      if (!(error instanceof LedgerUnavailable) || Date.now() >= giveUpAt) throw error;
      await setTimeout(proofInterval / 30);
      if (signal.aborted) throw error;
    }
  }
}
