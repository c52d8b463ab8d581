/** Steps of each job type, in order (A 3.3, B 4.2). */
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
  'Archive Site': [
    'Backup Site',
    'Upload Site Backup to S3',
    'Archive Site',
    'Bench Setup NGINX',
    'Reload NGINX',
  ],
  'Remove Site from Upstream': ['Remove Site File from Upstream Directory'],
  'Update Site Configuration': ['Update Site Configuration'],
  'Update Site Status': ['Update Site Status'],
  'Clear Cache': ['Clear Cache', 'Clear Website Cache'],
  'Add Host to Proxy': ['Add Host to Proxy', 'Reload NGINX'],
  'Remove Host from Proxy': ['Remove Host from Proxy', 'Reload NGINX'],
  'Add Domain': ['Add Domain'],
  'Remove Domain': ['Remove Domain'],
  'Setup Redirects on Hosts': ['Setup Redirects on Hosts'],
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

/** The steps before the drop itself, left out when no final backup is wanted (B 4.2). */
export const ARCHIVE_BACKUP_STEPS: readonly string[] = ['Backup Site', 'Upload Site Backup to S3'];
export const ARCHIVE_STEP = 'Archive Site';
export const REMOVE_FROM_PROXY_STEP = 'Remove Site File from Upstream Directory';
