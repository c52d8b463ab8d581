import { COPY_FILE_KINDS, type CopyFileKind } from '../../domain/safety-copy.js';
import {
  calibrateClock,
  getSite,
  installedApps,
  listBackups,
  type Account,
  type Backup,
} from '../../frappe-cloud/index.js';
import { fail, pass, warn } from '../checks.js';
import { MANY_BACKUPS, remoteFilesOf } from './offsite-files.js';
import { nothing, type SourceReading } from './restore-source.js';

/** What Press says while snapshots are switched off, which no read tells (B 2.6). */
const SNAPSHOTS_OFF =
  'Currently, Physical Backup & Restoration is disabled system wide. Please try again later.';

/** An offsite backup of a site of the team: of the one that is restored, or of another (a clone). */
export async function readOffsiteSource(
  account: Account,
  ofSite: string,
  name: string,
  onto: string,
): Promise<SourceReading> {
  const says = `backup ${name} of ${ofSite}`;
  const origin = { kind: 'files', files: {} } as const;
  const found = await getSite(account.press, { site: ofSite });
  if (found.found !== 'own') return nothing(origin, says, `${ofSite} is not a site of this team`);
  const row = await findBackup(account, ofSite, name);
  const problem = problemOf(row, name, ofSite);
  if (row === undefined || problem !== null) return nothing(origin, says, problem ?? 'not found');
  const own = ofSite === onto;
  const bytesOf = (kind: CopyFileKind) => row.files[kind]?.bytes ?? 0;
  return {
    origin: { kind: 'files', files: remoteFilesOf(row, COPY_FILE_KINDS) },
    says,
    own,
    takenAt: await takenAtOf(account, ofSite, row),
    // Of the site itself nothing is newer than it is; of another one only today's state is known.
    version: own ? null : found.site.version,
    apps: own ? null : await installedApps(account.press, { site: ofSite }),
    has: COPY_FILE_KINDS.filter((kind) => row.files[kind]?.remote_file),
    bytes: {
      database: bytesOf('database'),
      public: bytesOf('public'),
      private: bytesOf('private'),
    },
    checks: [pass('source', `of ${ofSite}, taken ${row.creation} (clock of Press)`)],
  };
}

async function findBackup({ press }: Account, site: string, name: string) {
  const rows = await listBackups(press, { site, statuses: ['Success'], limit: MANY_BACKUPS });
  return rows.find((row) => row.name === name);
}

function problemOf(row: Backup | undefined, name: string, site: string): string | null {
  if (row === undefined) return `${site} has no finished backup ${name} with files`;
  if (row.physical) return `${name} is a snapshot; restore it by --snapshot`;
  if (!row.offsite) return `${name} lies on the site only, where a restore cannot fetch it`;
  return row.files_availability === 'Available' ? null : `the files of ${name} are gone`;
}

async function takenAtOf(account: Account, site: string, row: Backup): Promise<string | null> {
  if (!(await calibrateClock(account, site))) return null;
  return new Date(account.clock.parse(row.creation)).toISOString();
}

/** A snapshot of this very site: Press does not look whose it is (B 2.6). */
export async function readSnapshotSource(
  account: Account,
  site: string,
  name: string,
): Promise<SourceReading> {
  const says = `snapshot ${name}`;
  const origin = { kind: 'snapshot', backup: name } as const;
  const row = await findBackup(account, site, name);
  if (!row?.physical) {
    return nothing(
      origin,
      says,
      `${site} has no snapshot ${name}; Press has them switched off by default: "${SNAPSHOTS_OFF}"`,
    );
  }
  const ready = row.ready_to_restore
    ? warn('snapshot', `by default Press refuses this: "${SNAPSHOTS_OFF}"`)
    : fail('snapshot', 'its disk snapshot is not complete; try again after 10 minutes');
  return {
    origin,
    says,
    own: true,
    takenAt: await takenAtOf(account, site, row),
    version: null,
    apps: null,
    has: ['database'],
    bytes: null,
    checks: [ready],
  };
}
