import { COPY_FILE_KINDS, implausible, type SafetyCopy } from '../../domain/safety-copy.js';
import {
  type Account,
  type Backup,
  calibrateClock,
  type CallOptions,
  listBackups,
  listSiteUpdates,
  type Site,
  type SiteUpdate,
} from '../../frappe-cloud/index.js';

/** A backup that lies in Press's object storage, with what speaks against it. */
export interface OffsiteBackup {
  readonly copy: SafetyCopy;
  /** Why it would not bring the site back as it was; null when it would. */
  readonly problem: string | null;
  /** How old it is, ms. */
  readonly ageMs: number;
}

/** Updates that have not moved the site, or have brought it back. */
const UNMOVED: readonly string[] = ['Scheduled', 'Cancelled', 'Recovered'];

/** Database, public and private files together; what Press does not tell counts as nothing. */
export function bytesOf({ files }: Pick<Backup, 'files'>): number {
  return (['database', 'public', 'private'] as const).reduce(
    (sum, kind) => sum + (files[kind]?.bytes ?? 0),
    0,
  );
}

/** Finished backups with files of a site, the newest first; others say nothing about its size. */
export async function wholeBackups(
  { press }: Account,
  site: string,
  options?: CallOptions,
): Promise<readonly Backup[]> {
  const rows = await listBackups(press, { site, statuses: ['Success'] }, options);
  return rows.filter(({ with_files, physical }) => with_files && !physical);
}

/** What speaks against the size of a backup, beside those before it (D 4.4). */
export function doubtOf(
  backup: Backup,
  others: readonly Backup[],
  { clock }: Pick<Account, 'clock'>,
): string | null {
  const sized = (row: Backup) => ({ takenAt: clock.parse(row.creation), bytes: bytesOf(row) });
  return implausible(sized(backup), others.map(sized));
}

/** The updates that have moved a site, or have tried to and left it half-way. */
export async function movesOf(
  { press }: Account,
  site: string,
  options?: CallOptions,
): Promise<readonly SiteUpdate[]> {
  const updates = await listSiteUpdates(press, { site }, options);
  return updates.filter(({ status }) => !UNMOVED.includes(status));
}

/** Data from before an update meets code that it was not made by. */
export function updatedSince(
  moves: readonly SiteUpdate[],
  takenAt: number,
  { clock }: Pick<Account, 'clock'>,
): string | null {
  const update = moves.find(({ creation }) => clock.parse(creation) >= takenAt);
  return update === undefined ? null : `the site was updated since (${update.name})`;
}

/** Offsite backups with files, the newest first, each with what speaks against it. */
export async function offsiteBackups(
  account: Account,
  { name: site, version }: Pick<Site, 'name' | 'version'>,
  options?: CallOptions,
): Promise<readonly OffsiteBackup[]> {
  const { clock } = account;
  const [calibrated, backups, moves] = await Promise.all([
    calibrateClock(account, site, options),
    wholeBackups(account, site, options),
    movesOf(account, site, options),
  ]);
  return backups
    .filter(({ offsite, files }) => offsite && files.database?.remote_file != null)
    .map((backup) => {
      const takenAt = clock.parse(backup.creation);
      const updated = updatedSince(moves, takenAt, account);
      const missing = COPY_FILE_KINDS.filter((kind) => backup.files[kind]?.remote_file == null);
      const problems = [
        missing.length === 0 ? null : `its ${missing.join(', ')} cannot be had`,
        updated,
        version === null ? 'the version of the site is not known' : null,
        // Without the server's zone its age may be wrong by hours.
        calibrated ? null : 'its age cannot be told',
        doubtOf(backup, backups, account),
      ];
      const copy: SafetyCopy = {
        where: 'offsite',
        handle: backup.name,
        site,
        takenAt: new Date(takenAt).toISOString(),
        version: updated === null ? version : null,
        bytes: bytesOf(backup),
        parts: COPY_FILE_KINDS.filter((kind) => !missing.includes(kind)),
      };
      const problem = problems.find((one) => one !== null) ?? null;
      return { copy, problem, ageMs: clock.now() - takenAt };
    });
}
