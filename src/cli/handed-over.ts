import { handlesIn } from '../domain/hand-over.js';
import type { Ledger, StoredEvent } from '../ledger/types.js';
import type { Seen } from './follow.js';
import type { Output } from './output.js';
import type { Session } from './session.js';

/** A secret that an operation has handed over, and what became of it. */
export interface HandedOverSecret {
  readonly label: string;
  readonly handle: string;
  /** `wiped`: it opens nothing any more. */
  readonly state: 'waits' | 'claimed' | 'expired' | 'wiped';
  /** ISO time of the claim or the end, or until which it waits; null when that is not known. */
  readonly at: string | null;
  /** Who has claimed it; null: nobody, or it is not known. */
  readonly by: string | null;
}

type Reading = Pick<Ledger, 'getHandover' | 'events'>;

/**
 * What became of the secrets that an operation has handed over. Its result names the handles for ever;
 * only the ledger knows which of them are of any use.
 *
 * @returns null when the ledger is not at hand, which is told on standard error; undefined when nothing
 * was handed over
 */
export async function handedOver(
  out: Output,
  { config }: Pick<Session, 'config'>,
  { status, result }: Seen,
): Promise<readonly HandedOverSecret[] | null | undefined> {
  const details = result?.details ?? status.details ?? {};
  if (handlesIn(details).length === 0) return undefined;
  try {
    const { openExisting } = await import('./ledger-reading.js');
    const ledger = await openExisting(config);
    try {
      // That of another installation would take everything for wiped.
      const isOurs = (await ledger.getOperation(status.operationId)) !== null;
      if (!isOurs) throw new Error('this ledger does not know the operation');
      return await standings(ledger, status.operationId, details, new Date());
    } finally {
      await ledger.close();
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    out.aside([`Whether its secrets still wait is not known: ${why}`]);
    return null;
  }
}

/** How each secret in the details of a result stands. */
export async function standings(
  ledger: Reading,
  operationId: string,
  details: Readonly<Record<string, string>>,
  now: Date,
): Promise<readonly HandedOverSecret[]> {
  const events = await ledger.events(operationId);
  return Promise.all(
    handlesIn(details).map(async (secret): Promise<HandedOverSecret> => {
      const stored = await ledger.getHandover(secret.handle);
      if (stored === null) {
        const wiped = `secret/${secret.handle.slice(0, 8)}/wiped`;
        const at = events.find(({ key }) => key === wiped)?.at ?? null;
        return { ...secret, state: 'wiped', at, by: null };
      }
      const { label, claimedAt, expiresAt } = stored;
      if (claimedAt !== null) {
        return { ...secret, state: 'claimed', at: claimedAt, by: claimantOf(label, events) };
      }
      const state = Date.parse(expiresAt) <= now.getTime() ? 'expired' : 'waits';
      return { ...secret, state, at: expiresAt, by: null };
    }),
  );
}

/** Nobody else's claim of what bears this label was accepted. */
function claimantOf(label: string, events: readonly StoredEvent[]): string | null {
  for (const { type, data } of events) {
    const claim = data as Readonly<Record<string, unknown>>;
    if (type !== 'secret.claimed' || claim['label'] !== label) continue;
    return typeof claim['by'] === 'string' ? claim['by'] : null;
  }
  return null;
}
