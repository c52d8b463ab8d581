import type { SendRegistrationArgs } from '../../domain/maplepress.js';
import type { Sent, Tracker } from '../../domain/trackers.js';
import { labelOf } from '../../domain/hand-over.js';
import { createSite } from '../../maplepress/index.js';
import { type Located, type RemoteCommand, runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { findByDomain } from './registrations.js';
import { handleOf, isKept, keepSecret, keyLabel } from './secrets.js';

/** How far the clocks of MaplePress and of this worker may be apart. */
const CLOCKS_APART_MS = 2 * 60_000;

/**
 * Registers a site, once. Its two secrets are in the answer only: they are sealed and stored before
 * anything else. When the answer is lost, the registration is located by its domain, which preflight has
 * seen free under the lock, and its key has to be made anew. What somebody else has registered
 * meanwhile is not ours, and a person is asked.
 */
export async function sendRegistration(
  deps: ActivityDeps,
  args: SendRegistrationArgs,
  signal: AbortSignal,
): Promise<Sent> {
  return runCommand(deps, registrationCommand(deps, args, signal));
}

/** The command, also for the undo that has to know what came of it. */
export function registrationCommand(
  deps: ActivityDeps,
  { key, account, siteUrl, domain, receiver }: SendRegistrationArgs,
  signal: AbortSignal,
): RemoteCommand {
  const tenant = deps.tenants.get(account);
  const handles = {
    apiKey: handleOf(deps, key, 'api_key'),
    verificationToken: handleOf(deps, key, 'verification_token'),
  };
  const registered = (
    id: string,
    keyLastFour: string,
    kept: { readonly apiKey: boolean; readonly verificationToken: boolean },
  ): Tracker => ({
    kind: 'wordpress-site',
    id,
    keyLastFour,
    secrets: {
      apiKey: kept.apiKey ? handles.apiKey : null,
      verificationToken: kept.verificationToken ? handles.verificationToken : null,
    },
  });
  return {
    key,
    account: { clock: Date },
    endpoint: 'POST /api/v1/sites',
    payload: { siteUrl },
    repeat: 'after_horizon',
    async locate(since): Promise<Located> {
      const site = await findByDomain(deps, { account, domain }, { signal });
      if (site === null) return { state: 'none' };
      const { id, apiKeyLastFour } = site;
      const kept = {
        apiKey: await isKept(deps, handles.apiKey, apiKeyLastFour),
        verificationToken: (await deps.ledger.getHandover(handles.verificationToken)) !== null,
      };
      // Without key and token no plugin can have verified what we have registered.
      const isOthers = site.isVerified && !kept.apiKey && !kept.verificationToken;
      if (isOthers || site.createdAt.getTime() < since - CLOCKS_APART_MS) {
        const when = site.createdAt.toISOString();
        const reason = `${domain} was registered by somebody else, it seems: at ${when}, ${site.status}`;
        return { state: 'ambiguous', reason };
      }
      const lost = 'its key was in an answer that was lost';
      const output = kept.apiKey ? 'located by its domain' : lost;
      return {
        state: 'found',
        tracker: registered(id, apiKeyLastFour, kept),
        evidence: { status: site.status, output },
      };
    },
    async send() {
      const site = await createSite(tenant.maplePress, { siteUrl }, { signal });
      const keep = { key, receiver, signal };
      const lastFour = site.apiKey.lastFour();
      // The token first: only the key can be made again.
      await keepSecret(deps, {
        ...keep,
        handle: handles.verificationToken,
        label: labelOf('verification_token'),
        secret: site.verificationToken,
      });
      await keepSecret(deps, {
        ...keep,
        handle: handles.apiKey,
        label: keyLabel(lastFour),
        secret: site.apiKey,
      });
      return registered(site.id, lastFour, { apiKey: true, verificationToken: true });
    },
  };
}
