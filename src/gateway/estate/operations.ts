import type { Ledger } from '../../ledger/index.js';
import type { SiteOperation } from '../../schemas/estate/operations.js';

/** As many as fit a screen. */
const SHOWN = 5;
/** Those of another account or provider have the same site name, and are left out. */
const LOOKED_AT = 4 * SHOWN;

/**
 * The last operations on a site, the newest first.
 *
 * @param of `isOne` tells by its kind whether an operation is meant
 * @throws LedgerUnavailable
 */
export async function operationsOf(
  ledger: Pick<Ledger, 'findOperations'>,
  of: {
    readonly account: string;
    readonly site: string;
    readonly isOne: (kind: string) => boolean;
  },
): Promise<SiteOperation[]> {
  const rows = await ledger.findOperations({ site: of.site, limit: LOOKED_AT });
  return rows
    .filter(({ account, kind }) => account === of.account && of.isOne(kind))
    .slice(0, SHOWN)
    .map(({ operationId, kind, state, requestedBy, openedAt, closedAt }) => ({
      operationId,
      kind,
      state,
      requestedBy,
      openedAt,
      closedAt,
    }));
}
