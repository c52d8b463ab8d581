import type { BackupContents } from '../../domain/backups.js';
import type { RequestBackupArgs } from '../../domain/safety-copy.js';
import type { Sent, Tracker } from '../../domain/trackers.js';
import {
  type Account,
  type Backup,
  calibrateClock,
  type CallOptions,
  getJobStatus,
  listBackups,
  scheduleBackup,
} from '../../frappe-cloud/index.js';
import { type Located, runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { ANY_STATUS, isOrphan, PENDING_FOR_MS } from './backup-tracker.js';

/** Clocks of one request differ by its own duration and the `Date` header's whole seconds. */
const CLOCK_SLACK_MS = 5_000;

/** What is wanted of a backup, by Press's names. */
const ASKED = {
  database: { with_files: false },
  'with files': { with_files: true },
  physical: { with_files: false, physical: true },
} as const;

/**
 * Orders a backup, by default with files. There is one at a time: somebody else's that holds what is
 * wanted serves as well, another is waited for. Two sends would be two backups (observed-2 1.7).
 */
export function requestBackup(
  deps: ActivityDeps,
  { key, account: name, site, what = 'with files' }: RequestBackupArgs,
): Promise<Sent> {
  const args = { site, ...ASKED[what] };
  const account = deps.accounts.get(name);
  return whileBeating((signal) =>
    runCommand(deps, {
      key,
      account,
      endpoint: 'press.api.client.run_doc_method Site.schedule_backup',
      payload: args,
      repeat: 'after_horizon',
      locate: (since) => locate(account, { site, what }, since, { signal }),
      async send() {
        const open = await underWay(account, { site, what }, { signal });
        if (open !== null) return open;
        const backup = await scheduleBackup(account.press, args, { signal });
        return { kind: 'site-backup', site, backup, purpose: 'copy' };
      },
    }),
  );
}

/** What is looked for. */
interface Wanted {
  readonly site: string;
  readonly what: BackupContents;
}

/** Whether a backup holds what is wanted; one with files holds the database, too. */
const holds = (
  { with_files, physical }: Pick<Backup, 'with_files' | 'physical'>,
  what: BackupContents,
): boolean => (what === 'physical' ? physical : !physical && (with_files || what === 'database'));

/** Whoever ordered it: any backup that is younger than the step and holds what it is to hold. */
async function locate(
  account: Account,
  { site, what }: Wanted,
  since: number,
  options: CallOptions,
): Promise<Located> {
  const { press, clock } = account;
  if (!(await calibrateClock(account, site, options))) {
    return { state: 'ambiguous', reason: `the age of the backups of ${site} cannot be told` };
  }
  const rows = await listBackups(press, { site, statuses: ANY_STATUS }, options);
  const ours = rows.filter(
    (row) => holds(row, what) && clock.parse(row.creation) >= since - CLOCK_SLACK_MS,
  );
  const newest = ours[0];
  if (newest === undefined) return { state: 'none' };
  return {
    state: 'found',
    tracker: { kind: 'site-backup', site, backup: newest.name, purpose: 'copy' },
    evidence: { status: newest.status, output: `by ${newest.owner} at ${newest.creation}` },
  };
}

/** The backup that keeps another one away, if there is one; an orphan does, too, and never ends. */
async function underWay(
  account: Account,
  { site, what }: Wanted,
  options: CallOptions,
): Promise<Tracker | null> {
  const { press, clock } = account;
  await calibrateClock(account, site, options);
  const rows = await listBackups(press, { site, statuses: ['Pending', 'Running'] }, options);
  const [row] = rows.filter(({ creation }) => clock.now() - clock.parse(creation) < PENDING_FOR_MS);
  if (row === undefined) return null;
  const job = row.job === null ? null : await getJobStatus(press, { job: row.job }, options);
  const serves = holds(row, what) && !isOrphan(row, job);
  const purpose = serves ? 'copy' : 'wait';
  return { kind: 'site-backup', site, backup: row.name, purpose };
}
