import type { Config } from '../../config.js';
import type { Handover } from '../../ledger/types.js';
import { between } from '../render/time.js';
import type { Finding } from './finding.js';
import { withOpened } from './ledger.js';

/** Nobody needs to hear for longer that a secret was not wanted. */
const TELL_FOR_MS = 7 * 86_400_000;

/** Secrets that wait for their receivers, and those that nobody came for (D 4.6, D 7). */
export async function examineSecrets(config: Config): Promise<readonly Finding[]> {
  const findings = await withOpened(config, async (ledger) =>
    secretFindings(await ledger.unclaimedHandovers(), new Date()),
  );
  return findings.filter(({ what }) => what === 'secret');
}

/** @param unclaimed oldest first */
export function secretFindings(unclaimed: readonly Handover[], now: Date): readonly Finding[] {
  const expiry = ({ expiresAt }: Handover) => new Date(expiresAt).getTime();
  const waiting = unclaimed.filter((secret) => expiry(secret) > now.getTime());
  const missed = unclaimed.filter(
    (secret) => expiry(secret) <= now.getTime() && expiry(secret) > now.getTime() - TELL_FOR_MS,
  );
  const [oldest] = waiting;
  const said = oldest
    ? `${counted(waiting)} waiting to be claimed, the oldest (${oldest.label}, operation ${oldest.operationId}) since ${between(oldest.createdAt, now)}`
    : 'no secrets waiting to be claimed';
  return [
    { what: 'secret', result: 'ok', message: said },
    ...(missed.length === 0
      ? []
      : [
          {
            what: 'secret',
            result: 'warn',
            message: `${counted(missed)} expired unclaimed in the last week: ${missed.map(nameOf).join(', ')}`,
            hint: 'whoever asked for them has no access: tell them, or make new ones in the dashboard',
          } as const,
        ]),
  ];
}

function nameOf({ label, operationId }: Handover): string {
  return `${label} (operation ${operationId})`;
}

function counted({ length }: readonly unknown[]): string {
  return `${length} secret${length === 1 ? '' : 's'}`;
}
