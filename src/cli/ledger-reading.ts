import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.js';
import { NotFound } from '../errors.js';
import { openLedger } from '../ledger/index.js';
import type { Ledger, OperationRow } from '../ledger/types.js';
import { spellingsOf } from '../schemas/spellings.js';
import { findInstallation } from './session.js';

/** The ledger is a file that is not there. */
class LedgerMissing extends Error {
  override readonly name = 'LedgerMissing';

  constructor(file: string) {
    super(`there is no ledger at ${file}; DATABASE_URL names that of the workers`);
  }
}

/**
 * Opens the ledger of this installation for the time of the work.
 *
 * @throws LedgerMissing when it is a file that is not there: reading makes no ledger
 * @throws LedgerUnavailable, LedgerTooOld, LedgerTooNew
 */
export async function withLedger<T>(
  work: (ledger: Ledger, of: { readonly domain: string | undefined }) => Promise<T>,
): Promise<T> {
  const { config, stack } = await findInstallation();
  const ledger = await openExisting(config);
  try {
    return await work(ledger, { domain: stack?.domain });
  } finally {
    await ledger.close();
  }
}

/** Leaves its tables as they are. @throws LedgerMissing, LedgerUnavailable, LedgerTooOld, LedgerTooNew */
export async function openExisting({ ledgerUrl }: Pick<Config, 'ledgerUrl'>): Promise<Ledger> {
  const file = ledgerFileOf(ledgerUrl);
  if (file !== null && !existsSync(file)) throw new LedgerMissing(file);
  return openLedger({ url: ledgerUrl, asItIs: true });
}

/** The file a ledger is; null when it is a server. */
function ledgerFileOf(url: string): string | null {
  if (/^postgres(ql)?:/.test(url)) return null;
  return url.startsWith('file://') ? fileURLToPath(url) : url.replace(/^file:/, '');
}

/**
 * The operations a name stands for, oldest first: those of a site, or one.
 *
 * @throws NotFound
 */
export async function recordsOf(
  ledger: Pick<Ledger, 'getOperation' | 'findOperations'>,
  name: string,
  { operation, domain }: { readonly operation?: string; readonly domain: string | undefined },
): Promise<readonly OperationRow[]> {
  const one = await ledger.getOperation(name.split(':')[2] ?? name);
  const sites =
    one === null
      ? [...spellingsOf(name), ...(domain === undefined ? [] : [`${name}.${domain}`])]
      : [];
  const found = await Promise.all(sites.map((site) => ledger.findOperations({ site })));
  const all = one === null ? found.flat().reverse() : [one];
  const wanted = all.filter(
    ({ operationId }) => operation === undefined || operationId === operation,
  );
  if (wanted.length > 0) return wanted;
  const what = operation === undefined ? 'nothing' : `no operation ${operation}`;
  throw new NotFound(`the ledger knows ${what} of ${name}`);
}
