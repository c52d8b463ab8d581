import type { Sent, Evidence, Tracker } from '../domain/trackers.js';
import type { Json } from '../ledger/types.js';
import type { RemoteCommand } from './commands.js';
import type { ActivityDeps } from './deps.js';
import { Refused } from './errors.js';

/** Press has accepted it: sent now, or found to have been sent before. */
export async function settle(
  deps: ActivityDeps,
  { key, endpoint }: RemoteCommand,
  attempt: number,
  how: 'sent' | 'adopted',
  tracker: Tracker,
  evidence: Evidence,
): Promise<Sent> {
  const proof = evidence as Json;
  await deps.ledger.settleCommand(
    key,
    { state: 'settled', tracker, evidence: proof },
    {
      key: `${key.step}/${key.round}/settled`,
      type: `command.${how}`,
      data: { step: key.step, round: key.round, attempt, endpoint, tracker, evidence: proof },
    },
  );
  return { tracker, how };
}

/** Press said no, so that it is never sent again. @throws Refused */
export async function refuse(
  deps: ActivityDeps,
  { key, endpoint }: RemoteCommand,
  attempt: number,
  reason: string,
): Promise<never> {
  await deps.ledger.settleCommand(
    key,
    { state: 'refused', error: reason, attempt },
    {
      key: `${key.step}/${key.round}/refused`,
      type: 'command.refused',
      data: { step: key.step, round: key.round, attempt, endpoint, reason },
    },
  );
  throw new Refused(reason);
}

/** Certainly nothing came of it: it may be sent again. */
export async function backToIntended(
  deps: ActivityDeps,
  { key, endpoint }: RemoteCommand,
  attempt: number,
  reason: string,
): Promise<void> {
  await deps.ledger.settleCommand(
    key,
    { state: 'intended', error: reason, attempt },
    {
      key: `${key.step}/${key.round}/failed/${attempt}`,
      type: 'command.failed',
      data: { step: key.step, round: key.round, attempt, endpoint, reason },
    },
  );
}
