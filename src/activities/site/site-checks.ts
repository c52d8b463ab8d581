import type { SiteState } from '../../domain/site-changes.js';
import type { Check } from '../../domain/plan.js';
import type { SafetyCopyPlan } from '../../domain/safety-copy.js';
import type { SiteStatus } from '../../frappe-cloud/index.js';
import { fail, pass, warn } from '../checks.js';
import type { SiteReading } from './site-reading.js';

const BUSY: readonly SiteStatus[] = ['Pending', 'Installing', 'Updating', 'Recovering'];
const WITH_UPDATE_OPEN = ['Pending', 'Running', 'Failure', 'Recovering'];

/**
 * Whether the site is at rest, in a state that can be worked on. What is still at work may be another
 * operation that holds the lock: it is waited for, and looked at again under the lock.
 */
export function statusCheck(
  { site }: SiteReading,
  { allowed, underLock }: { readonly allowed: readonly SiteStatus[]; readonly underLock: boolean },
): Check {
  if (site.creation_failed !== null) {
    const since = `its creation or a restore failed (${site.creation_failed})`;
    return fail('status', `${since}: restore it first, Press archives such a site`);
  }
  if (allowed.includes(site.status)) return pass('status', site.status);
  if (!BUSY.includes(site.status)) {
    return fail('status', `it is ${site.status}; it must be ${allowed.join(' or ')}`);
  }
  const detail = `it is ${site.status}: something is being done to it`;
  return underLock ? fail('status', detail) : warn('status', detail);
}

/** What keeps every update away until somebody resolves it, and what would come between (C 2.1). */
export function openWorkChecks(
  { site, updates, moves, standing }: SiteReading,
  { underLock }: { readonly underLock: boolean },
): readonly Check[] {
  return [
    site.fatal_site_update === null
      ? pass('fatal update', 'none')
      : fail('fatal update', `update ${site.fatal_site_update} ended fatally: restore it first`),
    updateCheck(updates, underLock),
    upgradeCheck(standing, underLock),
    moveCheck(moves, standing),
  ];
}

function updateCheck(updates: SiteReading['updates'], underLock: boolean): Check {
  const waiting = updates.find(({ status }) => status === 'Scheduled');
  if (waiting !== undefined) {
    const when = waiting.scheduled_time ?? 'no time';
    return fail('open update', `update ${waiting.name} is scheduled (${when}): cancel it first`);
  }
  const open = updates.find(({ status }) => WITH_UPDATE_OPEN.includes(status));
  if (open === undefined) return pass('open update', 'none');
  const detail = `update ${open.name} is ${open.status}`;
  return underLock ? fail('open update', detail) : warn('open update', detail);
}

function upgradeCheck(
  { version_upgrade: open }: SiteReading['standing'],
  underLock: boolean,
): Check {
  if (open === null || !['Scheduled', 'Pending', 'Running'].includes(open.status)) {
    return pass('open upgrade', 'none that Press shows');
  }
  const when = open.scheduled_time === null ? '' : ` for ${open.scheduled_time}`;
  const detail = `an upgrade is ${open.status}${when}; Press lets nobody withdraw one`;
  // The record of one that has ended lags behind by minutes (C 1.0).
  const ends = open.status === 'Running' || open.job_id !== null;
  return ends && !underLock ? warn('open upgrade', detail) : fail('open upgrade', detail);
}

/** One would also carry away a site that was restored (observed-2 3). */
function moveCheck(
  moves: SiteReading['moves'],
  { site_migration }: SiteReading['standing'],
): Check {
  const [move] = moves;
  if (move !== undefined) {
    return fail('open move', `"${move.action_type}" is ${move.status}: cancel it first`);
  }
  return site_migration === null ||
    !['Scheduled', 'Pending', 'Running'].includes(site_migration.status)
    ? pass('open move', 'none')
    : fail('open move', `the site is being moved (${site_migration.status})`);
}

/** The state a site is in, and comes back to. What is at work or broken was Active, or is to be. */
export function stateOf({ site }: SiteReading): SiteState {
  const { version, group, bench } = site;
  return { status: site.status === 'Inactive' ? 'Inactive' : 'Active', version, group, bench };
}

/** Usual duration of a change in seconds: twice the last one's, else a guess. */
export function estimateOf({ updates }: SiteReading, otherwise: number): number {
  const last = updates.find(
    ({ status, update_end }) => status === 'Success' && update_end !== null,
  );
  if (!last?.update_start || !last.update_end) return otherwise;
  const took = Date.parse(`${last.update_end}Z`) - Date.parse(`${last.update_start}Z`);
  return Number.isNaN(took) ? otherwise : Math.max(60, Math.round((2 * took) / 1_000));
}

/** What may be lost when `what` fails and Press cannot put it back. */
export function lossesOf({ mode, standIn }: SafetyCopyPlan, what: string): readonly string[] {
  if (mode === 'none' || standIn === null) {
    return [`everything, if the ${what} fails and Press cannot put it back: there is no copy`];
  }
  if (standIn === undefined) return [];
  return [`what was written since ${standIn.takenAt}, if the ${what} fails`];
}
