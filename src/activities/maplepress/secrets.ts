import { type HandedOver, labelOf, type SecretKind } from '../../domain/hand-over.js';
import type { Receiver, WipeSecretsArgs } from '../../domain/maplepress.js';
import { type CommandKey, MAPLEPRESS_KINDS } from '../../domain/operations.js';
import type { Secret } from '../../maplepress/index.js';
import type { ActivityDeps } from '../deps.js';
import { holdOn } from './hold-on.js';

/** Where a secret that a command is answered with waits: the same for every attempt. */
export function handleOf(deps: ActivityDeps, key: CommandKey, kind: SecretKind): string {
  return deps.handOverKeys.handleOf({ ...key, step: `${key.step}: ${labelOf(kind)}` });
}

/** What people read of a key; MaplePress shows the same four characters at any time. */
export function keyLabel(lastFour: string): string {
  return `${labelOf('api_key')} ending in ${lastFour}`;
}

/**
 * Seals a secret and stores it for one claim, before anything else is done with the answer it came
 * in: nobody can read it again (D 7).
 */
export async function keepSecret(
  { ledger, policy, handOverKeys, timing }: ActivityDeps,
  {
    key,
    handle,
    label,
    secret,
    receiver,
    signal,
  }: {
    readonly key: CommandKey;
    readonly handle: string;
    readonly label: string;
    readonly secret: Secret;
    readonly receiver: Receiver | undefined;
    /** Of the attempt: given up, it stores nothing any more. */
    readonly signal: AbortSignal;
  },
): Promise<HandedOver> {
  const { operationId, step, round } = key;
  const sealed = await handOverKeys.sealFor(secret.reveal(), receiver);
  const sealedFor = handOverKeys.receiverOf(sealed);
  const expiresAt = new Date(Date.now() + policy.handover.expiresAfterMs).toISOString();
  const event = {
    key: `secret/${step}/${round}/${handle.slice(0, 8)}/stored`,
    type: 'secret.stored',
    data: { label, expiresAt, ...(sealedFor !== null && { sealedFor }) },
  };
  await holdOn(timing, signal, async () => {
    // An earlier attempt may have stored one of which it was then proven that it opens nothing.
    await ledger.discardHandovers({ handle });
    await ledger.putHandover({ handle, operationId, label, sealed, expiresAt });
    await ledger.record(operationId, { events: [event] });
  });
  return { handle, label, expiresAt };
}

/** Whether the key that waits there is the one that ends so. */
export async function isKept(
  { ledger }: ActivityDeps,
  handle: string,
  lastFour: string,
): Promise<boolean> {
  return (await ledger.getHandover(handle))?.label === keyLabel(lastFour);
}

/**
 * Wipes what nobody has claimed of the secrets of a domain, whichever operation has stored them, and
 * tells it in the record of each: they open nothing any more.
 *
 * @param except where the valid key waits
 */
export async function wipeSecrets(
  { ledger }: ActivityDeps,
  { account, domain, kind }: WipeSecretsArgs,
  except: string | null = null,
): Promise<void> {
  const beginning = kind === undefined ? '' : labelOf(kind);
  const ofDomain = { account, site: domain, kinds: MAPLEPRESS_KINDS };
  for (const { handle, operationId, label } of await ledger.unclaimedHandovers(ofDomain)) {
    if (handle === except || !label.startsWith(beginning)) continue;
    await ledger.discardHandovers({ handle });
    const event = { key: `secret/${handle.slice(0, 8)}/wiped`, type: 'secret.wiped' };
    await ledger.record(operationId, { events: [{ ...event, data: { label } }] });
  }
}
