import type { ListFilter, OperationSummary } from '../client.js';
import type { Ledger, OperationRow } from '../ledger/types.js';
import { openExisting } from './ledger-reading.js';
import type { Output } from './output.js';
import type { Session } from './session.js';

/** More than anybody looks through. */
const AT_MOST = 1_000;

type Reading = Pick<Ledger, 'findOperations' | 'events'>;

type Filter = ListFilter & { readonly limit: number };

/** Operations that need a person: those that say so to Temporal, and those that cannot any more. */
export async function needingAttention(
  out: Output,
  session: Session,
  filter: Filter,
): Promise<readonly OperationSummary[]> {
  const listed = await session.client.list({ ...filter, needsAttention: true });
  let ledger: Ledger;
  try {
    ledger = await openExisting(session.config);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    out.aside([`Operations whose run is gone are not listed: ${why}`]);
    return listed;
  }
  try {
    const known = await attentionInLedger(ledger, filter, (id) => session.linkTo(id));
    return together(listed, known).slice(0, filter.limit);
  } finally {
    await ledger.close();
  }
}

/**
 * Operations that need a person by what the ledger says. Temporal's own list misses those whose run
 * was ended from outside: the run said nothing any more, the reconciler did (D 4.6).
 */
export async function attentionInLedger(
  ledger: Reading,
  { site, account, state }: Pick<ListFilter, 'site' | 'account' | 'state'>,
  linkTo: (workflowId: string) => string | null,
): Promise<readonly OperationSummary[]> {
  const rows = await ledger.findOperations({
    open: true,
    needsAttention: true,
    limit: AT_MOST,
    ...(site !== undefined && { site }),
  });
  const found = await Promise.all(
    rows
      .filter((row) => account === undefined || row.account === account)
      .map((row) => summaryOf(row, ledger, linkTo)),
  );
  return found.filter((summary) => state === undefined || summary.state === state);
}

/** What two lists have found, each operation once, newest first; the first list knows more. */
export function together(
  first: readonly OperationSummary[],
  second: readonly OperationSummary[],
): readonly OperationSummary[] {
  const known = new Set(first.map(({ operationId }) => operationId));
  const others = second.filter(({ operationId }) => !known.has(operationId));
  return [...first, ...others].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
}

async function summaryOf(
  row: OperationRow,
  ledger: Reading,
  linkTo: (workflowId: string) => string | null,
): Promise<OperationSummary> {
  const { operationId, workflowId, site, kind, account, requestedBy, openedAt } = row;
  const events = await ledger.events(operationId);
  const alarm = events.findLast(({ type }) => type === 'operation.alarm');
  return {
    operationId,
    workflowId,
    site,
    kind,
    account,
    // As in Temporal's list: what a run without an outcome came to, a person decides.
    state: alarm === undefined ? row.state : 'needs_human',
    requestedBy,
    needsAttention: true,
    waitingFor: [],
    startedAt: openedAt,
    since: alarm?.at ?? openedAt,
    link: linkTo(workflowId),
  };
}
