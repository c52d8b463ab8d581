import { activityInfo } from '@temporalio/activity';
import type { AwaitVerificationArgs, VerificationStanding } from '../../domain/maplepress.js';
import type { CallOptions } from '../../maplepress/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { patienceWithPeople } from '../patience.js';
import { findById, orNotYet } from './registrations.js';
import { keyStateOf } from './stored-key.js';

/**
 * Waits until the plugin of a site has verified it. Answers `unverified` when it is time for a
 * reminder, or the deadline has come.
 */
export async function awaitVerification(
  deps: ActivityDeps,
  { account, id, domain, key, deadline }: AwaitVerificationArgs,
  options: CallOptions,
): Promise<VerificationStanding> {
  const { ledger, timing } = deps;
  const site = await findById(deps, { account, id, domain }, options).catch(orNotYet);
  const stored = key === undefined ? null : await ledger.getHandover(key.handle);
  const keyState = key === undefined ? null : keyStateOf(stored);
  if (site === null) return { state: 'gone', key: keyState };
  if (!(site instanceof NotYet)) {
    if (key !== undefined && site.apiKeyLastFour !== key.lastFour) {
      return { state: 'replaced', key: keyState };
    }
    if (site.isVerified) return { state: 'verified', key: keyState };
  }
  const patience = patienceWithPeople(timing, activityInfo().scheduledTimestampMs, deadline);
  if (patience === null) return { state: 'unverified', key: keyState };
  throw site instanceof NotYet ? site : new NotYet('its plugin has not verified it yet', patience);
}
