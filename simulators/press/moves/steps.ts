/** Takes the site off its old server: there is no way back from here (C 2.9). */
export const ARCHIVE = 'Archive site on source';
/** By then its record names the new server. */
export const RESET_STATUS = 'Reset site status on destination';
const RESTORE = 'Restore site on destination';
const RESTORE_ON_PROXY = 'Restore site on destination proxy';
/** Code of Press, without a job: it fails by an exception only. */
const UPDATE_FIELDS = 'Update fields of original site record';
const BACKUP = 'Backup site on source';

/** A failure of these puts the site back into service where its record says (C 2.9). */
export const REACTIVATING: readonly string[] = [BACKUP, RESTORE, RESTORE_ON_PROXY, UPDATE_FIELDS];

const FIRST = ['Deactivate site on source', BACKUP, RESTORE];
const ON_PROXIES = ['Remove site from source proxy', RESTORE_ON_PROXY];
const LAST = [UPDATE_FIELDS, RESET_STATUS, 'Update site plan'];

/** To another region the proxies come before the archive, within one behind it (C 2.9). */
const stepsOf = (toRegion: boolean): readonly string[] => [
  ...FIRST,
  ...(toRegion ? [...ON_PROXIES, ARCHIVE] : [ARCHIVE, ...ON_PROXIES]),
  ...LAST,
];

/** Whether a step of a migration comes before another; so does one that there is not. */
export function isBefore(step: string, other: string, toRegion: boolean): boolean {
  const steps = stepsOf(toRegion);
  return steps.indexOf(step) < steps.indexOf(other);
}
