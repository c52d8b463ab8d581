import type { OperationHandle } from '../client.js';
import { exitCodeOf, type ExitCode } from './exit-codes.js';
import type { Output } from './output.js';
import { row } from './render/rows.js';
import type { Session } from './session.js';
import { exitCodeOfSeen, firstLook, showSeen, watchToTheEnd } from './watching.js';

/** Long enough for a preflight, short enough not to be a wait. */
const FIRST_LOOK_MS = 5_000;

/** Shows an operation that was just started: to its end with `wait`, else how it begins. */
export async function showStarted(
  out: Output,
  session: Session,
  kind: string,
  handle: OperationHandle,
  { wait }: { readonly wait?: boolean },
): Promise<ExitCode> {
  if (!handle.started) {
    out.lines([`known since an earlier start with this key: operation ${handle.operationId}`]);
  }
  if (wait) return exitCodeOfSeen(await watchToTheEnd(out, session, handle.workflowId));

  const seen = await firstLook(session, handle.workflowId, FIRST_LOOK_MS);
  const state = seen?.status.state ?? 'preflight';
  const summary = seen?.status.plan?.summary ?? null;
  if (out.json) out.document({ ...handle, state, summary });
  else if (seen !== null) await showSeen(out, session, seen);
  else {
    out.lines([
      `Started ${kind} of ${handle.site} (operation ${handle.operationId}); its preflight is not over yet.`,
      `  watch it: npx sitewright watch ${handle.site} --operation ${handle.operationId}`,
      '  is a worker running? npx sitewright doctor',
    ]);
  }
  return exitCodeOf(state);
}

/** Shows what a dry run has planned, and the command that does it. */
export async function showPlanned(
  out: Output,
  session: Session,
  handle: OperationHandle,
  commandLine: string,
): Promise<ExitCode> {
  const seen = await watchToTheEnd(out, session, handle.workflowId);
  if (seen.status.state === 'planned') out.lines([row(['start it', commandLine])]);
  return exitCodeOfSeen(seen);
}
