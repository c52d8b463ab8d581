import { isMaplePressKind } from '../../domain/operations.js';
import type { ActivityDeps } from '../deps.js';

/** Operations on a site of which one is likely to have sent something. */
const LOOKED_AT = 20;

/**
 * The registration that the newest operation on a domain was about, as far as the ledger knows. It may be
 * gone since, and another one in its place.
 *
 * @throws LedgerUnavailable
 */
export async function lastKnownId(
  ledger: Pick<ActivityDeps['ledger'], 'findOperations' | 'commandsOf'>,
  { account, domain }: { readonly account: string; readonly domain: string },
): Promise<string | null> {
  for (const operation of await ledger.findOperations({ site: domain, limit: LOOKED_AT })) {
    if (operation.account !== account || !isMaplePressKind(operation.kind)) continue;
    for (const { tracker } of await ledger.commandsOf(operation.operationId)) {
      if (tracker?.kind === 'wordpress-site' || tracker?.kind === 'api-key') return tracker.id;
    }
  }
  return null;
}
