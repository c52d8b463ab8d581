import type { RecentCopyArgs, SafetyCopy, StandInArgs } from '../../domain/safety-copy.js';
import { type CallOptions, getSite } from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { Refused } from '../errors.js';
import { offsiteBackups } from './backups.js';

/** The newest offsite backup where it serves: young enough, whole, of a plausible size. */
export async function takeRecentCopy(
  deps: ActivityDeps,
  { operationId, account: name, site, maxAgeMs }: RecentCopyArgs,
  options?: CallOptions,
): Promise<SafetyCopy | null> {
  const account = deps.accounts.get(name);
  const found = await getSite(account.press, { site }, options);
  if (found.found !== 'own') throw new Refused(`${site} is not a site of this team`);
  const [newest] = await offsiteBackups(account, found.site, options);
  if (newest === undefined || newest.problem !== null || newest.ageMs > maxAgeMs) return null;
  return chosen(deps, operationId, newest.copy);
}

/** The copy that stands in for one of today, as it was approved. @throws Refused when it is gone */
export async function takeStandIn(
  deps: ActivityDeps,
  { operationId, account: name, site, copy }: StandInArgs,
  options?: CallOptions,
): Promise<SafetyCopy> {
  const gone = new Refused(`the copy ${copy.handle} that was to stand in is not there any more`);
  if (copy.where === 'vault') {
    if ((await deps.vault.manifest(copy.handle)) === null) throw gone;
    return chosen(deps, operationId, copy);
  }
  const account = deps.accounts.get(name);
  const backups = await offsiteBackups(account, { name: site, version: null }, options);
  if (!backups.some((backup) => backup.copy.handle === copy.handle)) throw gone;
  return chosen(deps, operationId, copy);
}

async function chosen(
  { ledger }: ActivityDeps,
  operationId: string,
  copy: SafetyCopy,
): Promise<SafetyCopy> {
  const { handle, where, takenAt, version, bytes } = copy;
  const event = {
    key: `safety/${handle}`,
    type: 'safety.chosen',
    data: { handle, where, takenAt, version, bytes },
  };
  await ledger.record(operationId, { events: [event] });
  return copy;
}
