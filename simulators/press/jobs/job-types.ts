export const BACKUP_STEP = 'Backup Site';
export const UPLOAD_STEP = 'Upload Site Backup to S3';
export const DOWNLOAD_STEP = 'Download Backup Files';
/** The site's directory goes to another bench (D 2). */
export const MOVE_STEP = 'Move Site';

/** Steps of each job type, in order (A 3.3, B 4.2, B 8, D 2.2). */
export const JOB_STEPS = {
  'New Site': [
    'New Site',
    'Install Apps',
    'Update Site Configuration',
    'Enable Scheduler',
    'Create User',
    'Bench Setup NGINX',
    'Reload NGINX',
  ],
  'Add Site to Upstream': ['Add Site File to Upstream Directory', 'Reload NGINX'],
  'New Site from Backup': [
    DOWNLOAD_STEP,
    'New Site',
    'Update Site Configuration',
    'Restore Site',
    'Delete Downloaded Backup Files',
    'Uninstall Unavailable Apps',
    'Migrate Site',
    'Set Administrator Password',
    'Enable Scheduler',
    'Bench Setup NGINX',
    'Reload NGINX',
  ],
  'Archive Site': [BACKUP_STEP, UPLOAD_STEP, 'Archive Site', 'Bench Setup NGINX', 'Reload NGINX'],
  'Remove Site from Upstream': ['Remove Site File from Upstream Directory'],
  'Update Site Configuration': ['Update Site Configuration'],
  'Update Site Status': ['Update Site Status'],
  'Clear Cache': ['Clear Cache', 'Clear Website Cache'],
  'Optimize Tables': ['Optimize Tables'],
  'Add Database Index': ['Add Database Index With Bench Command'],
  'Add Host to Proxy': ['Add Host to Proxy', 'Reload NGINX'],
  'Remove Host from Proxy': ['Remove Host from Proxy', 'Reload NGINX'],
  'Add Domain': ['Add Domain'],
  'Remove Domain': ['Remove Domain'],
  'Setup Redirects on Hosts': ['Setup Redirects on Hosts'],
  'Remove Redirects on Hosts': ['Remove Redirects on Hosts'],
  'Backup Site': [BACKUP_STEP, UPLOAD_STEP],
  'Restore Site': [
    DOWNLOAD_STEP,
    'Restore Site',
    'Restore Files',
    'Checksum of Downloaded Backup Files',
    'Delete Downloaded Backup Files',
    'Uninstall Unavailable Apps',
    'Migrate Site',
    'Set Administrator Password',
    'Enable Scheduler',
    'Bench Setup NGINX',
    'Reload NGINX',
  ],
  'Reinstall Site': ['Reinstall Site'],
  'Migrate Site': ['Migrate Site'],
  'Install App on Site': ['Install App on Site'],
  'Uninstall App from Site': [BACKUP_STEP, UPLOAD_STEP, 'Uninstall App from Site'],
  'Update Site Migrate': [
    'Enable Maintenance Mode',
    'Wait for Enqueued Jobs',
    'Clear Backup Directory',
    'Backup Site Tables',
    MOVE_STEP,
    'Bench Setup NGINX',
    'Bench Setup NGINX Target',
    'Reload NGINX',
    'Run App Specific Scripts',
    'Migrate Site',
    'Log Touched Tables',
    'Disable Maintenance Mode',
    'Build Search Index',
  ],
  'Recover Failed Site Migrate': [
    MOVE_STEP,
    'Bench Setup NGINX',
    'Bench Setup NGINX Target',
    'Reload NGINX',
    'Restore Touched Tables',
    'Run App Specific Scripts',
    'Disable Maintenance Mode',
  ],
  'Recover Failed Site Update': ['Disable Maintenance Mode'],
  'Restore Site Tables': ['Restore Site Tables', 'Disable Maintenance Mode'],
  'New Bench': [
    'Initialize Bench',
    'Update Bench Configuration',
    'Deploy Bench',
    'Bench Setup NGINX',
  ],
  'Archive Bench': ['Bench Disable Production', 'Move Bench to Archived Directory'],
  'Add User to Proxy': ['Add User to Proxy'],
  'Remove User from Proxy': ['Remove User from Proxy'],
} as const satisfies Record<string, readonly string[]>;

export type JobType = keyof typeof JOB_STEPS;

/** `Create User` only runs for product trials (A 3.3). */
export const ALWAYS_SKIPPED: ReadonlySet<string> = new Set(['Create User']);

/** The offsite backup within another job, left out when it is not wanted (B 4.2). */
export const BACKUP_STEPS: readonly string[] = [BACKUP_STEP, UPLOAD_STEP];
export const ARCHIVE_STEP = 'Archive Site';
export const REMOVE_FROM_PROXY_STEP = 'Remove Site File from Upstream Directory';
