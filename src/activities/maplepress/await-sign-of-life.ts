import { activityInfo } from '@temporalio/activity';
import type { AwaitSignOfLifeArgs, SignOfLife } from '../../domain/maplepress.js';
import type { CallOptions } from '../../maplepress/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { patienceWithPeople } from '../patience.js';
import { findById, orNotYet, standingOf } from './registrations.js';
import { keyStateOf } from './stored-key.js';

/**
 * Waits until the plugin of a site has done something that takes a valid key. Answers `unseen` when
 * it is time for a reminder, or the deadline has come: a quiet site shows nothing.
 */
export async function awaitSignOfLife(
  deps: ActivityDeps,
  { account, id, domain, traces, key, deadline }: AwaitSignOfLifeArgs,
  options: CallOptions,
): Promise<SignOfLife> {
  const { ledger, timing } = deps;
  const site = await findById(deps, { account, id, domain }, options).catch(orNotYet);
  const stored = await ledger.getHandover(key.handle);
  const state = keyStateOf(stored);
  if (!(site instanceof NotYet)) {
    const standing = standingOf(site);
    if (standing.state === 'gone') return { plugin: 'gone', key: state };
    if (standing.keyLastFour !== key.lastFour) return { plugin: 'replaced', key: state };
    if (standing.traces !== traces) return { plugin: 'seen', key: state };
  }
  const patience = patienceWithPeople(timing, activityInfo().scheduledTimestampMs, deadline);
  if (patience === null) return { plugin: 'unseen', key: state };
  throw site instanceof NotYet ? site : new NotYet('its plugin has not been seen since', patience);
}
