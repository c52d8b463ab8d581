import { LedgerUnavailable } from '../../../src/ledger/errors.js';
import type { Ledger } from '../../../src/ledger/types.js';

/** The ledger of the workers answers again before they give up what they hold. */
export const AWAY_FOR_A_MOMENT = 'a ledger that is away for a moment';
/** It is away for longer than a key is held on to; the answer is as good as lost. */
export const NO_FIRST_KEY = 'a ledger that is away when the first key comes';
export const NO_TOKEN = 'a ledger that is away when the token comes';
/** It has taken the key and is away before the command is recorded, as after a crash. */
export const AWAY_ONCE_KEPT = 'a ledger that is away once the key is stored';

const away = (): Promise<never> =>
  Promise.reject(new LedgerUnavailable('the database does not answer'));

/** Counts by name. */
function counter(): (name: string) => number {
  const counts = new Map<string, number>();
  return (name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count;
  };
}

/** Every secret is refused twice, and taken then. */
export function awayForAMoment(ledger: Ledger): Ledger {
  const tries = counter();
  return {
    ...ledger,
    putHandover: (secret) => (tries(secret.handle) > 2 ? ledger.putHandover(secret) : away()),
  };
}

/** The first key of each operation is never taken. */
export function withoutFirstKey(ledger: Ledger): Ledger {
  const first = new Map<string, string>();
  return {
    ...ledger,
    putHandover(secret) {
      const { operationId, handle, label } = secret;
      if (!label.startsWith('API key')) return ledger.putHandover(secret);
      if (!first.has(operationId)) first.set(operationId, handle);
      return first.get(operationId) === handle ? away() : ledger.putHandover(secret);
    },
  };
}

/** No verification token is taken, nor what comes with it. */
export function withoutToken(ledger: Ledger): Ledger {
  return {
    ...ledger,
    putHandover: (secret) =>
      secret.label === 'verification token' ? away() : ledger.putHandover(secret),
  };
}

/** The end of the first command of each operation is not taken when it is first told. */
export function awayOnceKept(ledger: Ledger): Ledger {
  const ends = counter();
  return {
    ...ledger,
    settleCommand: (key, change, event) =>
      change.state === 'settled' && ends(key.operationId) === 1
        ? away()
        : ledger.settleCommand(key, change, event),
  };
}
