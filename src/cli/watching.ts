import type { Sitewright } from '../client.js';
import { isOutcome } from '../domain/operations.js';
import type { OperationStatus } from '../domain/status.js';
import { Interrupted } from './errors.js';
import { ExitCode, exitCodeOf } from './exit-codes.js';
import { follow, type Onlooker, type Seen } from './follow.js';
import { handedOver } from './handed-over.js';
import { untilInterrupted } from './interrupt.js';
import type { Output } from './output.js';
import { createProgress } from './progress.js';
import { renderStatus } from './render/status.js';
import type { Session } from './session.js';

type Watched = Pick<Session, 'client' | 'linkTo' | 'config'>;

/** Shows an operation until it has ended or needs a person; Ctrl-C leaves it running. */
export async function watchToTheEnd(
  out: Output,
  session: Watched,
  operation: string,
): Promise<Seen> {
  const progress = createProgress(out, session.linkTo);
  const seen = await untilInterrupted((signal) =>
    follow(session.client, operation, progress, signal),
  ).finally(() => progress.end());
  await showSeen(out, session, seen);
  return seen;
}

/** As {@link watchToTheEnd}, a JSON line per change and the whole at the end. */
export async function streamToTheEnd(
  out: Output,
  session: Watched,
  operation: string,
): Promise<Seen> {
  const { client, linkTo } = session;
  const onlooker: Onlooker = {
    show: (status) => out.document(documentOf({ status, result: null, lost: null }, linkTo)),
    quiet: () => undefined,
  };
  const seen = await untilInterrupted((signal) => follow(client, operation, onlooker, signal));
  if (seen.result !== null || seen.lost !== null) {
    out.document({ ...documentOf(seen, linkTo), ...(await knownOf(out, session, seen)) });
  }
  return seen;
}

/** How an operation stands once its preflight is over; null when that takes longer. */
export async function firstLook(
  { client }: { readonly client: Sitewright },
  operation: string,
  withinMs: number,
): Promise<Seen | null> {
  const onlooker: Onlooker = { show: () => undefined, quiet: () => undefined };
  const past = ({ state }: OperationStatus) => state !== 'preflight';
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), withinMs);
  try {
    const seen = await follow(client, operation, onlooker, enough.signal, past);
    // It may be over already: then its result tells more than its status.
    const isOver = seen.lost === null && isOutcome(seen.status.state);
    return isOver ? { ...seen, result: await client.wait(operation) } : seen;
  } catch (error) {
    if (error instanceof Interrupted) return null;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Prints how an operation stands, in full. */
export async function showSeen(
  out: Output,
  session: Omit<Watched, 'client'>,
  seen: Seen,
): Promise<void> {
  const { linkTo } = session;
  const known = await knownOf(out, session, seen);
  out.lines(renderStatus({ ...seen, ...known }, out.view(), linkTo(seen.status.workflowId)));
  out.document({ ...documentOf(seen, linkTo), ...known });
}

/** What the ledger adds; nothing unless secrets were handed over. */
async function knownOf(out: Output, session: Pick<Session, 'config'>, seen: Seen) {
  const secrets = await handedOver(out, session, seen);
  return secrets === undefined ? {} : { secrets };
}

/** Tells how it ended; a lost run needs a person. */
export function exitCodeOfSeen({ status, lost }: Seen): ExitCode {
  return lost === null ? exitCodeOf(status.state) : ExitCode.needsHuman;
}

/** The status as the `status` query answers it, with result, loss and link beside it. */
function documentOf({ status, result, lost }: Seen, linkTo: Session['linkTo']): object {
  return { ...status, result, lost, link: linkTo(status.workflowId) };
}
