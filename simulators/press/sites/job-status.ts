import { recordJobBackup } from '../backups/outcome.js';
import { refuse } from '../http/errors.js';
import type { JobType } from '../jobs/job-types.js';
import { failed, succeeded } from '../jobs/steps.js';
import { text } from '../json.js';
import { applyRestore, restoredApps } from '../restores/outcome.js';
import type { JobRow, JobStatus, SiteRow, SiteStatus } from '../world/model.js';
import type { World } from '../world/world.js';
import { markCreationFailed } from './auto-archive.js';
import { endSessions } from './sessions.js';

/** What a site is while and after a job; `before` is what the job found (B 0.7). */
type Follow = Partial<Record<JobStatus, SiteStatus | 'before'>>;

const FOLLOWS: Partial<Record<JobType, Follow>> = {
  'Restore Site': {
    Pending: 'Pending',
    Running: 'Installing',
    Success: 'Active',
    Failure: 'Broken',
    'Delivery Failure': 'Active',
  },
  'Reinstall Site': {
    Pending: 'Pending',
    Running: 'Installing',
    Success: 'Active',
    Failure: 'Broken',
    'Delivery Failure': 'Active',
  },
  'Migrate Site': {
    Pending: 'Pending',
    Running: 'Updating',
    Success: 'before',
    Failure: 'Broken',
    'Delivery Failure': 'before',
  },
  'Restore Site Tables': {
    Pending: 'Pending',
    Running: 'Updating',
    Success: 'before',
    Failure: 'Broken',
    'Delivery Failure': 'Broken',
  },
  'Install App on Site': {
    Pending: 'Pending',
    Running: 'Installing',
    Success: 'Active',
    Failure: 'Active',
    'Delivery Failure': 'Active',
  },
  'Uninstall App from Site': {
    Pending: 'Pending',
    Running: 'Installing',
    Success: 'Active',
    Failure: 'Active',
    'Delivery Failure': 'Active',
  },
};

type Effect = (world: World, site: SiteRow, job: JobRow) => void;

const EFFECTS: Partial<Record<JobType, Effect>> = {
  'Restore Site': afterRestore,
  'Reinstall Site': afterReinstall,
  'Migrate Site': afterMigrate,
  'Restore Site Tables': afterRestoredTables,
  'Install App on Site': afterInstall,
  'Uninstall App from Site': afterUninstall,
};

/** A site follows a job that works on it; a failure is not always to be seen (B 0.7). */
export function followJob(world: World, site: SiteRow, job: JobRow): void {
  const follow = FOLLOWS[job.jobType as JobType];
  const next = follow?.[job.status];
  if (next === undefined) return;
  EFFECTS[job.jobType as JobType]?.(world, site, job);
  site.status = next === 'before' ? statusBefore(job) : next;
  world.touch(site);
}

/** An Inactive site stays so; for all others Active is the end (B 4.7). */
const statusBefore = ({ data }: JobRow): SiteStatus =>
  data.statusBefore === 'Inactive' ? 'Inactive' : 'Active';

/** Any success clears the flags, unless the site has come up meanwhile by another way (D 2.3). */
function afterRestore(world: World, site: SiteRow, job: JobRow): void {
  if (job.status === 'Success' || job.status === 'Failure') applyRestore(world, site, job);
  if (job.status === 'Failure') markCreationFailed(world, site);
  if (job.status !== 'Success' || site.status === 'Active') return;
  site.apps = restoredApps(world, site, job);
  site.creationFailed = null;
  site.fatalUpdate = null;
}

function afterReinstall(world: World, site: SiteRow, job: JobRow): void {
  if (job.status !== 'Success' && job.status !== 'Failure') return;
  site.disk.marks.database = job.status === 'Success' ? world.hash() : null;
  if (job.status === 'Success') site.disk.halfMigrated = false;
  endSessions(world, site);
}

/** It leaves maintenance mode behind unless the site is to stay Inactive. */
function afterMigrate(_world: World, site: SiteRow, job: JobRow): void {
  if (failed(job, 'Migrate Site')) site.disk.halfMigrated = true;
  if (succeeded(job, 'Migrate Site')) site.disk.halfMigrated = false;
  if (job.status === 'Success' && statusBefore(job) === 'Active') site.disk.maintenance = false;
}

/** The tables are as before the update, and the flag goes; the update stays Fatal (D 2.2). */
function afterRestoredTables(_world: World, site: SiteRow, job: JobRow): void {
  if (job.status !== 'Success') return;
  site.disk.halfMigrated = false;
  site.disk.maintenance = false;
  site.fatalUpdate = null;
}

function afterInstall(_world: World, site: SiteRow, job: JobRow): void {
  const app = text(job.data.app);
  if (job.status === 'Success' && !site.apps.includes(app)) site.apps.push(app);
}

/** Without frappe the site cannot be stored: the callback fails for ever (observed 4). */
function afterUninstall(world: World, site: SiteRow, job: JobRow): void {
  if (!succeeded(job, 'Uninstall App from Site') || job.status !== 'Success') return;
  const left = site.apps.filter((app) => app !== job.data.app);
  if (left[0] !== 'frappe') throw refuse('First app to be installed on site must be frappe.');
  site.apps = left;
  recordJobBackup(world, site, job);
}
