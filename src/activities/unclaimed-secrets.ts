import { renewalOf } from '../domain/hand-over.js';
import type { Handover } from '../ledger/types.js';
import type { ActivityDeps } from './deps.js';

/** What of its time is left when people are reminded. */
const LAST_PART = 1 / 4;
/** What expired longer ago was told in one of the many passes since, ms. */
const OLD_NEWS = 30 * 24 * 60 * 60_000;

type Standing = 'expiring' | 'expired';

/**
 * Reminds people once of a secret that nobody has claimed when the last quarter of its time has come,
 * and tells them once that it has expired; the ciphertext of expired ones is wiped.
 *
 * @returns how many have expired unclaimed
 */
export async function tellOfSecrets({ ledger, notify }: ActivityDeps): Promise<number> {
  const now = Date.now();
  const unclaimed = await ledger.unclaimedHandovers();
  const news = unclaimed.flatMap((secret) => {
    const standing = standingOf(secret, now);
    if (standing === null) return [];
    const { handle, operationId } = secret;
    return [{ secret, standing, operationId, key: `secret/${handle.slice(0, 8)}/${standing}` }];
  });
  const told = await ledger.recorded(news);
  for (const one of news) if (!told.has(one)) await tell(one);
  return unclaimed.filter(({ expiresAt }) => Date.parse(expiresAt) <= now).length;

  async function tell({ secret, standing, operationId, key }: (typeof news)[number]) {
    const { label, expiresAt } = secret;
    const operation = await ledger.getOperation(operationId);
    if (operation === null) return;
    await ledger.record(operationId, {
      events: [{ key, type: `secret.${standing}`, data: { label, expiresAt } }],
    });
    const { kind, site } = operation;
    notify({ operationId, kind, site, message: messageOf(secret, standing) });
  }
}

/** Null: there is nothing to tell, yet or any more. */
function standingOf({ createdAt, expiresAt }: Handover, now: number): Standing | null {
  const end = Date.parse(expiresAt);
  if (end <= now) return now - end < OLD_NEWS ? 'expired' : null;
  return end - now <= (end - Date.parse(createdAt)) * LAST_PART ? 'expiring' : null;
}

/** Without the handle: whoever reads it may claim, and this goes into logs (D 7). */
function messageOf({ operationId, label, expiresAt }: Handover, standing: Standing): string {
  const renewal = renewalOf(label);
  return standing === 'expiring'
    ? `nobody has claimed the ${label}, which expires at ${expiresAt}; where it waits: ` +
        `npx sitewright status ${operationId}. After that, ${renewal}`
    : `nobody has claimed the ${label} before it expired at ${expiresAt}: ${renewal}`;
}
