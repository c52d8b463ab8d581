import type { RotateKeyArgs } from '../../domain/maplepress.js';
import type { Sent, Tracker } from '../../domain/trackers.js';
import { rotateApiKey } from '../../maplepress/index.js';
import { type Located, runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { findById } from './registrations.js';
import { handleOf, isKept, keepSecret, keyLabel, wipeSecrets } from './secrets.js';

/**
 * Has another key made, and stores it for its receiver. When the answer is lost, the last four
 * characters of the valid key tell whether it was made; it cannot be read again then, and its tracker
 * says so. Other keys of the domain that nobody has claimed are wiped: the new one ends them all.
 */
export async function rotateKey(
  deps: ActivityDeps,
  { key, account, id, domain, before, receiver }: RotateKeyArgs,
  signal: AbortSignal,
): Promise<Sent> {
  const tenant = deps.tenants.get(account);
  const handle = handleOf(deps, key, 'api_key');
  const made = (keyLastFour: string, isKeptByUs: boolean, at: Date): Tracker => ({
    kind: 'api-key',
    id,
    keyLastFour,
    handle: isKeptByUs ? handle : null,
    rotatedAt: at.toISOString(),
  });
  const sent = await runCommand(deps, {
    key,
    account: { clock: Date },
    endpoint: 'POST /api/v1/sites/{id}/rotate-api-key',
    payload: { id, before },
    repeat: 'after_horizon',
    async locate(): Promise<Located> {
      const site = await findById(deps, { account, id, domain }, { signal });
      if (site === null) return { state: 'foreign', reason: `there is no registration ${id}` };
      const lastFour = site.apiKeyLastFour;
      if (lastFour === before) return { state: 'none' };
      const isOurs = await isKept(deps, handle, lastFour);
      const output = isOurs
        ? `the key ends in ${lastFour} now`
        : `the key ends in ${lastFour} now, and was in an answer that was lost`;
      return {
        state: 'found',
        tracker: made(lastFour, isOurs, site.updatedAt),
        evidence: { status: site.status, output },
      };
    },
    async send() {
      const { newApiKey, rotatedAt } = await rotateApiKey(tenant.maplePress, id, { signal });
      const lastFour = newApiKey.lastFour();
      const label = keyLabel(lastFour);
      await keepSecret(deps, { key, handle, label, secret: newApiKey, receiver, signal });
      return made(lastFour, true, rotatedAt);
    },
  });
  const valid = sent.tracker.kind === 'api-key' ? sent.tracker.handle : null;
  await wipeSecrets(deps, { account, domain, kind: 'api_key' }, valid);
  return sent;
}
